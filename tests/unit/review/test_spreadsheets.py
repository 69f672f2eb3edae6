"""No spreadsheet runs what a member wrote, and nothing of it is lost."""

import csv
import io
import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.review.spreadsheets import MARK, guard, read_rows, unguard, write_rows

BEGINNINGS = ["", " ", "\t", "\r", "\n", "\0", "'", '"', "\u00a0", "\u200b", "\ufeff", ' " ', "\u202e"]
SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "⁺", "−"]
COMMANDS = ["1+1", 'HYPERLINK("http://evil.example","x")', "cmd|' /C calc'!A0"]
PAYLOADS = [f"{beginning}{sign}{command}" for beginning, sign, command in product(BEGINNINGS, SIGNS, COMMANDS)]
# What begins a cell of its own where the comma is the decimal sign, or quotes are not heeded.
SEPARATORS = [";", "\t", "\n", "\r", "\r\n", "; ", '";', '";"', "';", ";;"]
PARTED = [f"Hello{separator}{payload}" for separator, payload in product(SEPARATORS, PAYLOADS)]
# What a program may take off before it looks for a formula.
IGNORED = ' \t\r\n\0"\u00a0\u200b\ufeff\u202e'


def written(*cells: object) -> list[str]:
    """The cells as any reader of CSV finds them."""
    content = b"".join(write_rows([cells])).decode("utf-8", "surrogatepass").removeprefix(MARK)
    return next(csv.reader(io.StringIO(content, newline="")))


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 200


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_payload_begins_a_formula(payload: str) -> None:
    (cell,) = written(payload)
    assert cell.startswith("'") and not cell.lstrip(IGNORED).startswith(tuple(SIGNS))
    assert unguard(cell) == payload


def as_others_part(content: str) -> list[str]:
    """Every cell that programs with another separator make of a file, whether they heed quotes or not."""
    naive = re.split("[;\t\r\n]", content)
    heeding = (csv.reader(io.StringIO(content, newline=""), delimiter=separator) for separator in ";\t")
    return naive + [cell for reader in heeding for row in reader for cell in row]


def is_formula(cell: str) -> bool:
    return cell.lstrip(IGNORED).startswith(tuple(SIGNS))


def test_no_piece_of_a_cell_begins_a_formula_where_the_separator_is_another() -> None:
    for payload in PARTED:
        content = b"".join(write_rows([["ENQ-7K3F-92QD", payload, "end"]])).decode("utf-8").removeprefix(MARK)
        assert not [cell for cell in as_others_part(content) if is_formula(cell)], ascii(payload)
        assert read_rows(content.encode()) == [["ENQ-7K3F-92QD", payload, "end"]]


def test_quotes_alone_would_not_do() -> None:
    content = io.StringIO(newline="")
    csv.writer(content, quoting=csv.QUOTE_ALL).writerow(["ENQ-7K3F-92QD", "Hello;=1+1;"])
    assert "=1+1" in as_others_part(content.getvalue())


@pytest.mark.parametrize(
    "cell", ["How much is it?", "C-suite", "a=b", "3 - 2", "ENQ-7K3F-92QD", "one; two", "a\nb", ""]
)
def test_ordinary_text_stays_as_it_is(cell: str) -> None:
    assert written(cell) == [cell]


def test_numbers_and_nothing_are_no_text() -> None:
    assert written(-1, 0.5, None) == ["-1", "0.5", ""]


TEXT = (
    st.text(alphabet=st.characters(exclude_categories=()))
    | st.sampled_from(PAYLOADS + PARTED)
    | st.text(alphabet=";\t\r\n'\"=+ ,a")
)


@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=6))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    assert read_rows(b"".join(write_rows(rows))) == rows


@given(TEXT)
def test_guarding_is_undone(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_no_row_holds_a_formula_however_it_is_parted(row: list[str]) -> None:
    content = b"".join(write_rows([row])).decode("utf-8", "surrogatepass").removeprefix(MARK)
    assert not [cell for cell in as_others_part(content) if is_formula(cell)]
