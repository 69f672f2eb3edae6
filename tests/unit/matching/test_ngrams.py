from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.ngrams import BUCKETS, WIDTH, NGrams, Row

SENTENCES = [
    "Who leads the leadership network?",
    "What is there for nurses and midwives?",
    "How do we join the network?",
    "the observatory",
    "hello",
]
TYPED = [*SENTENCES, "", "?", "the the", "Beth yw'r cynnig â hwn?", "🙂 lfhii 2022-23", "a " * 300, "x" * 1000]
# Lone surrogates, halves of an emoji, are among it.
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60) | st.text("ab\ud83d\ude42 AB_'\n")
MISSPELT = [("mentoring", "mentroing"), ("observatory", "observatry"), ("leadership", "leadrship")]


@pytest.fixture(scope="module")
def ngrams() -> NGrams:
    """Weighed by a few sentences."""
    return NGrams.learn(SENTENCES)[0]


class TestRow:
    @pytest.mark.parametrize("text", TYPED)
    def test_it_has_each_of_its_columns_once_and_in_order(self, ngrams: NGrams, text: str) -> None:
        columns, values = ngrams.row(text)
        assert columns.shape == values.shape
        assert (np.diff(columns) > 0).all()
        assert ((columns >= 0) & (columns < WIDTH)).all()

    @pytest.mark.parametrize("text", [text for text in TYPED if any(letter.isalnum() for letter in text)])
    def test_it_gives_words_and_pieces_the_same_length(self, ngrams: NGrams, text: str) -> None:
        assert lengths(ngrams.row(text)) == pytest.approx([1, 1], abs=1e-5)

    @pytest.mark.parametrize("text", ["", " ", "?!", "\n", "🙂"])
    def test_it_is_empty_without_words(self, ngrams: NGrams, text: str) -> None:
        columns, values = ngrams.row(text)
        assert len(columns) == len(values) == 0

    @pytest.mark.parametrize("text", TYPED)
    def test_it_keeps_small_numbers(self, ngrams: NGrams, text: str) -> None:
        columns, values = ngrams.row(text)
        assert (columns.dtype, values.dtype) == (np.dtype(np.int32), np.dtype(np.float32))

    def test_it_is_the_same_for_the_same_text(self, ngrams: NGrams) -> None:
        for text in TYPED:
            assert_same(ngrams.row(text), NGrams.learn(SENTENCES)[0].row(text))

    def test_it_reads_capitals_as_small_letters(self, ngrams: NGrams) -> None:
        assert_same(ngrams.row("Who Leads THIS?"), ngrams.row("who leads this?"))

    def test_it_reads_past_signs_and_blanks(self, ngrams: NGrams) -> None:
        assert_same(ngrams.row("who leads this"), ngrams.row("  Who -- leads: 'this'?!\n"))

    def test_it_tells_the_order_of_words(self, ngrams: NGrams) -> None:
        one, other = ngrams.row("leads the network"), ngrams.row("the network leads")
        assert set(one[0]) != set(other[0])
        assert 0.5 < likeness(one, other) / 2 < 1

    def test_it_counts_a_word_said_again(self, ngrams: NGrams) -> None:
        once, twice = (dict(zip(*ngrams.row(text), strict=True)) for text in ("network board", "network board board"))
        assert once.keys() < twice.keys()  # "board board" is a pair too
        word = max(once.keys() & twice.keys(), key=lambda column: twice[column] - once[column])
        assert twice[word] > once[word]


class TestLikeness:
    @pytest.mark.parametrize(("word", "typed"), MISSPELT)
    def test_it_finds_the_pieces_of_a_misspelt_word(self, ngrams: NGrams, word: str, typed: str) -> None:
        right, wrong = ngrams.row(word), ngrams.row(typed)
        assert words(right).isdisjoint(words(wrong))
        assert len(pieces(right) & pieces(wrong)) >= 0.3 * len(pieces(right))
        assert likeness(right, wrong) > 2 * likeness(right, ngrams.row("kitchen"))

    def test_it_shares_a_word_whatever_stands_beside_it(self, ngrams: NGrams) -> None:
        assert words(ngrams.row("the network")) & words(ngrams.row("a network of nurses"))


class TestRarity:
    def test_it_has_a_weight_for_each_column(self, ngrams: NGrams) -> None:
        assert ngrams.rarity.shape == (WIDTH,)
        assert ngrams.rarity.dtype == np.float32
        assert (ngrams.rarity > 0).all()

    def test_it_gives_a_rare_word_more_than_a_frequent_one(self) -> None:
        ngrams, _ = NGrams.learn(["the network", "the board", "the award", "the lecture"])
        weights = [ngrams.rarity[list(words(ngrams.row(word)))].item() for word in ("the", "network", "observatory")]
        assert weights == sorted(weights)
        assert len(set(weights)) == 3

    def test_it_counts_the_sentences_that_have_a_word_not_its_uses(self) -> None:
        often, _ = NGrams.learn(["nurse nurse nurse nurse", "board"])
        once, _ = NGrams.learn(["nurse", "board"])
        column = list(words(once.row("nurse")))
        assert often.rarity[column] == once.rarity[column]

    def test_it_uses_the_weights_that_it_is_given(self, ngrams: NGrams) -> None:
        for text in TYPED:
            assert_same(NGrams(ngrams.rarity).row(text), ngrams.row(text))


class TestRows:
    def test_it_gives_the_row_of_each_sentence(self) -> None:
        ngrams, rows = NGrams.learn(TYPED)
        assert rows.shape == (len(TYPED), WIDTH)
        assert rows.dtype == np.float32
        for number, text in enumerate(TYPED):
            assert_same((rows[[number]].indices, rows[[number]].data), ngrams.row(text))

    def test_it_learns_from_sentences_without_words(self) -> None:
        ngrams, rows = NGrams.learn(["", "?"])
        assert np.isfinite(ngrams.rarity).all()
        assert rows.nnz == 0


class TestAnyText:
    @given(ANY_TEXT)
    def test_it_has_a_row_for_any_text(self, ngrams: NGrams, text: str) -> None:
        row = ngrams.row(text)
        assert np.isfinite(row[1]).all()
        assert (row[1] > 0).all()
        for length in lengths(row):
            assert length == pytest.approx(1, abs=1e-5) or length == 0

    @given(st.lists(ANY_TEXT, min_size=1, max_size=4))
    def test_it_learns_from_any_text(self, texts: Sequence[str]) -> None:
        assert NGrams.learn(texts)[1].shape == (len(texts), WIDTH)


def words(row: Row) -> set[int]:
    """The columns of words and pairs of words."""
    return {int(column) for column in row[0] if column < BUCKETS}


def pieces(row: Row) -> set[int]:
    return {int(column) for column in row[0] if column >= BUCKETS}


def lengths(row: Row) -> list[float]:
    """How long the words are as a vector, and how long the pieces."""
    columns, values = row
    return [float(np.linalg.norm(values[part])) for part in (columns < BUCKETS, columns >= BUCKETS)]


def likeness(one: Row, other: Row) -> float:
    values = dict(zip(*other, strict=True))
    return sum(float(value) * float(values.get(column, 0)) for column, value in zip(*one, strict=True))


def assert_same(one: Row, other: Row) -> None:
    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[1], other[1])
