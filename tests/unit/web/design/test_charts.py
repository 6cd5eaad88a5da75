"""The dumbbell of distance travelled."""

import re

from earlydoors.web.design.charts import Travelled, distance_travelled, said_of

ROWS = (
    Travelled("Feeling safe", 3, 7, 4, 5),
    Travelled("Health & home", 4, 4, None, None),
)


def test_it_says_what_it_shows_and_draws_every_score() -> None:
    drawn = distance_travelled('Kelly\'s "scores" have risen', ROWS, (0, 10), ("hard", "well"))
    assert 'role="img" aria-label="Kelly&#39;s &#34;scores&#34; have risen"' in drawn
    assert "Feeling safe" in drawn
    assert "Health &amp; home" in drawn
    # Under the pages' policy a style of its own would not be applied.
    assert "style=" not in drawn
    assert "<style" not in drawn


def test_the_same_picture_is_drawn_once() -> None:
    assert distance_travelled("A", ROWS) is distance_travelled("A", ROWS)


def test_no_scores_is_an_empty_picture() -> None:
    assert "<svg" in distance_travelled("Nothing yet", (Travelled("Health"),))


def test_on_a_phone_it_is_narrow_and_long_names_are_broken() -> None:
    rows = (*ROWS, Travelled("Friends and support around us", 2, 6))
    wide, narrow = (distance_travelled("A", rows, narrow=narrow) for narrow in (False, True))
    assert _width(narrow) <= 330 < 520 < _width(wide)
    assert "Friends and support around us" in wide
    assert "Friends and support around us" not in narrow
    assert {"Friends and", "support around", "us"} <= set(re.findall(r">([^<>]+)<", narrow))
    # Both show every point of the scale, and every score.
    for drawn in (wide, narrow):
        assert {str(point) for point in range(11)} <= set(re.findall(r">(\d+)<", drawn))
    assert narrow.count("<path") == wide.count("<path")


def _width(drawn: str) -> float:
    found = re.search(r'viewBox="0 0 ([\d.]+) ', drawn)
    assert found
    return float(found[1])


def test_what_the_ends_of_the_scale_mean() -> None:
    assert said_of((1, 5), ("stuck", "well")) == ("1 stuck", "5 well")
    assert said_of((0, 10), ("", "")) == ()
