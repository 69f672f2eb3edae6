"""CSV that a spreadsheet reads as text, whatever a member wrote (reference/security.md F1, F2)."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator

GUARD = "'"  # spreadsheets take what follows as text
FORMULA = frozenset("=+-@\u2212")  # the last is the minus of typesetters
# At the very start of a cell these are enough: some programs drop them and read on.
CONTROLS = ("\t", "\r", "\n", "\0")
MARK = "\ufeff"  # by which Excel knows UTF-8
ROWS = 500  # of a piece that is sent


def guard(cell: str) -> str:
    """The cell, with an apostrophe before it if a spreadsheet could take it for a formula. `unguard` gives it back."""
    return GUARD + cell if cell.startswith((GUARD, *CONTROLS)) or _begins_formula(cell) else cell


def unguard(cell: str) -> str:
    """What was guarded."""
    return cell.removeprefix(GUARD)


def write_rows(rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The rows as CSV in pieces; text is guarded, None is an empty cell. The first row is the head."""
    piece = io.StringIO(newline="")
    writer = csv.writer(piece, quoting=csv.QUOTE_ALL)
    piece.write(MARK)
    for number, row in enumerate(rows, 1):
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
        if number % ROWS == 0:
            yield _take(piece)
    yield _take(piece)


def read_rows(content: bytes) -> list[list[str]]:
    """What `write_rows` wrote, as text."""
    text = content.decode("utf-8", "surrogatepass").removeprefix(MARK)
    return [[unguard(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


def _begins_formula(cell: str) -> bool:
    """Whether the first character that is neither space, quote nor other ornament begins a formula.

    Full-width, small and raised forms count as what they stand for.
    """
    for character in cell:
        plain = unicodedata.normalize("NFKC", character)
        if plain[:1] in FORMULA:
            return True
        if plain[:1].isalnum():
            return False
    return False


def _take(piece: io.StringIO) -> bytes:
    content = piece.getvalue().encode("utf-8", "surrogatepass")
    piece.seek(0)
    piece.truncate()
    return content
