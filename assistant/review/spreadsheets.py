"""CSV that a spreadsheet reads as text, whatever a member wrote (reference/security.md F1, F2)."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

GUARD = "'"  # spreadsheets take what follows as text
FORMULA = frozenset("=+-@\u2212")  # the last is the minus of typesetters
# At the very start of a cell these are enough: some programs drop them and read on.
CONTROLS = ("\t", "\r", "\n", "\0")
# Where the comma is the decimal sign, spreadsheets part cells at these, and quotes keep only a line's first cell whole.
PARTING = re.compile("([;\t\r\n])")
MARK = "\ufeff"  # by which Excel knows UTF-8
ROWS = 500  # of a piece that is sent


def guard(cell: str) -> str:
    """The cell, with an apostrophe before whatever a spreadsheet could take for a formula: the whole cell, or a piece
    that a spreadsheet with another separator makes a cell of its own. `unguard` gives the cell back.
    """
    guarded = _change_later_pieces(cell, lambda piece: GUARD + piece if _needs_guard(piece) else piece)
    return GUARD + guarded if guarded.startswith(CONTROLS) or _needs_guard(guarded) else guarded


def unguard(cell: str) -> str:
    """What was guarded."""
    return _change_later_pieces(cell.removeprefix(GUARD), lambda piece: piece.removeprefix(GUARD))


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


def _change_later_pieces(cell: str, change: Callable[[str], str]) -> str:
    first, *rest = PARTING.split(cell)  # a separator and a piece in turn
    rest[1::2] = map(change, rest[1::2])
    return first + "".join(rest)


def _needs_guard(text: str) -> bool:
    """Whether it begins a formula, or with an apostrophe that could be taken for ours."""
    return text.startswith(GUARD) or _begins_formula(text)


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
