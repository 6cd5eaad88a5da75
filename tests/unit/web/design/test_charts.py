"""The dumbbell of distance travelled."""

from earlydoors.web.design.charts import Travelled, distance_travelled

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
