"""The national register of schools: new, changed, closed, and taken back."""

from datetime import date, timedelta

import pytest
from tests.factories.partnership import AT, agency, area, worker
from tests.factories.rolls import as_csv, loaded, looked_through, number, roll, taken_back

from earlydoors.domain.imports.models import Import
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Setting
from earlydoors.foundation.profile.schema import AgencyKind

pytestmark = pytest.mark.django_db
HEADINGS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    "EstablishmentStatus (name)", "OpenDate", "CloseDate", "PhaseOfEducation (name)",
    "Street", "Town", "Postcode",
)  # fmt: skip


def school(
    urn: str, name: str, status: str = "Open", *, la: str = "Westshire", phase: str = "Primary",
    closed: str = "",
) -> tuple[str, ...]:  # fmt: skip
    """A line of the register."""
    return (urn, "909", la, urn[-4:], name, status, "01-09-1975", closed, phase,
            "1 Mill Lane", "Fellby", "LA1 1AA")  # fmt: skip


REGISTER = (
    school("900001", "Fellby Primary School"),
    school("900002", "Thornby’s Academy", phase="Secondary"),
    school("900003", "Far Away School", la="Eastshire"),
    school("900004", "Gone Before School", "Closed", closed="31-08-2010"),
    school("900005", "To Come School", "Proposed to open"),
    school("900006", "Soon Gone School", "Open, but proposed to close"),
    school("9000", "No Number School"),
)


@pytest.fixture
def coordinator() -> Actor:
    return worker("coordinator")


def register(*lines: tuple[str, ...]) -> bytes:
    return as_csv([list(HEADINGS), *(list(one) for one in lines)], "cp1252")


def read(content: bytes, by: Actor) -> Import:
    choices = {
        "authorities": ["Westshire"],
        "phases": ["Primary", "Secondary"],
        "agency": str(agency(kind=AgencyKind.SCHOOL).pk),
    }
    return looked_through(content, by=by, kind="schools", choices=choices)


def test_open_schools_of_the_chosen_authority_become_settings(coordinator: Actor) -> None:
    file = read(register(*REGISTER), coordinator)
    assert list(file.rows.order_by("number").values_list("verdict", flat=True)) == [
        "new", "new", "aside", "aside", "aside", "new", "problem",
    ]  # fmt: skip
    loaded(file, by=coordinator)
    made = {one.urn: one for one in Setting.objects.exclude(urn="")}
    assert set(made) == {"900001", "900002", "900006"}
    first = made["900001"]
    assert (first.name, first.laestab, first.phase) == (
        "Fellby Primary School",
        "9090001",
        "Primary",
    )
    assert (first.address, first.postcode) == ("1 Mill Lane, Fellby", "LA1 1AA")
    assert (first.opened_on, first.current) == (date(1975, 9, 1), True)
    assert first.agency.kind == AgencyKind.SCHOOL
    assert made["900002"].name == "Thornby’s Academy"


def test_the_profile_does_not_end_a_school_it_never_named(coordinator: Actor) -> None:
    loaded(read(register(*REGISTER), coordinator), by=coordinator)
    area(at=AT + timedelta(days=1))
    assert Setting.objects.get(urn="900001").current


def test_a_school_that_the_profile_names_gets_its_number_and_keeps_its_name(
    coordinator: Actor,
) -> None:
    known = Setting.objects.filter(agency__kind="school").order_by("key")[0]
    file = read(register(school("900009", known.name.upper())), coordinator)
    assert file.rows.get().verdict == "changes"
    loaded(file, by=coordinator)
    name = known.name
    known.refresh_from_db()
    assert (known.name, known.urn) == (name, "900009")


def test_a_later_register_changes_and_closes_and_can_be_taken_back(coordinator: Actor) -> None:
    loaded(read(register(*REGISTER), coordinator), by=coordinator)
    before = list(Setting.objects.order_by("pk").values())
    later = read(
        register(
            school("900001", "Fellby Community Primary School"),
            school("900002", "Thornby’s Academy", "Closed", phase="Secondary", closed="31-12-2025"),
            school("900006", "Soon Gone School", "Open, but proposed to close"),
            school("900010", "Brand New School"),
        ),
        coordinator,
    )
    verdicts = list(later.rows.order_by("number").values_list("verdict", flat=True))
    assert verdicts == ["changes", "closes", "same", "new"]
    loaded(later, by=coordinator)
    closed = Setting.objects.get(urn="900002")
    assert (closed.current, closed.closed_on) == (False, date(2025, 12, 31))
    assert Setting.objects.get(urn="900001").name == "Fellby Community Primary School"

    taken_back(later, by=coordinator)

    assert list(Setting.objects.order_by("pk").values()) == before


def test_a_roll_names_its_school_by_urn(coordinator: Actor) -> None:
    loaded(read(register(*REGISTER), coordinator), by=coordinator)
    headings = ("UPN", "Forename", "Surname", "DOB", "URN")
    lines = [
        (1, "Ann", "Fell", "3/3/2018", "900001"),
        (2, "Bo", "Fell", "3/3/2017", "123456"),
    ]
    file = looked_through(as_csv(roll(lines, headings)), by=coordinator)
    wrong = file.rows.get(number=3)
    assert (wrong.verdict, "Bring in the schools first" in wrong.problems[0][1]) == (
        "problem",
        True,
    )
    loaded(file, by=coordinator, why="To practise")
    from earlydoors.domain.people.models import Identifier

    child = Identifier.objects.get(value=number(1)).person
    assert child.places.get().setting == Setting.objects.get(urn="900001")
