"""The continuum strip: where a family came in, moved and is now."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from earlydoors.web.design.strip import SHOWN_STEPS, WIDTH, Level, Step, strip

LEVELS = [Level("one", "Universal"), Level("two", "Early help"), Level("three", "Targeted")]
TODAY = date(2026, 11, 22)


def test_a_family_that_stepped_up_and_down_is_told_and_drawn() -> None:
    path = [
        Step("two", date(2026, 3, 3), "entered"),
        Step("three", date(2026, 5, 14), "up"),
        Step("two", date(2026, 10, 2), "down"),
    ]

    drawn = strip(LEVELS, path, TODAY)

    assert drawn.sentence == (
        "The family came in at Early help on 3 March 2026, stepped up to Targeted on 14 May 2026 "
        "and stepped down to Early help on 2 October 2026. That is where it is now."
    )
    assert [band.here for band in drawn.bands] == [False, True, False]
    assert [mark.says for mark in drawn.marks] == ["Came in", "Stepped up", "Stepped down"]
    came_in, _, back = drawn.marks
    assert came_in.x < back.x
    assert len(drawn.curves) == 2


def test_one_step_is_one_sentence() -> None:
    drawn = strip(LEVELS, [Step("two", TODAY, "entered")], TODAY)
    assert drawn.sentence == (
        "The family came in at Early help on 22 November 2026 and is there now."
    )


def test_a_closed_family_is_nowhere_now() -> None:
    path = [Step("two", date(2026, 3, 3), "entered"), Step("two", date(2026, 9, 1), "closed")]
    drawn = strip(LEVELS, path, TODAY)
    assert not any(band.here for band in drawn.bands)
    assert "now" not in drawn.sentence


def test_without_a_path_it_names_the_levels_in_order() -> None:
    drawn = strip(LEVELS, [], TODAY)
    assert not drawn.drawn
    assert drawn.sentence.endswith("Universal, Early help, Targeted.")


def test_a_level_the_area_no_longer_has_is_left_out() -> None:
    drawn = strip(LEVELS, [Step("gone", TODAY, "entered")], TODAY)
    assert not drawn.drawn


def test_a_long_name_takes_two_lines_at_most() -> None:
    name = "Children with additional needs who are supported by more than one agency together"
    drawn = strip([Level("a", name), *LEVELS, Level("b", "B")], [], TODAY)
    assert len(drawn.bands[0].lines) == 2
    assert drawn.bands[0].name == name


def test_a_long_name_with_a_comma_is_said_up_to_it() -> None:
    name = "Level 2b, several needs that a number of agencies meet together with the family"
    drawn = strip([Level("a", name), *LEVELS, Level("b", "B")], [], TODAY)
    assert list(drawn.bands[0].lines) == ["Level 2b"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "two", "three"]),
            st.integers(0, 900),
            st.sampled_from(["entered", "up", "down", "same", "closed", "returned"]),
        ),
        max_size=30,
    )
)
def test_whatever_the_path_everything_lies_on_the_strip(path) -> None:
    steps = [Step(key, TODAY - timedelta(days=900 - n), kind) for key, n, kind in path]
    drawn = strip(LEVELS, steps, TODAY)
    assert all(0 < mark.x < WIDTH for mark in drawn.marks)
    assert len(drawn.marks) + drawn.earlier == len(steps)
    assert len(drawn.marks) <= SHOWN_STEPS
    assert sum(len(band.visits) for band in drawn.bands) == len(drawn.marks)
