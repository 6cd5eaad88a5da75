"""Opening a record in an emergency: who can, what it opens, who looks at it, who is told."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Help, episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.queries import sees_everything
from earlydoors.domain.access.restricting import restrict
from earlydoors.domain.frontdoor import emergencies, involvement
from earlydoors.domain.frontdoor.emergencies import Review
from earlydoors.domain.frontdoor.models import EmergencyOpening
from earlydoors.domain.frontdoor.tasks import opened_in_emergency
from earlydoors.domain.joining.permissions import join_records
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WHY = "He is on the roof and says that his sister hid the tablets."


def typed(**said: str) -> dict[str, str]:
    return {"_once": str(uuid.uuid4()), **said}


def told(help_: Help, who: Actor) -> None:
    child = help_.child
    asked = Asked(child.given_name, child.family_name, child.born_on)
    assert involvement.look_up(asked=asked, by=who, at=timezone.now()).says_so


def opening_page(help_: Help) -> str:
    return reverse("emergencies:open", args=[help_.family.pk])


def page_of(opening: EmergencyOpening) -> str:
    return reverse("emergencies:one", args=[opening.pk])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


@pytest.fixture
def opened(help_: Help) -> EmergencyOpening:
    told(help_, help_.outsider)
    return emergencies.open_in_emergency(
        family=help_.family, why=WHY, hours=4, by=help_.outsider, at=timezone.now()
    )


@pytest.fixture
def guardian() -> Actor:
    found = worker("auditor", name="Grace Guard")
    found.member.email = "grace@example.org"
    found.member.save(update_fields=["email"])
    return found


def test_whoever_was_told_of_involvement_opens_the_record_for_a_while(help_: Help) -> None:
    client = signed_in(help_.outsider)
    family = reverse("families:family", args=[help_.family.pk])
    assert client.get(opening_page(help_)).status_code == 404
    told(help_, help_.outsider)
    assert help_.family.name not in text(client, opening_page(help_))

    answer = client.post(opening_page(help_), typed(why=WHY, hours="for_4"), follow=True)

    assert answer.redirect_chain[-1][0] == family
    shown = answer.content.decode()
    assert help_.family.name in shown
    assert "The record is open to you until" in shown
    held = Grant.objects.get(member=help_.outsider.member)
    assert (held.because, held.extent) == ("break_glass", "full")
    assert held.until is not None
    assert timedelta(hours=3, minutes=59) < held.until - timezone.now() <= timedelta(hours=4)
    event = AuditEvent.objects.get(verb="emergency.opened")
    assert (event.family_id, event.actor_id) == (help_.family.pk, str(help_.outsider.member.pk))


def test_it_closes_by_itself(help_: Help, opened: EmergencyOpening) -> None:
    assert sees_everything(help_.outsider, help_.family.pk)
    Grant.objects.filter(pk=opened.grant_id).update(
        began_at=NOW - timedelta(hours=9), until=NOW - timedelta(hours=5)
    )
    assert not sees_everything(help_.outsider, help_.family.pk)
    family = reverse("families:family", args=[help_.family.pk])
    assert signed_in(help_.outsider).get(family).status_code == 404
    assert "it was open until" in text(signed_in(help_.outsider), page_of(opened)).lower()


def test_it_is_for_reading_and_for_telling_social_care(
    help_: Help, opened: EmergencyOpening
) -> None:
    client = signed_in(help_.outsider)
    for part in ("chronology", "access"):
        place = reverse(f"families:{part}", args=[help_.family.pk])
        assert client.get(place).status_code == 200
    record = reverse("families:family", args=[help_.family.pk])
    assert "Close early help" in text(signed_in(help_.lead), record)
    assert "Close early help" not in text(client, record)
    answer = client.get(reverse("agreement:record", args=[help_.family.pk]))
    assert answer.status_code == 403
    assert "you can read it but not write in it" in answer.content.decode()
    # And early help stops at once, though to step a family up is otherwise not theirs.
    harm = reverse("families:harm", args=[help_.family.pk])
    told_on = local_day(NOW - timedelta(days=1)).isoformat()
    written = typed(
        concern=WHY,
        told_whom="The duty social worker",
        told_where="Social care",
        told_on=told_on,
        told_time="09:00",
        told_how="telephone",
        family_told="yes",
    )
    assert client.get(harm).status_code == 200
    answer = client.post(harm, written, follow=True)
    assert "The referral is recorded" in answer.content.decode()
    help_.episode.refresh_from_db()
    assert help_.episode.state == "stepped_up"
    assert help_.family.harm_referrals.get().created_by == help_.outsider.member


def test_a_guess_of_a_family_opens_nothing(help_: Help) -> None:
    client = signed_in(worker())
    assert client.post(opening_page(help_), typed(why=WHY, hours="for_1")).status_code == 404
    with pytest.raises(Family.DoesNotExist):
        emergencies.open_in_emergency(
            family=help_.family, why=WHY, hours=1, by=worker(), at=timezone.now()
        )
    assert not EmergencyOpening.objects.exists()


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"why": "", "hours": "for_1"}, "Why can it not wait?"),
        ({"why": WHY, "hours": ""}, "For how long do you need it?"),
        ({"why": WHY, "hours": "for_999"}, "Choose one of the answers listed"),
    ],
)
def test_without_a_reason_or_a_length_the_words_stay(
    help_: Help, said: dict[str, str], fault: str
) -> None:
    told(help_, help_.outsider)
    shown = signed_in(help_.outsider).post(opening_page(help_), typed(**said)).content.decode()
    assert "There is a problem" in shown
    assert fault in shown
    assert not Grant.objects.filter(because="break_glass").exists()


def test_an_open_record_is_not_opened_again(help_: Help, opened: EmergencyOpening) -> None:
    with pytest.raises(UnableTo, match="open to you already"):
        emergencies.open_in_emergency(
            family=opened.family, why=WHY, hours=1, by=help_.outsider, at=timezone.now()
        )


def test_whoever_opened_it_closes_it_sooner(help_: Help, opened: EmergencyOpening) -> None:
    client = signed_in(help_.outsider)
    assert "Close it now" in text(client, page_of(opened))
    client.post(reverse("emergencies:close", args=[opened.pk]))
    assert not sees_everything(help_.outsider, help_.family.pk)
    assert "Close it now" not in text(client, page_of(opened))
    lead = signed_in(help_.lead)
    answer = lead.post(reverse("emergencies:close", args=[opened.pk]))
    assert "Whoever opened a record closes it" in answer.content.decode()


def test_those_who_watch_are_told_at_once_and_the_letter_names_nobody(
    help_: Help, guardian: Actor, opened: EmergencyOpening
) -> None:
    mail.outbox.clear()
    assert opened_in_emergency(opening_id=str(opened.pk)) == 1
    (letter,) = mail.outbox
    assert letter.to == ["grace@example.org"]
    for secret in (help_.family.name, help_.outsider.member.name, WHY):
        assert secret not in f"{letter.subject} {letter.body}"
    shown = text(signed_in(guardian), "/")
    assert "opened a family’s record in an emergency" in shown
    assert help_.family.name not in shown


def test_they_look_at_it_and_the_family_is_told_by_whoever_leads(
    help_: Help, guardian: Actor, opened: EmergencyOpening
) -> None:
    client, lead = signed_in(guardian), signed_in(help_.lead)
    listed = text(client, reverse("emergencies:list"))
    assert f"opened the record of the {help_.family}" in listed
    assert "has not been told that" not in text(lead, "/")
    said = {"verdict": "right", "finding": "The crew confirmed it.", "telling": "safe"}

    faulty = client.post(page_of(opened), typed(**(said | {"finding": ""}))).content.decode()
    assert "There is a problem" in faulty
    client.post(page_of(opened), typed(**said))

    opened.refresh_from_db()
    assert (opened.state, opened.reviewed_by) == ("to_tell", guardian.member)
    assert "has not been told that" in text(lead, "/")
    early = day(local_day(timezone.now()) - timedelta(days=3))
    refused = lead.post(page_of(opened), typed(on=early)).content.decode()
    assert "before the record was opened" in refused
    lead.post(page_of(opened), typed(on="today"))
    opened.refresh_from_db()
    assert (opened.state, opened.told_by) == ("told", help_.lead.member)
    verbs = {"emergency.opened", "emergency.reviewed", "emergency.told"}
    assert set(AuditEvent.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == verbs
    assert client.get(reverse("families:family", args=[help_.family.pk])).status_code in {403, 404}


def test_where_it_is_not_safe_nobody_is_asked_to_tell(
    help_: Help, guardian: Actor, opened: EmergencyOpening
) -> None:
    found = Review("right", "The mother asked for it.", "He would learn that she asked.")
    emergencies.review(opening=opened, found=found, by=guardian, at=timezone.now())
    assert "has not been told that" not in text(signed_in(help_.lead), "/")
    assert "He would learn" in text(signed_in(guardian), page_of(opened))
    assert "He would learn" not in text(signed_in(help_.lead), page_of(opened))


def test_nobody_judges_their_own_and_nobody_twice(
    help_: Help, guardian: Actor, opened: EmergencyOpening
) -> None:
    found = Review("wrong", "There was no emergency.")
    with pytest.raises(NotAllowed):
        emergencies.review(opening=opened, found=found, by=help_.outsider, at=timezone.now())
    emergencies.review(opening=opened, found=found, by=guardian, at=timezone.now())
    with pytest.raises(UnableTo, match="moved it on"):
        emergencies.review(opening=opened, found=found, by=guardian, at=timezone.now())


def test_others_find_neither_the_list_nor_the_opening(opened: EmergencyOpening) -> None:
    client = signed_in(worker())
    assert client.get(reverse("emergencies:list")).status_code == 403
    assert client.get(page_of(opened)).status_code == 404


def test_the_database_itself_knows_no_emergency_without_an_end(help_: Help) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.make(
            by=help_.lead,
            at=NOW,
            family=help_.family,
            member=help_.outsider.member,
            because="break_glass",
            extent="full",
            began_at=NOW,
        )


def test_nobody_keeps_for_good_what_was_opened_for_an_hour(help_: Help) -> None:
    # Given a team manager who opened the record in an emergency
    manager = worker("team_manager")
    told(help_, manager)
    emergencies.open_in_emergency(
        family=help_.family, why=WHY, hours=1, by=manager, at=timezone.now()
    )
    # When they would restrict it to a few, of whom they are one
    with pytest.raises(NotAllowed, match="in an emergency"):
        restrict(
            family=help_.family,
            kind="staff",
            why="Her aunt works here.",
            named=[manager.member],
            by=manager,
            at=timezone.now(),
        )
    # Then the page is not there for them, and nothing leads to it
    page = reverse("restricted:restrict", args=[help_.family.pk])
    assert signed_in(manager).get(page).status_code == 403
    assert page not in text(signed_in(manager), reverse("families:family", args=[help_.family.pk]))


def test_an_hour_joins_no_records(help_: Help) -> None:
    coordinator = worker("coordinator", desks=())
    told(help_, coordinator)
    emergencies.open_in_emergency(
        family=help_.family, why=WHY, hours=1, by=coordinator, at=timezone.now()
    )
    with pytest.raises(NotAllowed, match="not open to you"):
        join_records(coordinator, help_.child)
    episode = [help_.episode.pk]
    for page in (reverse("families:lead", args=episode), reverse("families:step", args=episode)):
        assert signed_in(coordinator).get(page).status_code == 403
