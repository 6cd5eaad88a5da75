"""A record is disposed of whole, and nothing else: by what the database holds before and after."""

import json
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import ProgrammingError
from tests.as_web import as_the_web_login
from tests.factories.dumps import dump
from tests.factories.evidence import signed_form
from tests.factories.families import Help, episode_in, shared_with_police
from tests.factories.information import gathered_for, request_about
from tests.factories.partnership import worker
from tests.factories.retention import LATER, agreed, held_by_court, wanted

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.frontdoor import conversations
from earlydoors.domain.frontdoor.models import Conversation
from earlydoors.domain.information import operations as information
from earlydoors.domain.information import releasing
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people import operations as people
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.relating import relate
from earlydoors.domain.plan.models import Outcome
from earlydoors.domain.records.models import FormRecord, SectionAnswers
from earlydoors.domain.retention import disposing, weighing
from earlydoors.domain.retention import going as going_
from earlydoors.domain.retention.disposing import _remove, dispose
from earlydoors.domain.retention.going import KIN, NAMED_ELSEWHERE, going
from earlydoors.domain.retention.holding import hold_for_request
from earlydoors.domain.retention.models import Certificate, Review
from earlydoors.domain.retention.queries import ACROSS
from earlydoors.domain.retention.rules import reference_of
from earlydoors.foundation.audit import chain
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.wall.acting import crossing
from earlydoors.simulation.answers import Texts, readings

pytestmark = pytest.mark.django_db
MARK = "zqxmarked"
# What a disposal adds.
ADDED = {"audit_auditevent", "retention_certificate"}


@pytest.fixture
def help_() -> Help:
    return episode_in("closed")


@pytest.fixture
def other() -> Help:
    return episode_in("closed", name="Birch", child="Ida", parent="Una", born_on=date(2017, 7, 7))


def agreed_for(help_: Help) -> Review:
    return agreed(help_.family)


def done(help_: Help) -> Certificate:
    return dispose(review=agreed_for(help_), profile=current(), at=LATER + timedelta(days=1))


def mark_every_text(help_: Help) -> None:
    """Words that stand nowhere else, in every text of every row that would go, and of its earlier
    versions: written twice, so that the first stands in the history."""
    found = going(help_.family.pk, date(2059, 1, 1))
    for again in ("first", "second"):
        for label, ids in found.rows.items():
            model = apps.get_model(label)
            for one in model._meta.concrete_fields:
                _mark(model, one, ids, again)


def _mark(model: Any, one: Any, ids: set[Any], again: str) -> None:
    words = f"{MARK} {again} {model._meta.label_lower}.{one.name}"
    if one.is_relation or one.choices or one.primary_key or one.name == "rule":
        return
    rows = model._default_manager.filter(pk__in=ids)
    value: Any
    if isinstance(one, models.JSONField):
        value = {"said": words} if one.get_default() == {} else [{"person": "0", "says": words}]
    elif isinstance(one, models.TextField) or (
        isinstance(one, models.CharField) and (one.max_length or 0) >= 60
    ):
        value = words[: one.max_length] if one.max_length else words
    else:
        return
    # What a constraint holds to a list of words is not free text.
    with suppress(IntegrityError), transaction.atomic():
        rows.update(**{one.name: value})


def test_nothing_written_is_left_and_nothing_else_is_touched(help_: Help, other: Help) -> None:
    shared_with_police(other)
    shared_with_police(help_)
    signed_form(help_)
    review = agreed_for(help_)
    mark_every_text(help_)
    before = dump()
    assert sum(MARK in row for rows in before.values() for row in rows) > 60
    assert any(MARK in row for row in before["history_rowversion"])
    assert before["consent_evidencefile"]
    made = dispose(review=review, profile=current(), at=LATER)
    after = dump()
    for table, rows in after.items():
        assert not [row for row in rows if MARK in row], table
        new = Counter(rows) - Counter(before[table])
        assert not new or table in ADDED, (table, new)
        assert sum(new.values()) <= 1
    went = {t: len(before[t]) - len(after[t]) for t in after if t not in ADDED}
    told = {apps.get_model(line["table"])._meta.db_table: line["rows"] for line in made.tables}
    kept_apart = {"history_rowversion", "matching_key"}
    assert {t: n for t, n in went.items() if n and t not in kept_apart} == told
    assert went["history_rowversion"] == made.versions > 0
    assert went["matching_key"] > 0
    gone = [str(help_.family.pk), str(review.pk)]
    for table, rows in after.items():
        if table not in ADDED:
            assert not [row for row in rows if any(one in row for one in gone)], table
    assert not after["consent_evidencefile"]
    assert chain.verify().sound


