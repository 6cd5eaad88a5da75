"""The columns that are known, by the headings that exports usually give them.

People: the fields of a school roll by the common basic data set of the Department for Education,
as school systems write them. Schools: the columns of the register Get Information about Schools
(`edubasealldata`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

PEOPLE: Final = "people"
SCHOOLS: Final = "schools"
TO_MEND: Final = "What to mend"
"""The column that the file of rows with problems has beside those that were sent."""


@dataclass(frozen=True)
class Column:
    """Something that a file may say, and the headings by which it is known, folded."""

    key: str
    says: str
    headings: tuple[str, ...]
    required: bool = False


def _column(key: str, says: str, headings: str, *, required: bool = False) -> Column:
    named = tuple(one.strip() for one in headings.split(";"))
    return Column(key, says, (_folded(says), *named), required)


def _folded(heading: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", apart.lower()).split())


OF_PEOPLE: tuple[Column, ...] = (
    _column("upn", "UPN", "unique pupil number; upn number; current upn"),
    _column("uln", "ULN", "unique learner number"),
    _column("nhs", "NHS number", "nhs no; nhsnumber; nhs"),
    _column(
        "given_name",
        "Given name",
        "forename; first name; forenames; legal forename; legal first name; given names; "
        "pupil forename; firstname",
        required=True,
    ),
    _column(
        "family_name",
        "Family name",
        "surname; last name; legal surname; legal last name; pupil surname; lastname",
        required=True,
    ),
    _column(
        "known_as",
        "Known as",
        "preferred forename; preferred first name; preferred name; chosen name; chosen forename; "
        "preferred names",
    ),
    _column("preferred_surname", "Preferred family name", "preferred surname; chosen surname"),
    _column("former_surname", "Former family name", "former surname; previous surname"),
    _column(
        "born_on",
        "Date of birth",
        "dob; birth date; birthdate; d o b; date of birth dob; born",
        required=True,
    ),
    _column("sex", "Sex", "gender; legal sex; sex code"),
    _column("ethnicity", "Ethnicity", "ethnicity code; ethnic origin; ethnic group; ethnic code"),
    _column(
        "first_language", "First language", "language; home language; mother tongue; language name"
    ),
    _column("religion", "Religion", "religion or belief; faith"),
    _column("sen_provision", "SEN provision", "sen status; sen; sen stage; sen code; send status"),
    _column(
        "address_1",
        "Address",
        "address line 1; address 1; address1; house and street; street; addressline1; home address",
    ),
    _column("address_2", "Address, second line", "address line 2; address 2; address2"),
    _column(
        "address_3",
        "Address, third line",
        "address line 3; address 3; address3; locality; district",
    ),
    _column("town", "Town", "post town; address line 4; address 4; addressline4; address4; city"),
    _column("postcode", "Postcode", "post code; home postcode; address postcode"),
    _column("school_urn", "School URN", "urn; school number urn; establishment urn"),
    _column(
        "began_on",
        "Date of entry",
        "entry date; admission date; date of admission; start date; doa; date joined",
    ),
    _column("ended_on", "Date of leaving", "leaving date; date left; end date; dol; leaver date"),
)  # fmt: skip

OF_SCHOOLS: tuple[Column, ...] = (
    _column("urn", "URN", "unique reference number", required=True),
    _column("authority", "Local authority", "la name; local authority name", required=True),
    _column("authority_code", "Local authority code", "la code; la number"),
    _column("establishment", "Establishment number", "establishmentnumber"),
    _column(
        "name", "Name", "establishmentname; establishment name; school name", required=True
    ),
    _column("type", "Type", "typeofestablishment name; type of establishment name"),
    _column(
        "status",
        "Status",
        "establishmentstatus name; establishment status name; establishment status",
        required=True,
    ),
    _column("opened_on", "Opened on", "opendate; open date"),
    _column("closed_on", "Closed on", "closedate; close date"),
    _column(
        "phase",
        "Phase",
        "phaseofeducation name; phase of education name; phase of education",
        required=True,
    ),
    _column("ukprn", "UKPRN", "uk provider reference number"),
    _column("street", "Street", "address line 1"),
    _column("locality", "Locality", "address line 2"),
    _column("address3", "Address, third line", "address 3; address line 3"),
    _column("town", "Town", "post town"),
    _column("county", "County", "county name"),
    _column("postcode", "Postcode", "post code"),
    _column("phone", "Telephone", "telephonenum; telephone num; telephone number"),
    _column("website", "Website", "schoolwebsite; school website"),
)  # fmt: skip

KNOWN: dict[str, tuple[Column, ...]] = {PEOPLE: OF_PEOPLE, SCHOOLS: OF_SCHOOLS}


def recognised(kind: str, headings: Sequence[str]) -> dict[str, int]:
    """Which column says what: the place of each by the key of what it says.

    Where two headings mean the same, the one that comes first in the list of names stands: what
    someone is legally called goes before any other forename.
    """
    folded = [_folded(one) for one in headings]
    plain = ["".join(one.split()) for one in folded]
    found: dict[str, int] = {}
    taken: set[int] = set()
    for column in KNOWN[kind]:
        for name in column.headings:
            close = name.replace(" ", "")
            place = next(
                (n for n, one in enumerate(plain) if one == close and n not in taken), None
            )
            if place is not None:
                found[column.key] = place
                taken.add(place)
                break
    return found


def missing(kind: str, mapping: Mapping[str, int]) -> tuple[str, ...]:
    """What a file of that kind cannot do without and this one lacks, in words."""
    return tuple(one.says for one in KNOWN[kind] if one.required and one.key not in mapping)


def repeated(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings that stand over two columns."""
    folded = [_folded(one) for one in headings]
    again = {one for one in folded if one and folded.count(one) > 1}
    return tuple(dict.fromkeys(h for h, f in zip(headings, folded, strict=True) if f in again))


def says(kind: str, key: str) -> str:
    """What a key means, in words."""
    return next((one.says for one in KNOWN[kind] if one.key == key), key)
