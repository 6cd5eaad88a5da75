"""Two records of one person are joined: everything hangs on one of them, nothing is lost."""

from datetime import date
from typing import Any

import pytest
from tests.factories.families import consent_given, episode_in, known_family
from tests.factories.joining import LATER, SURE, twice
from tests.factories.partnership import AT, worker

from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.consent.queries import sharing_of
from earlydoors.domain.joining.joins import join
from earlydoors.domain.joining.models import Apart, Joining, Moved, Pair
from earlydoors.domain.joining.operations import (
    leave_open,
    lift_apart,
    look_at,
    propose,
    set_apart,
)
from earlydoors.domain.joining.queries import now_of, pairs_for, waiting
from earlydoors.domain.joining.signals import joining_undone, people_joined
from earlydoors.domain.joining.undoing import undo
from earlydoors.domain.people.facts import Source, add_route
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.models import FamilyMember, Identifier, Name, Person, Place, Said
from earlydoors.domain.people.operations import (
    correct,
    keep_from,
    place_at,
    take_in,
    write_down,
)
from earlydoors.domain.people.queries import secrets_from
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo

pytestmark = pytest.mark.django_db


def test_everything_of_the_other_record_hangs_on_the_kept_one() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": AT}
    place = place_at(person=world.other, kind="home", says="4 Beck Row, Kendal", **by)
    route = add_route(person=world.other, kind="mobile", value="07700 900123", safe="safe", **by)
    number = identify(person=world.other, kind="upn", number="B801200005001", **by)
    joining = world.joined()
    for row in (place, route, number):
        row.refresh_from_db()
        assert row.person_id == world.kept.pk
    families = FamilyMember.objects.filter(person=world.kept, left_on=None)
    assert {one.family for one in families} == {world.tarns.family, world.becks.family}
    assert now_of(world.other.pk) == world.kept.pk
    assert joining.pair.state == "joined"
    assert Entry.objects.filter(kind="people.joined").count() == 2
    assert AuditEvent.objects.filter(verb="people.joined").count() == 2


def test_who_said_a_thing_and_when_is_not_touched() -> None:
    world = twice()
    place = place_at(person=world.other, kind="home", says="4 Beck Row", by=world.becks.by, at=AT)
    world.joined()
    place.refresh_from_db()
    assert (place.changed_at, place.changed_by) == (AT, world.becks.by.member)


def test_a_search_still_finds_them_by_both_names() -> None:
    world = twice()
    world.joined()
    names = {(one.kind, one.full_name) for one in world.kept.names.filter(removed_on=None)}
    assert names == {("alias", "Sofie Beck")}


def test_a_fact_is_taken_with_who_said_it() -> None:
    world = twice()
    correct(
        person=world.other,
        first_language="Polish",
        given_name="Sofia",
        source=Source("parent", "Kelly-Ann"),
        by=world.keeper,
        at=AT,
    )
    world.joined(first_language="other", given_name="other", family_name="kept")
    kept = world.kept
    assert (kept.given_name, kept.family_name, kept.first_language) == ("Sofia", "Tarn", "Polish")
    assert kept.search_name == "sofia tarn"
    said = Said.objects.get(person=kept, fact="first_language")
    assert (said.said_by, said.said_says) == ("parent", "Kelly-Ann")
    names = {one.full_name for one in kept.names.all()}
    assert names == {"Sophie Tarn", "Sofia Beck"}
    assert world.other.first_language == "Polish"


def test_a_fact_taken_was_said_on_the_day_it_was_said() -> None:
    world = twice()
    source = Source("parent", "Kelly-Ann")
    correct(person=world.other, first_language="Polish", source=source, by=world.keeper, at=AT)
    world.joined(first_language="other")
    assert Said.objects.get(person=world.kept, fact="first_language").changed_at == AT


def test_one_home_written_down_twice_is_one() -> None:
    """Unless something hangs on it, such as from whom it is kept."""
    world = twice()
    homes = [
        place_at(person=one, kind="home", says=says, by=world.keeper, at=AT)
        for says in ("4 Beck Row", "The Refuge")
        for one in (world.kept, world.other)
    ]
    keep_from(
        place=homes[3], person=world.becks.parent, why="Safety", family=world.becks.family,
        by=world.keeper, at=AT,
    )  # fmt: skip
    world.joined()
    assert set(world.kept.places.all()) == {homes[0], homes[2], homes[3]}
    assert set(world.other.places.all()) == {homes[1]}


def test_two_nhs_numbers_are_decided_by_a_person() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": AT}
    mine = identify(person=world.kept, kind="nhs", number="9434765919", **by)
    theirs = identify(person=world.other, kind="nhs", number="9990000018", **by)
    with pytest.raises(UnableTo, match="choose which NHS number is theirs"):
        world.joined()
    assert not Joining.objects.exists()
    world.joined(number_nhs="other")
    standing = Identifier.objects.get(person=world.kept, removed_on=None)
    assert standing == theirs
    mine.refresh_from_db()
    assert mine.removed_on == local_day(LATER)
    assert mine.removed_why == "Set aside when two records of them were joined."


