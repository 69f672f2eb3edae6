"""How long work says how far it is."""

from collections.abc import Callable

Tell = Callable[[str, float], None]
"""Is told the stage in words, and how much is done, from 0 to 1."""


def tell_nobody(stage: str, done: float) -> None:
    """For whoever does not want to know."""


def part_of(tell: Tell, begin: float, end: float) -> Tell:
    """A teller of work that is a part of the whole, from one share of its time to another."""
    return lambda stage, done: tell(stage, begin + (end - begin) * done)
