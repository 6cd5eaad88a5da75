"""People of the past with many corrupted copies, made up, in the shape of Splink's historical set.

Seeded, so that a run can be repeated. About ten copies of each person: short forms and initials,
titles and added names, exchanged names, letters and ears, dates known by their year alone or
slipped, another place of birth, a neighbouring or another postcode, another calling, blanks. A
third of the copies are good, a third have a slip or two, a third are slipped in most columns.
All names and places are put together from parts and stand for nobody.
"""

import random
from datetime import date, timedelta

from bench.copies import SURNAMES, nicknames, slip

BEGINS = (
    "ash brad hart wal nor sut mar hol ald ban bar bir bos brom bur cal can cas chal clif col cop"
    " cran dal den dun ed el farn fen gar gil grim hal ham har hat hay hen hil hor hux kel ken kirk"
    " lang law lin lock mel mid mil mor new oak ol or pem pres rad ray red ren rich ros rus sal"
    " sand shel sher stan stock strat sud thorn til tru wad war wat wed wel wes whit wil wood wor"
).split()
ENDS = "ford ton ley worth field well by ham wick stead man more low ridge cott burn shaw".split()
PLACES = 300
CALLINGS = (
    "politician writer cricketer painter military_officer priest footballer actor architect lawyer"
    " composer engineer physician botanist journalist poet judge diplomat explorer banker sculptor"
    " photographer illustrator historian rower missionary chemist nurse teacher singer organist"
).split()
TITLES = ("sir", "lady", "1st baron", "2nd baronet", "rev", "dr", "captain", "the elder")
COLUMNS = (
    "full_name",
    "first_name",
    "surname",
    "dob",
    "birth_place",
    "postcode_fake",
    "gender",
    "occupation",
)

type Person = dict[str, str]


def table(people: int, seed: int = 1, copies: float = 10.0) -> list[Person]:
    """Rows with `id`, `person` (who it is) and the columns."""
    draw = random.Random(seed)  # noqa: S311 - made up, nothing secret
    shorts = nicknames()
    firsts = [group[0] for group in shorts]
    draw.shuffle(firsts)
    surnames = [begin + end for begin in BEGINS for end in ENDS] + list(SURNAMES)
    draw.shuffle(surnames)
    places = [f"{draw.choice(BEGINS)}{draw.choice(ENDS)}" for _ in range(PLACES)]
    rows: list[Person] = []
    for number in range(people):
        person = _person(draw, firsts, surnames, places)
        for copy in range(1 + min(int(draw.expovariate(1 / (copies - 1))), 60)):
            damage = 0.0 if copy == 0 else draw.choice((0.08, 0.25, 0.5))
            made = _copy(draw, person, damage, shorts, surnames, places)
            rows.append({"person": str(number), **made})
    draw.shuffle(rows)
    return [{"id": f"q{number}", **row} for number, row in enumerate(rows)]


def _often(draw: random.Random, several: list[str], steep: float) -> str:
    """One of them, the first the oftenest."""
    return several[min(int(len(several) * draw.random() ** steep), len(several) - 1)]


def _person(
    draw: random.Random, firsts: list[str], surnames: list[str], places: list[str]
) -> Person:
    born = date(1650, 1, 1) + timedelta(days=draw.randrange(91_000))
    dob = f"{born.year}-01-01" if draw.random() < 0.15 else born.isoformat()
    names = [_often(draw, firsts, 2.0) for _ in range(draw.choice((1, 1, 2, 2, 3)))]
    return {
        "first_name": names[0],
        "more": " ".join(names[1:]),
        "surname": _often(draw, surnames, 1.7),
        "dob": dob,
        "birth_place": _often(draw, places, 2.5),
        "postcode_fake": _postcode(draw),
        "gender": draw.choice(("male", "male", "male", "female")),
        "occupation": _often(draw, CALLINGS, 2.2).replace("_", " "),
    }


def _postcode(draw: random.Random) -> str:
    area = draw.choice(
        "ab bs ca cf de ex gl hp ip la le ln ne nn nr ox pl rg se sw tq wc yo".split()
    )
    letters = "abdefghjlnpqrstuwxyz"
    end = f"{draw.randrange(1, 10)}{draw.choice(letters)}{draw.choice(letters)}"
    return f"{area}{draw.randrange(1, 30)} {end}"


def _copy(
    draw: random.Random,
    person: Person,
    damage: float,
    shorts: list[list[str]],
    surnames: list[str],
    places: list[str],
) -> Person:
    copy = dict(person)
    hit = lambda share: draw.random() < damage * share  # noqa: E731 - said eleven times below
    if hit(0.8):
        copy["first_name"] = _other_first(draw, copy, shorts)
    if hit(0.25) and copy["gender"] == "female":
        copy["surname"] = _often(draw, surnames, 1.7)
    for column, share in (("first_name", 0.5), ("surname", 0.8), ("birth_place", 0.2)):
        if hit(share):
            copy[column] = slip(draw, copy[column])
    if hit(0.15):
        copy["first_name"], copy["surname"] = copy["surname"], copy["first_name"]
    if hit(0.8):
        copy["dob"] = _other_date(draw, copy["dob"])
    if hit(0.5):
        copy["birth_place"] = _often(draw, places, 2.5)
    if hit(0.9):
        near = copy["postcode_fake"][:-2] + "".join(draw.choices("abdefghjln", k=2))
        copy["postcode_fake"] = draw.choice((near, near, _postcode(draw)))
    if hit(0.6):
        copy["occupation"] = _often(draw, CALLINGS, 1.5).replace("_", " ")
    middle = copy.pop("more") if draw.random() > damage else ""
    title = draw.choice(TITLES) if draw.random() < 0.1 else ""
    copy.pop("more", None)
    blank = {key for key in copy if key != "gender" and hit(0.5)}
    copy = {key: "" if key in blank else value for key, value in copy.items()}
    whole = " ".join(n for n in (copy["first_name"], middle, copy["surname"]) if n)
    return {"full_name": f"{title} {whole}".strip() if whole else "", **copy}


def _other_first(draw: random.Random, copy: Person, shorts: list[list[str]]) -> str:
    first = copy["first_name"]
    chance = draw.random()
    groups = [group for group in shorts if first in group]
    if chance < 0.6 and groups:
        return draw.choice(draw.choice(groups))
    if chance < 0.75:
        return first[0]
    return copy["more"].split(" ")[0] or first


def _other_date(draw: random.Random, written: str) -> str:
    year, month, day = written.split("-")
    chance = draw.random()
    if chance < 0.3:
        return f"{year}-01-01"
    if chance < 0.45:
        return f"{year}-{month}-01"
    if chance < 0.6:
        return f"{int(year) + draw.choice((-10, -2, -1, 1, 2, 10))}-{month}-{day}"
    if chance < 0.7:
        return f"{year}-{day}-{month}"
    place = draw.choice((2, 3, 5, 6, 8, 9))
    return written[:place] + draw.choice("0123456789") + written[place + 1 :]