def test_what_the_journey_wrote_stands_in_no_evidence(help_: Help, other: Help) -> None:
    """The evidence stays; of what was said in words it holds nothing."""
    found = going(help_.family.pk, date(2059, 1, 1))
    said = {
        text
        for label, ids in found.rows.items()
        for model in [apps.get_model(label)]
        for one in model._meta.concrete_fields
        if isinstance(one, models.TextField) and not one.choices
        for text in model._default_manager.filter(pk__in=ids).values_list(one.name, flat=True)
        if isinstance(text, str) and len(text) > 20 and " " in text
    }
    assert len(said) > 20
    done(help_)
    evidence = json.dumps(list(AuditEvent.objects.values_list("details", flat=True)))
    assert not [text for text in said if text in evidence]


def test_the_certificate_says_what_went_and_names_nobody(help_: Help) -> None:
    names = [help_.family.name, help_.child.given_name, help_.child.family_name]
    family_id = help_.family.pk
    review = agreed_for(help_)
    made = dispose(review=review, profile=current(), at=LATER)
    assert made.reference == reference_of(family_id)
    assert (made.rule, made.area) == ("helped", current().key)
    assert made.agreed_by != made.proposed_by
    event = AuditEvent.objects.get(verb="retention.disposed")
    assert made.evidence == event.hash
    assert event.details["tables"] == {line["table"]: line["rows"] for line in made.tables}
    text = str(Certificate.objects.values().get())
    assert not [name for name in names if name in text]
    assert not Family.objects.filter(pk=family_id).exists()


def test_whoever_is_in_another_familys_record_stays_with_all_that_is_theirs(
    help_: Help, other: Help
) -> None:
    mother = help_.parent
    people.take_in(
        family=other.family,
        person=mother,
        relation="aunt_uncle",
        on=date(2026, 4, 1),
        by=other.lead,
        at=other.at,
    )
    relate(person=mother, kind="parent", other=help_.child, by=help_.lead, at=help_.at)
    found = going(help_.family.pk, date(2059, 1, 1))
    assert found.stay == {NAMED_ELSEWHERE: 1, KIN: 1}
    child = help_.child.pk
    before = dump()
    made = done(help_)
    assert {line["says"] for line in made.kept} == {NAMED_ELSEWHERE, KIN}
    assert set(Person.objects.values_list("pk", flat=True)) >= {mother.pk, child}
    after = dump()
    for table in ("people_person", "people_name", "people_relationship", "matching_entry"):
        assert after[table] == before[table], table
    assert not mother.families.filter(family__name="Tarn").exists()


def test_no_form_and_no_question_is_left_that_nothing_is_of(help_: Help) -> None:
    """A request's form is tied to no family itself, nor is the question that it came from."""
    asked = conversations.ask(
        about="A girl in year 3",
        readings=readings(Purpose.CONVERSATION, Texts(), today=local_day(help_.at), family=None),
        by=help_.lead,
        at=help_.at,
    )
    conversations.advise(
        conversation=asked, advice="Ask for support.", next_step="request",
        by=worker("early_help_officer"), at=help_.at,
    )  # fmt: skip
    help_.episode.requests.update(conversation=asked)
    done(help_)
    assert not FormRecord.objects.exists()
    assert not SectionAnswers.objects.exists()
    assert not Conversation.objects.exists()


def test_nobody_stays_who_is_named_nowhere_else(help_: Help, other: Help) -> None:
    found = going(help_.family.pk, date(2059, 1, 1))
    assert found.people >= {help_.child.pk, help_.parent.pk}
    assert not found.people & {other.child.pk, other.parent.pk}
    assert found.stay == {}


@pytest.mark.parametrize("stops", ["held", "turned down", "one alone", "within its time", "asks"])
def test_it_is_asked_again_before_anything_goes(help_: Help, stops: str) -> None:
    review, at = agreed_for(help_), LATER
    guardian = worker("auditor")
    if stops == "held":
        # Behind the operation's back, which would have stopped what was agreed.
        held_by_court(help_.family, by=guardian)
        Review.objects.filter(pk=review.pk).update(
            state="agreed",
            proposed_at=LATER, proposed_by=guardian.member, proposed_why="Over.",
            agreed_at=LATER, agreed_by=worker("auditor").member,
        )  # fmt: skip
    elif stops == "turned down":
        weighing.turn_down(review=review, why="No.", by=guardian, at=LATER)
    elif stops == "one alone":
        Review.objects.filter(pk=review.pk).update(state="proposed", agreed_by=None, agreed_at=None)
    elif stops == "within its time":
        at = datetime(2026, 6, 1, tzinfo=UTC)
    else:
        one = request_about(help_, by=guardian)
        information.find(request=one, person_id=help_.child.pk, by=guardian, at=LATER)
    before = dump()
    with pytest.raises(UnableTo):
        dispose(review=review, profile=current(), at=at)
    assert dump() == before


