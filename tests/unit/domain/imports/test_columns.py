"""The headings that school systems and the national register give their columns."""

import pytest

from earlydoors.domain.imports.columns import PEOPLE, SCHOOLS, missing, recognised, repeated


@pytest.mark.parametrize(
    "headings",
    [
        ("UPN", "Forename", "Surname", "DOB"),
        ("Unique Pupil Number", "First Name", "Last Name", "Date of Birth"),
        ("upn", "Legal forename", "Legal surname", "date_of_birth"),
        ("UPN", "GivenName", "FamilyName", "BirthDate"),
    ],
)
def test_usual_headings_are_recognised(headings: tuple[str, ...]) -> None:
    found = recognised(PEOPLE, headings)
    assert found == {"upn": 0, "given_name": 1, "family_name": 2, "born_on": 3}
    assert missing(PEOPLE, found) == ()


def test_a_preferred_name_is_not_the_given_name() -> None:
    found = recognised(PEOPLE, ["Preferred Forename", "Forename", "Surname", "Preferred Surname"])
    assert found == {"known_as": 0, "given_name": 1, "family_name": 2, "preferred_surname": 3}


def test_what_is_missing_is_said_in_words() -> None:
    assert missing(PEOPLE, recognised(PEOPLE, ["Name", "Surname"])) == (
        "Given name",
        "Date of birth",
    )


def test_headings_that_stand_twice() -> None:
    assert repeated(["DOB", "Surname", "dob", ""]) == ("DOB", "dob")


def test_the_register_of_schools_is_recognised() -> None:
    found = recognised(
        SCHOOLS,
        [
            "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
            "TypeOfEstablishment (code)", "TypeOfEstablishment (name)",
            "EstablishmentStatus (code)", "EstablishmentStatus (name)", "OpenDate", "CloseDate",
            "PhaseOfEducation (code)", "PhaseOfEducation (name)", "UKPRN", "Street", "Locality",
            "Address3", "Town", "County (name)", "Postcode", "SchoolWebsite", "TelephoneNum",
        ],
    )  # fmt: skip
    assert found == {
        "urn": 0, "authority_code": 1, "authority": 2, "establishment": 3, "name": 4, "type": 6,
        "status": 8, "opened_on": 9, "closed_on": 10, "phase": 12, "ukprn": 13, "street": 14,
        "locality": 15, "address3": 16, "town": 17, "county": 18, "postcode": 19, "website": 20,
        "phone": 21,
    }  # fmt: skip
