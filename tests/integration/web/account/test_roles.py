"""Somebody holds several roles: the one in use is chosen, shown, and alone counts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.as_web import as_the_web_login
from tests.factories.families import Help, episode_in
from tests.factories.partnership import AT, PASSWORD, signed_in, worker
from tests.integration.web.account.ways import SIGN_IN

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.queries import families_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Membership
from earlydoors.domain.partnership.operations import give_role
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import RoleKind

pytestmark = pytest.mark.django_db
ROLE = reverse("account:role")
WORK = reverse("home:work")


def also(who: Actor, kind: RoleKind, agency_key: str = "") -> Membership:
    """One more role for somebody, which is their latest."""
    role = next(role for role in current().roles if role.kind == kind)
    return give_role(
        member=who.member,
        role_key=role.key,
        profile=current(),
        on=AT.date(),
        at=AT,
        agency_key=agency_key or current().agencies[0].key,
    )


def as_in(who: Actor, held: Membership) -> Actor:
    found = actor_for(who.member, AT.date(), str(held.pk))
    assert found is not None
    return found


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


@pytest.fixture
def two() -> tuple[Actor, Membership]:
    """A practitioner who watches over looks as well."""
    who = worker(name="Rosa Vane")
    return who, also(who, RoleKind.AUDITOR)


def test_whoever_holds_several_chooses_at_sign_in(two: Any, client: Client) -> None:
    who, guardian = two
    answer = client.post(
        SIGN_IN, {"username": who.member.username, "password": PASSWORD, "next": "/about/"}
    )
    assert answer["Location"] == f"{ROLE}?next=%2Fabout%2F"
    page = client.get(answer["Location"]).content.decode()
    assert guardian.role_name in page
    assert who.membership.role_name in page

    answer = client.post(ROLE, {"role": str(who.membership.pk), "next": "/about/"})

    assert answer["Location"] == "/about/"
    head = client.get(WORK).content.decode().split("<main")[0]
    assert f"{who.membership.role_name}, {who.agency}" in head
    event = AuditEvent.objects.get(verb="member.took_role")
    assert event.actor_role == who.membership.role_name
    assert event.details == {"from": str(guardian.pk), "to": str(who.membership.pk)}


def test_whoever_holds_one_is_not_asked(client: Client) -> None:
    who = worker()
    answer = client.post(SIGN_IN, {"username": who.member.username, "password": PASSWORD})
    assert answer["Location"] == WORK
    assert "Change role" not in client.get(WORK).content.decode()


def test_navigation_rights_and_records_follow_the_role_in_use(help_: Help) -> None:
    # given a lead who watches over looks in another role
    guardian = also(help_.lead, RoleKind.AUDITOR)
    client = signed_in(help_.lead)
    family, looks = reverse("families:family", args=[help_.family.pk]), reverse("looks:report")

    # when she is here as the guardian, then she is nothing else
    client.post(ROLE, {"role": str(guardian.pk)})
    assert client.get(looks).status_code == 200
    assert client.get(family).status_code == 404
    assert (
        f'href="{reverse("families:search")}"'
        not in client.get(WORK).content.decode().split("<main")[0]
    )

    # and as the lead she is not the guardian
    client.post(ROLE, {"role": str(help_.lead.membership.pk)})
    assert client.get(looks).status_code == 403
    assert client.get(family).status_code == 200


def test_no_right_of_one_role_counts_in_another(two: Any) -> None:
    who, guardian = two
    watching, working = as_in(who, guardian), as_in(who, who.membership)
    assert watching.may(Right.WATCH)
    assert not watching.may(Right.SEE_FAMILIES)
    assert working.may(Right.SEE_FAMILIES)
    assert not working.may(Right.WATCH)
    assert watching.beside == working.beside == 1


def test_the_wall_follows_the_role_in_use(help_: Help, two: Any) -> None:
    who, guardian = two
    grant(family=help_.family, member=who.member, because="team", by=help_.lead, at=AT)
    for role, seen in ((who.membership, {help_.family}), (guardian, set())):
        actor = as_in(who, role)
        assert set(families_of(actor)) == seen
        with as_the_web_login(), acting_as(actor):
            assert set(Family.objects.all()) == seen


def test_what_is_held_for_one_agency_is_not_held_for_another(help_: Help) -> None:
    # given a nurse who works for the council as well
    elsewhere = current().agencies[-1].key
    who = worker()
    other = also(who, RoleKind.PRACTITIONER, elsewhere)
    ours, theirs = as_in(who, who.membership), as_in(who, other)

    # when she is taken into the team for the council
    given: dict[str, Any] = {"family": help_.family, "by": help_.lead, "at": AT}
    grant(member=who.member, because="team", agency=ours.agency, **given)

    # then it is not open to her as a nurse, by either wall
    assert families_of(ours).get() == help_.family
    assert not families_of(theirs).exists()
    with as_the_web_login():
        with acting_as(theirs):
            assert not Family.objects.exists()
        with acting_as(ours):
            assert Family.objects.get() == help_.family

    # and when both agencies ask her, it is
    grant(member=who.member, because="team", agency=theirs.agency, **given)
    assert families_of(theirs).get() == help_.family


def test_a_grant_is_in_the_name_of_the_agency_one_works_in(help_: Help) -> None:
    one, several = worker(), worker()
    also(several, RoleKind.PRACTITIONER, current().agencies[-1].key)
    given: dict[str, Any] = {"family": help_.family, "because": "caseload", "at": AT}
    assert grant(member=one.member, by=help_.lead, **given).agency == one.agency
    assert grant(member=several.member, by=help_.lead, **given).agency is None
    assert grant(member=several.member, by=several, **{**given, "because": "asked"}).agency
    assert not Grant.objects.filter(desk__isnull=False, agency__isnull=False).exists()


@pytest.mark.parametrize("chosen", ["", "not a key", "0f6a1a52-5c1f-4a55-9a0e-6a2f1b7d3c11"])
def test_a_role_that_is_not_theirs_is_refused(two: Any, chosen: str) -> None:
    who, guardian = two
    client = signed_in(who)
    answer = client.post(ROLE, {"role": chosen})
    assert answer.status_code == 200
    assert "You do not hold this role today" in answer.content.decode()
    assert "role" not in client.session
    elses = worker("coordinator").membership
    assert client.post(ROLE, {"role": str(elses.pk)}).status_code == 200
    assert client.get(reverse("looks:report")).status_code == 200
    assert guardian.kind == RoleKind.AUDITOR


def test_a_role_that_ended_is_left_at_once(two: Any) -> None:
    who, guardian = two
    client = signed_in(who)
    client.post(ROLE, {"role": str(guardian.pk)})
    Membership.objects.filter(pk=guardian.pk).update(ended_on=AT.date())
    assert client.get(reverse("looks:report")).status_code == 403


def test_a_role_is_given_once(two: Any) -> None:
    who, _ = two
    with pytest.raises(UnableTo, match="holds this role already"):
        also(who, RoleKind.AUDITOR)
