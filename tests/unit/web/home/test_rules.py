"""The order of one's work, and how each thing is said: truth tables."""

from datetime import date, timedelta

import pytest

from earlydoors.web.home.rules import (
    KINDS,
    SHOWN,
    Matter,
    Turn,
    in_order,
    is_overdue,
    is_soon,
    tag,
    told,
    when,
)

TODAY = date(2026, 3, 4)  # a Wednesday
WORDS = {
    key: key
    for key in ("review", "Review", "assessment", "Assessment", "plan", "Plan", "family", "about",
                "who", "whom", "agency", "panel", "what", "on")
}  # fmt: skip


def matter(kind: str = "review", away: int | None = None, *, harm: bool = False) -> Matter:
    due_on = None if away is None else TODAY + timedelta(days=away)
    return Matter(kind, f"/{kind}/{away}/", due_on=due_on, harm=harm)


@pytest.mark.parametrize(
    ("away", "says"),
    [
        (-20, "was due on 12 February 2026"),
        (-14, "was due on 18 February 2026"),
        (-13, "was due 13 days ago"),
        (-2, "was due 2 days ago"),
        (-1, "was due yesterday"),
        (0, "is due today"),
        (1, "is due tomorrow"),
        (2, "is due on Friday"),
        (6, "is due on Tuesday"),
        (7, "is due on 11 March 2026"),
    ],
)
def test_when(away: int, says: str) -> None:
    assert when(TODAY + timedelta(days=away), TODAY) == says


@pytest.mark.parametrize(
    ("kind", "away", "overdue", "soon"),
    [
        ("review", -1, True, False),
        ("review", 0, False, True),
        ("review", 7, False, True),
        ("review", 8, False, False),
        ("review", None, False, False),
        ("my_request", -1, False, False),
        ("my_request", 1, False, False),
        ("answered", None, False, False),
    ],
)
def test_overdue_and_soon_are_only_ones_own(
    kind: str, away: int | None, overdue: bool, soon: bool
) -> None:
    one = matter(kind, away)
    assert (is_overdue(one, TODAY), is_soon(one, TODAY)) == (overdue, soon)


def test_the_order_in_which_things_need_one() -> None:
    wanted = [
        matter("request", 2, harm=True),
        matter("review", -9),
        matter("action", -1),
        matter("meeting", 0),
        matter("review", 7),
        matter("answered"),
        matter("review", 30),
        matter("draft"),
        matter("my_request", -3),
        matter("at_panel"),
    ]

    assert in_order(reversed(wanted), TODAY) == wanted


def test_the_order_is_the_same_whatever_came_first() -> None:
    some = [Matter("review", f"/{n}/", due_on=TODAY) for n in range(5)]

    assert in_order(some, TODAY) == in_order(reversed(some), TODAY)


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (matter("request", 2, harm=True), ("A child may be harmed", "harm")),
        (matter("review", -1), ("Overdue", "harm")),
        (matter("review", 0), ("Today", "due")),
        (matter("review", 5), ("This week", "due")),
        (matter("review", 50), ("", "plain")),
        (matter("answered"), ("New", "note")),
        (matter("my_request", -5), ("Waiting for others", "quiet")),
    ],
)
def test_the_tag_beside_it(one: Matter, says: tuple[str, str]) -> None:
    assert tag(one, TODAY) == says


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_said_in_a_sentence_with_one_button(kind: str) -> None:
    sentence, button = told(matter(kind, 1), TODAY, WORDS)

    assert "{" not in sentence + button
    assert button
    assert not sentence.endswith((" ", ":"))


def test_a_review_reads_as_people_say_it() -> None:
    one = Matter(
        "review", "/", told=(("family", "Armstrong-Reid family"),), due_on=date(2026, 3, 5)
    )
    later = Matter("review", "/", told=one.told, due_on=date(2026, 3, 6))

    assert (
        told(one, TODAY, {"Review": "Review", "review": "review"})[0]
        == "Review for the Armstrong-Reid family is due tomorrow"
    )
    assert (
        told(later, TODAY, {"Review": "Review", "review": "review"})[0]
        == "Review for the Armstrong-Reid family is due on Friday"
    )


def test_a_front_doors_clock_is_said_in_its_own_words() -> None:
    one = Matter(
        "request", "/", told=(("about", "Amy"),), due_on=TODAY, clock="is 2 working days late"
    )

    assert told(one, TODAY, WORDS)[0] == "A request about Amy is 2 working days late"


def test_the_counts_take_their_turn_from_the_matter_before_its_kind() -> None:
    one = Matter("review", "/", due_on=TODAY, turn=Turn.OTHERS)

    assert SHOWN["others"](one, TODAY)
    assert not SHOWN["week"](one, TODAY)
    assert SHOWN["all"](one, TODAY)