def test_both_in_one_family_are_in_it_once() -> None:
    world = twice()
    place = take_in(
        family=world.tarns.family, person=world.other, relation="sibling", on=local_day(AT),
        by=world.keeper, at=AT,
    )  # fmt: skip
    joining = world.joined()
    place.refresh_from_db()
    assert (place.person, place.left_on) == (world.other, local_day(LATER))
    open_ = FamilyMember.objects.filter(family=world.tarns.family, left_on=None)
    assert [one.person_id for one in open_.filter(relation__in=["child", "sibling"])] == [
        world.kept.pk
    ]
    assert Moved.objects.get(joining=joining, how="ended").row == str(place.pk)


def test_a_baby_expected_may_be_the_child_born() -> None:
    keeper = worker("administrator")
    baby = write_down(
        given_name="Baby", family_name="Okafor", due_on=date(2026, 2, 20), by=keeper, at=AT
    )
    noah = write_down(
        given_name="Noah", family_name="Okafor", born_on=date(2026, 2, 18), by=keeper, at=AT
    )
    join(
        kept=baby, other=noah, why="Same mother.", by=keeper, at=LATER,
        taking={"given_name": "other", "born_on": "other"},
    )  # fmt: skip
    baby.refresh_from_db()
    assert (baby.full_name, baby.born_on, baby.is_unborn) == (
        "Noah Okafor",
        date(2026, 2, 18),
        False,
    )
    assert [(n.kind, n.full_name) for n in Name.objects.filter(person=baby)] == [
        ("before_birth", "Baby Okafor")
    ]


def test_what_is_kept_from_someone_stays_kept() -> None:
    world = twice()
    by: dict[str, Any] = {"by": world.keeper, "at": AT}
    home = place_at(person=world.other, kind="home", says="4 Beck Row, Kendal", **by)
    keep_from(place=home, person=world.becks.parent, why="Safety", family=world.becks.family, **by)
    refuge = place_at(person=world.becks.parent, kind="home", says="The Refuge, Hexham", **by)
    keep_from(place=refuge, person=world.other, why="Safety", family=world.becks.family, **by)
    world.joined()
    assert "4 Beck Row" in secrets_from(world.becks.parent)
    assert "The Refuge" in secrets_from(world.kept)


@pytest.mark.parametrize("turned", [False, True])
def test_a_place_kept_from_the_other_themself_forbids_it(turned: bool) -> None:
    world = twice()
    whose, whom = (world.other, world.kept) if turned else (world.kept, world.other)
    by: dict[str, Any] = {"by": world.keeper, "at": AT}
    home = place_at(person=whose, kind="home", says="4 Beck Row", **by)
    keep_from(place=home, person=whom, why="Safety", family=world.becks.family, **by)
    with pytest.raises(UnableTo, match="is kept private from"):
        world.joined()
    assert Person.objects.filter(pk=whom.pk).exists()
    assert not Pair.objects.exists()


def test_two_agreements_of_one_family_do_not_become_a_wider_one() -> None:
    """Sisters' words stand beside one another, and a no outweighs; one person's later yes would
    outweigh her earlier no. So the other record's agreement stays where it was given."""
    help_ = episode_in("agreed")
    keeper = worker("administrator")
    no = help_.agreement
    assert no is not None
    twin = write_down(given_name="Kel", family_name="Tarn", by=keeper, at=AT)
    take_in(family=help_.family, person=twin, relation="mother", on=local_day(AT), by=keeper, at=AT)
    no.sharings.update(shares=False)
    no.person = twin
    no.save()
    consent_given(help_)
    before = [(one.whom, one.shares) for one in sharing_of(help_.family)]
    assert not any(shares for _, shares in before)
    join(kept=help_.parent, other=twin, why="One mother.", by=keeper, at=help_.later(days=1))
    no.refresh_from_db()
    assert no.person == twin
    assert [(one.whom, one.shares) for one in sharing_of(help_.family)] == before


def test_only_who_may_see_both_families_joins() -> None:
    world = twice()
    coordinator = worker("coordinator")
    pair = world.pair()
    with pytest.raises(NotAllowed, match="not open to you"):
        look_at(pair=pair, by=coordinator, at=LATER)
    assert not pairs_for(coordinator).exists()
    for known in (world.tarns, world.becks):
        known.family.grants.update(member=coordinator.member)
    assert pairs_for(coordinator).get() == pair
    look_at(pair=pair, by=coordinator, at=LATER)
    looks = AuditEvent.objects.filter(verb="family.looked")
    assert {one.family_id for one in looks} == {world.tarns.family.pk, world.becks.family.pk}
    with pytest.raises(NotAllowed, match="cannot join two records"):
        join(kept=world.kept, other=world.other, why=SURE, by=world.tarns.by, at=LATER)
    join(kept=world.kept, other=world.other, why=SURE, by=coordinator, at=LATER)


