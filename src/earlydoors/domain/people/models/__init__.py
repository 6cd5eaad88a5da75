"""People, families, how they belong together, and the places they live and go."""

from earlydoors.domain.people.models.family import (
    RELATIONS,
    Account,
    Family,
    FamilyMember,
    KeptFrom,
    Place,
)
from earlydoors.domain.people.models.kin import Connection, Relationship, Responsibility
from earlydoors.domain.people.models.person import (
    SEXES,
    TELLERS,
    ContactRoute,
    Identifier,
    Name,
    Person,
    Said,
    Told,
)

__all__ = [
    "RELATIONS",
    "SEXES",
    "TELLERS",
    "Account",
    "Connection",
    "ContactRoute",
    "Family",
    "FamilyMember",
    "Identifier",
    "KeptFrom",
    "Name",
    "Person",
    "Place",
    "Relationship",
    "Responsibility",
    "Said",
    "Told",
]
