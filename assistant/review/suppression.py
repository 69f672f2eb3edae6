"""Hide small numbers, so that no dashboard tells of so few askers that one could be made out."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5  # numbers from one below this up to none at all are small


@dataclass(frozen=True)
class Protected:
    """The parts of a whole as they may be shown; None stands for a hidden number.

    A hidden total is below FEWEST. Of a hidden part nothing is said: it may be a large one, hidden to cover another.
    """

    cells: tuple[int | None, ...]
    total: int | None

    @property
    def hidden(self) -> int:
        """What the hidden parts come to together, which anybody can work out; 0 where the total is hidden too."""
        return 0 if self.total is None else self.total - sum(cell or 0 for cell in self.cells)


def protect(cells: Sequence[int]) -> Protected:
    """Hide each part from 1 to 4, and whatever else is needed so that none follows from the total and the rest.

    Where anything is hidden, parts of 0 are hidden too: so a hidden one may be nothing at all. A part that would be
    hidden alone takes the smallest of the others with it.
    """
    total = sum(cells)
    if not any(0 < cell < FEWEST for cell in cells):
        return Protected(tuple(cells), total)
    hidden = {index for index, cell in enumerate(cells) if cell < FEWEST}
    if len(hidden) == 1 and len(cells) > 1:
        others = (index for index in range(len(cells)) if index not in hidden)
        hidden.add(min(others, key=lambda index: cells[index]))
    shown = tuple(None if index in hidden else cell for index, cell in enumerate(cells))
    return Protected(shown, None if total < FEWEST else total)


def hide_small(count: int) -> int | None:
    """A number that is part of no total: None when it is from 1 to 4."""
    return None if 0 < count < FEWEST else count


def round_down(count: int) -> int:
    """A number that stands in nested periods: in fives, so that their difference tells of nobody."""
    return count - count % FEWEST
