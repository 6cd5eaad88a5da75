"""A joining is undone: each record has again what was its, and what came since is not lost."""

from typing import Any

import pytest
from tests.factories.families import episode_in, known_family
from tests.factories.joining import LATER, SURE, twice
from tests.factories.partnership import AT, worker

from earlydoors.domain.access.operations import grant
from earlydoors.domain.joining.joins import join
from earlydoors.domain.joining.models import Pair
from earlydoors.domain.joining.operations import propose
from earlydoors.domain.joining.queries import now_of, waiting
from earlydoors.domain.joining.undoing import stayed_as_changed, undo, written_since
from earlydoors.domain.people.facts import Source
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.models import Identifier, Place, Said
from earlydoors.domain.people.names import add_name
from earlydoors.domain.people.operations import correct, place_at, take_in
from earlydoors.domain.records.models import SectionAnswers
from earlydoors.domain.records.operations import begin
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo

pytestmark = pytest.mark.django_db
WRONG = "The Becks came to the door with a girl of their own."


def test_each_record_has_again_what_was_its() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": AT}
    mine = identify(person=world.kept, kind="nhs", number="9434765919", **by)
    theirs = identify(person=world.other, kind="nhs", number="9990000018", **by)
    home = place_at(person=world.other, kind="home", says="4 Beck Row", **by)
    again = take_in(
        family=world.tarns.family, person=world.other, relation="sibling", on=local_day(AT), **by
    )
    correct(person=world.kept, first_language="Welsh", source=Source("parent", "Kelly"), **by)
    correct(person=world.other, first_language="Polish", source=Source("school", "Roll"), **by)
    joining = world.joined(number_nhs="other", first_language="other")
    undone = undo(joining=joining, why=WRONG, by=world.keeper, at=LATER)
    for row in (mine, theirs, home, again):
        row.refresh_from_db()
    assert (mine.person, mine.removed_on, mine.removed_why) == (world.kept, None, "")
    assert (theirs.person, theirs.removed_on) == (world.other, None)
    assert home.person == world.other
    assert (again.person, again.left_on) == (world.other, None)
    assert world.kept.first_language == "Welsh"
    said = Said.objects.get(person=world.kept, fact="first_language")
    assert (said.said_by, said.said_says) == ("parent", "Kelly")
    assert not world.kept.names.filter(removed_on=None).exists()
    assert now_of(world.other.pk) == world.other.pk
    assert (undone.undone_why, undone.pair.state) == (WRONG, "waiting")
    assert not stayed_as_changed(undone)
    assert waiting(Pair.objects.all()).get() == undone.pair


def test_what_was_written_since_stays_and_is_listed() -> None:
    world = twice()
    joining = world.joined()
    place = place_at(person=world.kept, kind="gp", says="Dr Ahmed", by=world.keeper, at=LATER)
    name = add_name(person=world.kept, kind="alias", given_name="Fee", by=world.keeper, at=LATER)
    undo(joining=joining, why=WRONG, by=world.keeper, at=LATER)
    joining.refresh_from_db()
    assert set(written_since(joining)) == {place, name}
    place.refresh_from_db()
    assert place.person == world.kept


def test_what_somebody_changed_since_stays_as_they_left_it() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": LATER}
    third = known_family(name="Moss").child
    home = place_at(person=world.other, kind="home", says="4 Beck Row", **by)
    correct(person=world.other, first_language="Polish", **by)
    joining = world.joined(first_language="other")
    correct(person=world.kept, first_language="German", **by)
    Place.objects.filter(pk=home.pk).update(person=third)
    undone = undo(joining=joining, why=WRONG, **by)
    assert world.kept.first_language == "German"
    assert undone.taken.get().stayed
    assert stayed_as_changed(undone) == [home]


def test_a_number_somebody_else_has_by_now_is_left_and_listed() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": LATER}
    identify(person=world.kept, kind="nhs", number="9434765919", **by)
    theirs = identify(person=world.other, kind="nhs", number="9990000018", **by)
    joining = world.joined(number_nhs="kept")
    identify(person=world.tarns.parent, kind="nhs", number="9990000018", **by)
    undone = undo(joining=joining, why=WRONG, **by)
    assert stayed_as_changed(undone) == [theirs]
    assert Identifier.objects.filter(value="9990000018", removed_on=None).count() == 1


def test_a_later_joining_is_undone_first() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": LATER}
    third = known_family(name="Moss").child
    first = world.joined()
    second = join(kept=world.kept, other=third, why=SURE, **by)
    with pytest.raises(
        UnableTo, match="of Sophie Moss with Sophie Tarn on 3 March 2026, builds on"
    ):
        undo(joining=first, why=WRONG, **by)
    undo(joining=second, why=WRONG, **by)
    undo(joining=first, why=WRONG, **by)
    assert now_of(world.other.pk) == world.other.pk


