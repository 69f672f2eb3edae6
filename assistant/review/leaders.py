"""The vectors of the enquiries that lead groups, in memory, to find which one a newcomer is nearest to."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.enquiries.models import Group

Vector = NDArray[np.float32]
FEWEST_ROWS = 256


def to_bytes(vector: Vector) -> bytes:
    """A vector as it is stored: in half precision, which takes half the room and changes a likeness by a thousandth."""
    return vector.astype(np.float16).tobytes()


def from_bytes(stored: bytes) -> Vector:
    """A stored vector, to compare with."""
    return np.frombuffer(stored, dtype=np.float16).astype(np.float32)


class Leaders:
    """A matrix of unit vectors, one row a group. The database is asked only for groups that are new since.

    A row may be out of date: whoever finds a group by it makes sure of the group, and tells with `replace` or `drop`.
    """

    def __init__(self) -> None:
        self._matrix: Vector = np.zeros((0, 0), dtype=np.float32)
        self._numbers: list[int] = []
        self._rows: dict[int, int] = {}
        self._stored: dict[int, int] = {}
        self._last = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def refresh(self, session: Session) -> None:
        """Take in the groups that came to be since the last time."""
        new = select(Group.id, Group.vector).where(Group.id > self._last, Group.vector.is_not(None)).order_by(Group.id)
        for number, stored in session.execute(new.execution_options(yield_per=1000)):
            self.replace(number, stored)
            self._last = number

    def nearest(self, vector: Vector) -> tuple[int, float] | None:
        """The number of the group whose leader is nearest, with their cosine; None while there is no group."""
        if not self._numbers:
            return None
        likenesses = self._matrix[: len(self._numbers)] @ vector
        row = int(likenesses.argmax())
        return self._numbers[row], float(likenesses[row])

    def is_current(self, number: int, stored: bytes | None) -> bool:
        """Whether the row of a group was made of this vector."""
        return stored is not None and self._stored.get(number) == hash(stored)

    def replace(self, number: int, stored: bytes) -> None:
        """Set the row of a group."""
        vector = from_bytes(stored)
        row = self._rows.get(number)
        if row is None:
            row = len(self._numbers)
            self._make_room(row + 1, len(vector))
            self._numbers.append(number)
            self._rows[number] = row
        self._matrix[row] = vector
        self._stored[number] = hash(stored)

    def drop(self, number: int) -> None:
        """Forget a group; the last row takes the place of its own."""
        row = self._rows.pop(number, None)
        if row is None:
            return
        last = self._numbers.pop()
        if last != number:
            self._matrix[row] = self._matrix[len(self._numbers)]
            self._numbers[row], self._rows[last] = last, row
        self._matrix[len(self._numbers)] = 0
        del self._stored[number]

    def _make_room(self, rows: int, width: int) -> None:
        if rows <= len(self._matrix):
            return
        larger = np.zeros((max(FEWEST_ROWS, 2 * len(self._matrix)), width), dtype=np.float32)
        if self._numbers:
            larger[: len(self._numbers)] = self._matrix[: len(self._numbers)]
        self._matrix = larger


def unit(vectors: Sequence[Vector] | Vector) -> Vector:
    """Rows of length one, as they are once stored, so that what is compared is alike in every process."""
    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray((rows / np.maximum(lengths, 1e-9)).astype(np.float16).astype(np.float32))
