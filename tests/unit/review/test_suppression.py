"""No number from 1 to 4 is shown, nor follows from what is."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.review.suppression import FEWEST, Protected, hide_small, protect, round_down

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


@pytest.mark.parametrize(("parts", "most"), [(1, 40), (2, 60), (3, 40), (4, 26), (6, 12)])
def test_nobody_can_work_a_hidden_number_out(parts: int, most: int) -> None:
    """Of all that looks the same when it is protected, every small number has another value somewhere."""
    alike: dict[Protected, list[tuple[int, ...]]] = defaultdict(list)
    for cells in wholes(parts, most):
        alike[protect(cells)].append(cells)
    for same in alike.values():
        for index in range(parts):
            values = {cells[index] for cells in same}
            assert len(values) > 1 or not 0 < values.pop() < FEWEST, same


@given(CELLS, st.randoms())
def test_another_table_of_the_same_whole_tells_no_more(cells: list[int], random: Random) -> None:
    other = [0] * 3
    for _ in range(sum(cells)):
        other[random.randrange(3)] += 1
    assert protect(cells).total == protect(other).total or not any(other) or sum(cells) < FEWEST


def wholes(parts: int, most: int) -> Iterator[tuple[int, ...]]:
    """Everything of so many parts that comes to so much or less."""
    if parts == 0:
        yield ()
        return
    for first in range(most + 1):
        for rest in wholes(parts - 1, most - first):
            yield (first, *rest)


@given(CELLS)
def test_what_hides_nothing_is_shown_whole(cells: list[int]) -> None:
    if not any(0 < cell < FEWEST for cell in cells):
        assert (protect(cells).cells, protect(cells).total) == (tuple(cells), sum(cells))


def test_numbers_that_stand_alone() -> None:
    assert [hide_small(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]
    assert [round_down(count) for count in (4, 5, 9, 10)] == [0, 5, 5, 10]
