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

    Where anything is hidden, parts of 0 are hidden too: so a hidden one may be nothing at all. The smallest of the
    others goes with a part that would be hidden alone, and with parts that their sum would tell: three that come to
    twelve would be four each. Whether a total is hidden depends on the total only, so that two tables of one whole tell
    no more than one.
    """
    total = sum(cells)
    if not any(0 < cell < FEWEST for cell in cells):
        return Protected(tuple(cells), total)
    hidden = {index for index, cell in enumerate(cells) if cell < FEWEST}
    others = [index for index in range(len(cells)) if index not in hidden]
    if others and (len(hidden) == 1 or _tell([cells[index] for index in hidden])):
        least = min(cells[index] for index in others)
        # All of that size: which one is hidden must not depend on where it stands.
        hidden.update(index for index in others if cells[index] == least)
    shown = tuple(None if index in hidden else cell for index, cell in enumerate(cells))
    return Protected(shown, None if total < FEWEST else total)


def _tell(small: Sequence[int]) -> bool:
    """Whether their sum is the largest that small numbers can come to, or next to it: or the hiding would tell that."""
    return sum(small) >= len(small) * (FEWEST - 1) - 1


def hide_small(count: int) -> int | None:
    """A number that is part of no total: None when it is from 1 to 4."""
    return None if 0 < count < FEWEST else count


def round_down(count: int) -> int:
    """A number that stands in nested periods: in fives, so that their difference tells of nobody."""
    return count - count % FEWEST
