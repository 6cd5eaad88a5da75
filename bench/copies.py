"""People with many corrupted copies, made up: a table that is harder than the public ones.

Seeded, so that a run can be repeated. Everyone belongs to a household that shares surname, address
and postcode; some are twins, some are namesakes. Each person has a handful of copies, and each
copy has slips in several columns: letters, ears, nicknames, exchanged names, swapped and partial
dates, moves, blanks. All names, streets and postcodes are the author's picks and stand for nobody.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

SURNAMES = (
    "smith jones taylor brown williams wilson johnson davies robinson wright thompson evans walker"
    " white roberts green hall wood jackson clarke hussain patel khan ahmed begum ali singh kaur"
    " okafor adeyemi mensah kowalski nowak wisniewska ionescu popescu silva costa murphy kelly"
    " byrne osullivan mcdonald campbell stewart robson armstrong charlton fenwick dodds elliott"
    " hetherington postlethwaite braithwaite birkett tyson penrice routledge nixon graham bell"
    " tinning wannop shackleton ramsbottom entwistle hargreaves ogden sutcliffe greenwood crabtree"
    " barraclough featherstone ackroyd holroyd murgatroyd chen wang zhang nguyen tran rahman miah"
    " chowdhury hernandez fernandez garcia schmidt mueller petrov ivanova abdi mohamed hassan osman"
    " yusuf fitzgerald obrien higginbottom cholmondeley featherstonehaugh beauchamp marjoribanks"
).split()
STREETS = (
    "rosemary church station mill victoria albert queen king north south west east bridge castle"
    " market park school chapel orchard meadow harbour quay fell beck moor hawthorn larch cedar"
    " willow primrose heather bracken lonsdale curwen senhouse lowther howgill irish tangier"
).split()
KINDS = "street road lane avenue close terrace drive grove court".split()
TOWNS = (
    "whitehaven workington carlisle penrith kendal maryport cockermouth alnwick morpeth hexham"
    " blyth ashington cramlington berwick kettering corby wellingborough daventry northampton"
    " aylesbury chesham amersham wycombe nailsea portishead clevedon yatton"
).split()
WORK = "cleaner nurse farmer teacher driver plumber clerk cook none carer builder student".split()
COLUMNS = ("given_name", "family_name", "birth_date", "postcode", "street", "town", "sex", "work")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KEYS = {"a": "qsz", "e": "wrd", "i": "uok", "o": "ipl", "n": "bmh", "s": "adw", "t": "ryg"}
_EARS = (
    ("ph", "f"),
    ("ck", "k"),
    ("ee", "ea"),
    ("th", "t"),
    ("ie", "y"),
    ("ll", "l"),
    ("sh", "ch"),
)


def table(people: int, seed: int = 1, copies: float = 6.0) -> tuple[list[dict[str, str]], int]:
    """Rows with `id`, `person` (who it is) and the columns; and how many people there are."""
    draw = random.Random(seed)  # noqa: S311 - made up, nothing secret
    shorts = nicknames()
    rows: list[dict[str, str]] = []
    count = 0
    for person in _everyone(draw, shorts, people):
        count += 1
        for number in range(1 + min(int(draw.expovariate(1 / (copies - 1))), 25)):
            copy = person if number == 0 else _corrupted(draw, person, shorts)
            rows.append({"person": str(count), **copy})
    draw.shuffle(rows)
    return [{"id": f"r{number}", **row} for number, row in enumerate(rows)], count


def nicknames() -> list[list[str]]:
    """Given names that stand for one another, in groups."""
    text = (files("earlydoors.domain.matching") / "nicknames.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def _everyone(
    draw: random.Random, nicknames: list[list[str]], people: int
) -> Iterator[dict[str, str]]:
    made = 0
    firsts = [group[0] for group in nicknames] + "aisha fatima wei olu zofia ioana kiran".split()
    weights = [1 / (rank + 3) for rank in range(len(SURNAMES))]
    while made < people:
        home = _home(draw)
        surname = draw.choices(SURNAMES, weights)[0]
        born = date(1930, 1, 1) + timedelta(days=draw.randrange(33_000))
        for member in range(draw.choice((1, 1, 2, 3, 4))):
            twin = member > 0 and draw.random() < 0.08
            if not twin:
                born = date(1930, 1, 1) + timedelta(days=draw.randrange(33_000))
            made += 1
            yield {
                "given_name": draw.choice(firsts),
                "family_name": surname,
                "birth_date": born.isoformat(),
                **home,
                "sex": draw.choice("fm"),
                "work": draw.choice(WORK),
            }


def _home(draw: random.Random) -> dict[str, str]:
    postcode = (
        f"{draw.choice(['ca', 'ne', 'nn', 'hp', 'bs', 'la'])}{draw.randrange(1, 40)}"
        f" {draw.randrange(1, 10)}{draw.choice(_LETTERS)}{draw.choice(_LETTERS)}"
    )
    street = f"{draw.randrange(1, 120)} {draw.choice(STREETS)} {draw.choice(KINDS)}"
    return {"postcode": postcode, "street": street, "town": draw.choice(TOWNS)}


def _corrupted(
    draw: random.Random, person: dict[str, str], nicknames: list[list[str]]
) -> dict[str, str]:
    copy = dict(person)
    _change(draw, copy, nicknames)
    if draw.random() < 0.3:
        copy["birth_date"] = _date_slip(draw, copy["birth_date"])
    for column in ("given_name", "family_name", "postcode", "street", "town"):
        if draw.random() < 0.35:
            copy[column] = slip(draw, copy[column])
        if draw.random() < 0.12:
            copy[column] = slip(draw, copy[column])
    for column in COLUMNS:
        if draw.random() < 0.12:
            copy[column] = ""
    return copy


def _change(draw: random.Random, copy: dict[str, str], nicknames: list[list[str]]) -> None:
    """What changes in a life, and what somebody else calls it."""
    if draw.random() < 0.25:
        copy |= _home(draw)
    if draw.random() < 0.2:
        groups = [group for group in nicknames if copy["given_name"] in group]
        if groups:
            copy["given_name"] = draw.choice(draw.choice(groups))
    if draw.random() < 0.04:
        copy["given_name"], copy["family_name"] = copy["family_name"], copy["given_name"]
    if draw.random() < 0.05:
        copy["family_name"] = draw.choice(SURNAMES)


def _date_slip(draw: random.Random, written: str) -> str:
    year, month, day = written.split("-")
    chance = draw.random()
    if chance < 0.25:
        return f"{year}-{day}-{month}"
    if chance < 0.45:
        return f"{year}-01-01"
    if chance < 0.6:
        return f"{int(year) + draw.choice((-10, -1, 1, 10))}-{month}-{day}"
    place = draw.choice([n for n in range(10) if n not in {4, 7}])
    return written[:place] + draw.choice("0123456789") + written[place + 1 :]


def slip(draw: random.Random, text: str) -> str:
    """The text with one slip: a letter less, more, exchanged, as heard, or its neighbour key."""
    if len(text) < 3:
        return text
    place = draw.randrange(len(text) - 1)
    chance = draw.random()
    if chance < 0.2:
        return text[:place] + text[place + 1 :]
    if chance < 0.4:
        return text[:place] + draw.choice(_LETTERS) + text[place:]
    if chance < 0.6:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if chance < 0.8:
        for written, heard in _EARS:
            if written in text:
                return text.replace(written, heard, 1)
    near = _KEYS.get(text[place], _LETTERS)
    return text[:place] + draw.choice(near) + text[place + 1 :]