def test_a_joining_of_a_joining_leads_through_both_and_back() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": LATER}
    third = known_family(name="Moss").child
    first = world.joined()
    second = join(kept=third, other=world.kept, why=SURE, **by)
    assert now_of(world.other.pk) == third.pk
    assert second.layer == 2
    with pytest.raises(UnableTo, match="Undo that one first"):
        undo(joining=first, why=WRONG, **by)
    undo(joining=second, why=WRONG, **by)
    assert now_of(world.other.pk) == world.kept.pk


def test_it_is_undone_once_with_a_reason_and_by_who_may() -> None:
    world = twice()
    joining = world.joined()
    with pytest.raises(UnableTo, match="Say how you know"):
        undo(joining=joining, why="\n", by=world.keeper, at=LATER)
    with pytest.raises(NotAllowed):
        undo(joining=joining, why=WRONG, by=worker("coordinator"), at=LATER)
    undo(joining=joining, why=WRONG, by=world.keeper, at=LATER)
    with pytest.raises(UnableTo, match="already been undone"):
        undo(joining=joining, why=WRONG, by=world.keeper, at=LATER)


def test_the_same_two_can_be_joined_and_undone_again() -> None:
    world = twice()
    for _ in range(3):
        undo(joining=world.joined(), why=WRONG, by=world.keeper, at=LATER)
    assert world.other.families.get().family == world.becks.family
    assert Pair.objects.get().joinings.count() == 3


def test_answers_about_each_person_and_naming_one_still_read_right() -> None:
    """A form's pages about the other record become pages about the kept one, and an answer that
    names it names the kept one; the undoing puts both back."""
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": AT}
    form = begin(purpose=Purpose.ASSESSMENT, family=world.becks.family, **by)
    other, kept = str(world.other.pk), str(world.kept.pk)
    own = SectionAnswers.make(form_record=form, section_key="child", person=world.other, **by)
    named = SectionAnswers.make(
        form_record=form,
        section_key="family",
        answers={"who": other, "also": [other, kept], "words": f"Not {other} in a sentence"},
        **by,
    )
    before = named.answers
    joining = world.joined()
    for row in (own, named):
        row.refresh_from_db()
    assert own.person == world.kept
    assert named.answers == before | {"who": kept, "also": [kept]}
    assert named.revision == 1
    undo(joining=joining, why=WRONG, by=world.keeper, at=LATER)
    for row in (own, named):
        row.refresh_from_db()
    assert own.person == world.other
    assert named.answers == before


def test_an_answer_changed_since_stays() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": AT}
    form = begin(purpose=Purpose.ASSESSMENT, family=world.becks.family, **by)
    other = str(world.other.pk)
    named = SectionAnswers.make(
        form_record=form, section_key="family", answers={"who": other, "leads": other}, **by
    )
    joining = world.joined()
    named.refresh_from_db()
    named.change(answers=named.answers | {"who": str(world.becks.parent.pk)}, **by)
    undone = undo(joining=joining, why=WRONG, by=world.keeper, at=LATER)
    named.refresh_from_db()
    assert named.answers == {"who": str(world.becks.parent.pk), "leads": other}
    assert stayed_as_changed(undone) == [named]


def test_help_that_is_under_way_goes_on_and_comes_back() -> None:
    """A parent is in a team, does an action, came to a meeting and agreed."""
    help_ = episode_in("helping")
    keeper = worker("administrator")
    grant(family=help_.family, member=keeper.member, because="team", by=keeper, at=AT)
    other = help_.parent
    kept = known_family(name="Beck").parent
    joining = join(kept=kept, other=other, why=SURE, by=keeper, at=LATER)
    moved = {one.table for one in joining.moved.filter(how="moved")}
    assert {
        "consent.agreement", "episodes.teamplace", "frontdoor.requestperson", "people.familymember",
        "plan.action", "plan.attendance", "plan.outcome",
    } <= moved  # fmt: skip
    undo(joining=joining, why=WRONG, by=keeper, at=LATER)
    assert help_.agreement is not None
    help_.agreement.refresh_from_db()
    assert help_.agreement.person == other


def test_a_pair_proposed_since_waits_with_the_kept_record() -> None:
    world = twice()
    joining = world.joined()
    third = known_family(name="Moss").child
    pair = propose(
        one=world.kept, two=third, reasons="Alike", came_from="worker", by=world.keeper, at=LATER
    )
    undo(joining=joining, why=WRONG, by=world.keeper, at=LATER)
    pair.refresh_from_db()
    assert {pair.first, pair.second} == {world.kept, third}
