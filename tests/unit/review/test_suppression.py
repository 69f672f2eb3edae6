"""No number from 1 to 4 is shown, nor follows from what is."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.review.suppression import FEWEST, hide_small, protect, round_down

CELLS = st.lists(st.integers(0, 30), min_size=2, max_size=6)


@given(CELLS)
def test_no_small_number_is_shown(cells: list[int]) -> None:
    protected = protect(cells)
    assert all(cell is None or cell == 0 or cell >= FEWEST for cell in (*protected.cells, protected.total))


@given(CELLS)
def test_what_is_shown_is_true(cells: list[int]) -> None:
    protected = protect(cells)
    assert all(shown in (None, cell) for shown, cell in zip(protected.cells, cells, strict=True))
    assert protected.total in (None, sum(cells))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=3))
@settings(deadline=None)
def test_nobody_can_work_a_hidden_number_out(cells: list[int]) -> None:
    """Of everything that looks the same when protected, a small number has another value somewhere."""
    shown = protect(cells)
    small = [index for index, cell in enumerate(cells) if 0 < cell < FEWEST]
    alike = [other for other in product(range(sum(cells) + 1), repeat=len(cells)) if protect(other) == shown]
    assert all(len({other[index] for other in alike}) > 1 for index in small)


@given(CELLS)
def test_what_hides_nothing_is_shown_whole(cells: list[int]) -> None:
    if not any(0 < cell < FEWEST for cell in cells):
        assert (protect(cells).cells, protect(cells).total) == (tuple(cells), sum(cells))


def test_numbers_that_stand_alone() -> None:
    assert [hide_small(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]
    assert [round_down(count) for count in (4, 5, 9, 10)] == [0, 5, 5, 10]