@pytest.mark.parametrize("why", ["", "  \n"])
def test_nothing_is_joined_without_a_reason(why: str) -> None:
    world = twice()
    with pytest.raises(UnableTo, match="Say how you know"):
        join(kept=world.kept, other=world.other, why=why, by=world.keeper, at=LATER)


def test_a_record_is_not_joined_with_itself_nor_twice() -> None:
    world = twice()
    with pytest.raises(UnableTo, match="the same record"):
        join(kept=world.kept, other=world.kept, why=SURE, by=world.keeper, at=LATER)
    world.joined()
    with pytest.raises(UnableTo, match="joined with another already"):
        world.joined()
    third = known_family(name="Moss")
    with pytest.raises(UnableTo, match="joined with another already"):
        propose(
            one=third.child, two=world.other, reasons="Alike", came_from="worker",
            by=world.keeper, at=LATER,
        )  # fmt: skip


def test_a_choice_that_is_none_is_a_mistake_of_the_code() -> None:
    world = twice()
    with pytest.raises(TypeError, match="shoe_size"):
        world.joined(shoe_size="other")
    with pytest.raises(TypeError, match="no such choice"):
        world.joined(sex="both")


def test_twins_stay_two_until_somebody_lifts_it() -> None:
    world = twice()
    pair = world.pair()
    mark = set_apart(pair=pair, why="twins", says="", by=world.keeper, at=LATER)
    with pytest.raises(UnableTo, match="marked as two people on 3 March 2026: they are twins"):
        world.joined()
    with pytest.raises(UnableTo, match="marked as two people"):
        world.pair()
    assert not waiting(Pair.objects.all()).exists()
    with pytest.raises(UnableTo, match="after all"):
        lift_apart(pair=pair, why=" ", by=world.keeper, at=LATER)
    lift_apart(pair=pair, why="There is one child.", by=world.keeper, at=LATER)
    mark.refresh_from_db()
    assert mark.lifted_why == "There is one child."
    assert waiting(Pair.objects.all()).get() == pair
    assert world.joined().pair == pair


def test_a_mark_goes_with_whoever_is_joined_and_comes_back() -> None:
    world = twice()
    twin = known_family(name="Moss").child
    pair = propose(
        one=twin, two=world.other, reasons="Twins", came_from="worker", by=world.keeper, at=AT
    )
    mark = set_apart(pair=pair, why="twins", says="", by=world.keeper, at=AT)
    joining = world.joined()
    with pytest.raises(UnableTo, match="marked as two people"):
        join(kept=world.kept, other=twin, why=SURE, by=world.keeper, at=LATER)
    undo(joining=joining, why="Two girls.", by=world.keeper, at=LATER)
    mark.refresh_from_db()
    assert mark.second == world.other


def test_who_is_not_sure_says_of_what() -> None:
    world = twice()
    pair = world.pair()
    with pytest.raises(UnableTo, match="not sure of"):
        leave_open(pair=pair, note=" ", by=world.keeper, at=LATER)
    left = leave_open(pair=pair, note="Ask the school.", by=world.keeper, at=LATER)
    assert (left.state, left.note) == ("unsure", "Ask the school.")
    assert waiting(Pair.objects.all()).get() == pair


def test_another_reason_needs_words() -> None:
    world = twice()
    with pytest.raises(UnableTo, match="Say how you know"):
        set_apart(pair=world.pair(), why="other", says="", by=world.keeper, at=LATER)
    with pytest.raises(UnableTo, match="Choose why"):
        set_apart(pair=world.pair(), why="looks", says="", by=world.keeper, at=LATER)
    assert not Apart.objects.exists()


def test_a_pair_is_on_the_list_once_whoever_comes_first() -> None:
    world = twice()
    first = world.pair()
    again = propose(
        one=world.other, two=world.kept, reasons="Alike", came_from="worker",
        by=world.keeper, at=LATER,
    )  # fmt: skip
    assert again == first
    assert again.reasons == "same birthday, first name sounds alike"


def test_others_hear_of_a_joining_and_of_its_undoing() -> None:
    world = twice()
    heard: list[tuple[str, Joining]] = []

    def joined(joining: Joining, **_: Any) -> None:
        heard.append(("joined", joining))

    def undone(joining: Joining, **_: Any) -> None:
        heard.append(("undone", joining))

    people_joined.connect(joined)
    joining_undone.connect(undone)
    joining = world.joined()
    undo(joining=joining, why="Two girls.", by=world.keeper, at=LATER)
    assert heard == [("joined", joining), ("undone", joining)]


def test_a_place_written_in_a_request_leads_to_the_kept_record() -> None:
    world = twice()
    place = Place.make(by=world.keeper, at=AT, person=world.other, kind="gp", says="Dr Ahmed")
    world.joined()
    assert place in world.kept.places.all()
