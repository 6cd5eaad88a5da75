"""On what basis each agency keeps and shares records: the law's, whatever the family agrees to."""

from collections.abc import Iterable
from dataclasses import dataclass

from earlydoors.domain.partnership.models import Agency
from earlydoors.foundation.profile.information import Information
from earlydoors.foundation.profile.schema import AgencyKind

# What a family's agreement is not: see the Information Commissioner on consent and public bodies.
APART = (
    "Your agreement is about the help. The law that lets each agency keep and share records is "
    "another matter. It stays when your agreement ends."
)
_KINDS = {
    AgencyKind.COUNCIL: "the council",
    AgencyKind.SCHOOL: "schools",
    AgencyKind.EARLY_YEARS: "nurseries",
    AgencyKind.HEALTH: "health services",
    AgencyKind.POLICE: "the police",
    AgencyKind.HOUSING: "housing",
    AgencyKind.VOLUNTARY: "charities and community groups",
    AgencyKind.SOCIAL_CARE: "social care",
    AgencyKind.OTHER: "others",
}


@dataclass(frozen=True)
class Basis:
    """One basis: for whom, in plain words, in the law's, and who says so."""

    who: str
    plain: str
    law: str
    source: str


def bases(information: Information, agencies: Iterable[Agency]) -> tuple[Basis, ...]:
    """The bases of these agencies; where there are none, all that the area's profile states, by
    kind of agency."""
    named: dict[str, list[str]] = {}
    for agency in agencies:
        found = information.basis_for(agency.kind)
        if found is not None and agency.name not in named.setdefault(found.key, []):
            named[found.key].append(agency.name)
    return tuple(
        Basis(
            who=", ".join(sorted(named[one.key])) if named else _kinds(one.agencies),
            plain=one.plain,
            law=f"{one.ordinary}. {one.special}",
            source=one.source,
        )
        for one in information.bases
        if not named or one.key in named
    )


def _kinds(kinds: Iterable[str]) -> str:
    said = ", ".join(_KINDS[AgencyKind(kind)] for kind in kinds)
    return said[:1].upper() + said[1:]
