"""Who is called what in a family: the customs by which surnames are passed on."""

from dataclasses import dataclass
from random import Random

from earlydoors.simulation.people.names import FEMALE, MALE, Origin

_OWN_MAN, _OWN_WOMAN, _OWN_CHILD = 0.4, 0.55, 0.4  # assumed: last names of one's own
_TAKES_HIS = 0.85  # assumed: of married women whose custom it is
_AFTER_GRANDFATHER = (
    0.3  # assumed: of children named after their father, the grandfather's name instead
)
_AFTER_FATHER = 0.4  # assumed: where both customs are met
_PLAIN_SINGH, _WITH_CLAN = (
    0.35,
    0.75,
)  # assumed: Singh or Kaur alone; then the clan's name alone; else both
_SIKH = {MALE: "Singh", FEMALE: "Kaur"}
TAKES_HIS = frozenset({"shared", "gendered"})
FREE_TO_CHOOSE = frozenset({"shared", "gendered", "kept"})


@dataclass(frozen=True, slots=True)
class Called:
    """A surname, what other forms take for it, and what it was before. `line` is passed on."""

    surname: str
    line: str
    other: str | None = None
    former: str | None = None


def of_man(origin: Origin, draw: Random) -> Called:
    """The surname of a grown man."""
    line = origin.surname(draw)
    match origin.custom:
        case "own" if draw.random() < _OWN_MAN:
            return Called(origin.own[MALE](draw), line)
        case "singh_kaur":
            return _sikh(line, MALE, draw)
        case "both":
            return _two(line, origin.surname(draw))
    return Called(line, line)


def of_woman(origin: Origin, draw: Random) -> Called:
    """The surname of a grown woman before she marries."""
    line = origin.surname(draw)
    match origin.custom:
        case "own" if draw.random() < _OWN_WOMAN:
            return Called(origin.own[FEMALE](draw), line, other=line)
        case "singh_kaur":
            return _sikh(line, FEMALE, draw)
        case "both":
            return _two(line, origin.surname(draw))
    return Called(origin.for_sex(line, FEMALE), line)


def married(wife: Called, hers: Origin, husband: Called, his: Origin, draw: Random) -> Called:
    """What a woman is called once she has married: his name, or as before."""
    if hers.custom in TAKES_HIS and his.custom in TAKES_HIS and draw.random() < _TAKES_HIS:
        return Called(his.for_sex(husband.line, FEMALE), husband.line, former=wife.surname)
    return wife


def of_child(
    sex: str, father: Called, his_first: str, mother: Called, origin: Origin, draw: Random
) -> Called:
    """The surname of a child by the custom of the father's origin."""
    match origin.custom:
        case "own":
            if draw.random() < _OWN_CHILD:
                return Called(origin.own[sex](draw), father.line, other=father.surname)
            return Called(father.surname, father.line)
        case "singh_kaur":
            return _sikh(father.line, sex, draw)
        case "fathers_name":
            return _after(his_first, father, draw)
        case "mixed_fathers" if draw.random() < _AFTER_FATHER:
            return _after(his_first, father, draw)
        case "both":
            return _two(mother.line.split()[-1], father.line)
    return Called(origin.for_sex(father.line, sex), father.line)


def barrelled(father: Called, mother: Called) -> Called:
    """Both parents' names with a hyphen."""
    name = f"{mother.line}-{father.line}"
    return Called(name, name)


def _sikh(line: str, sex: str, draw: Random) -> Called:
    name, chance = _SIKH[sex], draw.random()
    if chance < _PLAIN_SINGH:
        return Called(name, line, other=line)
    if chance < _WITH_CLAN:
        return Called(line, line, other=name)
    return Called(f"{name} {line}", line, other=draw.choice((name, line)))


def _after(his_first: str, father: Called, draw: Random) -> Called:
    name = his_first.split()[-1]
    if draw.random() < _AFTER_GRANDFATHER:
        return Called(father.surname, father.surname, other=name)
    return Called(name, name, other=father.surname)


def _two(first: str, last: str) -> Called:
    return Called(f"{first} {last}", last, other=last)