def test_what_was_gathered_and_copied_for_somebody_goes_with_it(help_: Help) -> None:
    guardian = worker("auditor")
    one = request_about(help_, by=guardian, state="working")
    gathered_for(one, by=guardian)
    releasing.take_back(request=one, says="She wrote again.", by=guardian, at=help_.at)
    found = going(help_.family.pk, date(2059, 1, 1))
    for label in ("informationrequest", "gathering", "passage", "requeststep"):
        assert found.rows[f"information.{label}"], label


def test_the_sign_in_of_somebody_who_goes_goes_too(help_: Help) -> None:
    parent = worker("family_member", name="Kelly Tarn")
    people.give_account(person=help_.parent, account_of=parent.member, by=help_.lead, at=help_.at)
    made = done(help_)
    assert (made.members_gone, made.members_nameless) == (1, 0)
    assert not Member.objects.filter(pk=parent.member.pk).exists()


def test_a_sign_in_beside_what_stays_becomes_nameless(help_: Help, other: Help) -> None:
    parent = worker("family_member", name="Kelly Tarn")
    people.give_account(person=help_.parent, account_of=parent.member, by=help_.lead, at=help_.at)
    Outcome.objects.filter(plan__episode=other.episode).update(created_by=parent.member)
    made = done(help_)
    assert (made.members_gone, made.members_nameless) == (0, 1)
    left = Member.objects.get(pk=parent.member.pk)
    assert "Kelly" not in f"{left.name} {left.username} {left.email}"
    assert not left.is_active
    assert not left.has_usable_password()


def test_the_login_of_the_pages_can_neither_dispose_nor_certify(help_: Help) -> None:
    review = agreed_for(help_)
    guardian = worker("auditor")
    with acting_as(guardian), as_the_web_login():
        with pytest.raises(Family.DoesNotExist), transaction.atomic():
            dispose(review=review, profile=current(), at=LATER)
        with pytest.raises(ProgrammingError), transaction.atomic(), crossing(ACROSS):
            _remove(going(help_.family.pk, date(2059, 1, 1)))
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO retention_certificate (id) VALUES (gen_random_uuid())")
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_family")
    assert Family.objects.filter(pk=help_.family.pk).exists()
    assert [one.pk for one in disposing.agreed()] == [review.pk]


def test_the_pages_count_what_would_go_as_the_owner_does(help_: Help, other: Help) -> None:
    """A way that left out a table would count too little behind the wall."""
    whole = going(help_.family.pk, date(2059, 1, 1))
    guardian: Actor = worker("auditor")
    with acting_as(guardian), as_the_web_login(), crossing(ACROSS):
        seen = going(help_.family.pk, date(2059, 1, 1))
    assert seen.counts == whole.counts
    assert len(whole.counts) > 25


@pytest.mark.parametrize("waits", ["held", "asked"])
def test_whoever_is_named_without_being_of_the_family_is_not_passed_over(
    help_: Help, other: Help, waits: str
) -> None:
    """A grandmother whom only her tie to the mother puts on record; and the mother's own record."""
    gran = people.write_down(
        given_name="Nell", family_name="Tarn", born_on=date(1960, 1, 1), by=help_.lead, at=help_.at
    )
    relate(person=gran, kind="parent", other=help_.parent, by=help_.lead, at=help_.at)
    review = agreed_for(help_)
    assert gran.pk in going(help_.family.pk, date(2059, 1, 1)).people
    guardian = worker("auditor")
    one = request_about(help_, by=guardian)
    type(one).objects.filter(pk=one.pk).update(person=gran)
    one.refresh_from_db()
    if waits == "held":
        hold_for_request(request=one, wanted=wanted(), by=guardian, at=LATER)
        information.take_back(request=one, says="No more.", by=guardian, at=LATER)
    before = dump()
    with pytest.raises(UnableTo, match=waits if waits == "held" else "asks"):
        dispose(review=review, profile=current(), at=LATER)
    assert dump() == before


def test_what_belongs_to_two_families_stops_it(help_: Help, other: Help) -> None:
    help_.episode.requests.update(family=other.family)
    with pytest.raises(UnableTo, match="another family"):
        going(help_.family.pk, date(2059, 1, 1))


def test_every_table_of_families_is_reached_or_said_to_be_somebodys_own() -> None:
    columns = {model._meta.label_lower for model, _ in going_._pointing()[going_.PERSON]}
    assert columns >= going_.OWN
