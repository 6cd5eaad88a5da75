"""What people can be to each other, each named both ways."""

from dataclasses import dataclass
from typing import Final, Literal

Group = Literal["parent", "step", "care", "sibling", "partner", "wider", "other"]
_CHILD = ("daughter", "son", "child")
_STEP_CHILD = ("step-daughter", "step-son", "step-child")
_SIBLING = ("sister", "brother", "brother or sister")


@dataclass(frozen=True)
class Kind:
    """Something that a person can be to another.

    `is_to` says what the one is to the other for a woman, a man, and where neither is known;
    `back` what the other is to the one. `mutual` kinds read alike both ways.
    """

    key: str
    group: Group
    asks: str
    is_to: tuple[str, str, str]
    back: tuple[str, str, str]
    hint: str = ""

    @property
    def mutual(self) -> bool:
        """Whether both are the same to each other."""
        return self.is_to == self.back


def _same(key: str, group: Group, asks: str, words: tuple[str, str, str], hint: str = "") -> Kind:
    return Kind(key, group, asks, words, words, hint)


def _with(word: str, siblings: tuple[str, str, str] = _SIBLING) -> tuple[str, str, str]:
    she, he, _ = siblings
    return (f"{word}{she}", f"{word}{he}", f"{word}{he} or {word}{she}")


KINDS: Final = (
    Kind("mother", "parent", "Mother", ("mother",) * 3, _CHILD, "Gave birth to them."),
    Kind("father", "parent", "Father", ("father",) * 3, _CHILD),
    Kind(
        "parent", "parent", "Other parent", ("parent",) * 3, _CHILD, "For example, a second mother."
    ),
    Kind(
        "adoptive_parent",
        "parent",
        "Adoptive parent",
        ("adoptive mother", "adoptive father", "adoptive parent"),
        ("adopted daughter", "adopted son", "adopted child"),
    ),
    Kind(
        "step_parent",
        "step",
        "Step-parent",
        ("step-mother", "step-father", "step-parent"),
        _STEP_CHILD,
    ),
    Kind(
        "parents_partner",
        "step",
        "Parent’s partner",
        ("parent’s partner",) * 3,
        ("partner’s daughter", "partner’s son", "partner’s child"),
        "Lives or lived with a parent, and is not a step-parent to them.",
    ),
    Kind(
        "foster_carer",
        "care",
        "Foster carer",
        ("foster carer",) * 3,
        ("foster daughter", "foster son", "foster child"),
    ),
    Kind(
        "kinship_carer",
        "care",
        "Kinship carer",
        ("kinship carer",) * 3,
        ("child in their care",) * 3,
        "A relative or friend of the family who brings them up.",
    ),
    Kind(
        "special_guardian",
        "care",
        "Special guardian",
        ("special guardian",) * 3,
        ("child under their special guardianship",) * 3,
        "By an order of the court.",
    ),
    _same("sibling", "sibling", "Brother or sister, not known which kind", _SIBLING),
    _same("full_sibling", "sibling", "Full brother or sister", _SIBLING, "The same two parents."),
    _same(
        "half_sibling",
        "sibling",
        "Half-brother or half-sister",
        _with("half-"),
        "One parent the same.",
    ),
    _same("step_sibling", "sibling", "Step-brother or step-sister", _with("step-")),
    _same("adopted_sibling", "sibling", "Adopted brother or sister", _with("adopted ")),
    _same("foster_sibling", "sibling", "Foster brother or sister", _with("foster ")),
    _same("partner", "partner", "Partner", ("partner",) * 3),
    Kind(
        "grandparent",
        "wider",
        "Grandparent",
        ("grandmother", "grandfather", "grandparent"),
        ("granddaughter", "grandson", "grandchild"),
    ),
    Kind(
        "great_grandparent",
        "wider",
        "Great-grandparent",
        ("great-grandmother", "great-grandfather", "great-grandparent"),
        ("great-granddaughter", "great-grandson", "great-grandchild"),
    ),
    Kind(
        "aunt_uncle",
        "wider",
        "Aunt or uncle",
        ("aunt", "uncle", "aunt or uncle"),
        ("niece", "nephew", "niece or nephew"),
    ),
    _same("cousin", "wider", "Cousin", ("cousin",) * 3),
    Kind(
        "godparent",
        "other",
        "Godparent",
        ("godmother", "godfather", "godparent"),
        ("goddaughter", "godson", "godchild"),
    ),
    _same("friend", "other", "Friend", ("friend",) * 3),
    _same("neighbour", "other", "Neighbour", ("neighbour",) * 3),
    Kind(
        "other",
        "other",
        "Someone else who matters",
        ("someone who matters to them",) * 3,
        ("someone they matter to",) * 3,
        "Say in words who they are to each other.",
    ),
)
OF: Final = {kind.key: kind for kind in KINDS}
CHOICES: Final = [(kind.key, kind.asks) for kind in KINDS]
PARENTS: Final = frozenset(kind.key for kind in KINDS if kind.group == "parent")
BY_BIRTH: Final = frozenset({"mother", "father", "parent"})
CARERS: Final = frozenset(kind.key for kind in KINDS if kind.group == "care")
SIBLINGS: Final = frozenset(kind.key for kind in KINDS if kind.group == "sibling")

STATES: Final = [
    ("married", "Married"),
    ("civil", "Civil partners"),
    ("living_together", "Living together"),
    ("apart", "A couple who live apart"),
    ("separated", "Separated"),
    ("divorced", "Divorced"),
]
"""How partners stand to each other. Separated and divorced partners stay partners of before."""
OVER: Final = frozenset({"separated", "divorced"})
_PARTNERS: Final = {
    "married": ("wife", "husband", "wife or husband"),
    "civil": ("civil partner",) * 3,
    "living_together": ("partner",) * 3,
    "apart": ("partner",) * 3,
    "separated": ("separated partner",) * 3,
    "divorced": ("former wife", "former husband", "former wife or husband"),
}


def word(kind: str, *, sex: str, back: bool = False, state: str = "") -> str:
    """What someone of this sex is: mother, half-brother, former husband; `back` is the word for
    the other of the two."""
    words = _PARTNERS[state] if kind == "partner" and state else None
    if words is None:
        words = OF[kind].back if back else OF[kind].is_to
    return words[{"female": 0, "male": 1}.get(sex, 2)]
