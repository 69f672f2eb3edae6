import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.spelling import FEWEST_USES, Spelling

SENTENCES = ["Does the leadership network offer mentoring to nurses?"] * FEWEST_USES + ["a mentroing typo", "nursing"]

REAL_WORDS = {"monitoring", "nurseries", "readership", "offset"}


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    """Knows the words of one sentence, and a few more that are no misspellings."""
    return Spelling.learn(SENTENCES, REAL_WORDS.__contains__)


class TestLearning:
    def test_it_knows_the_longer_words_used_often_enough(self, spelling: Spelling) -> None:
        assert set(spelling.words) == {"leadership", "network", "offer", "mentoring", "nurses"}

    def test_it_corrects_to_the_word_used_most(self) -> None:
        sentences = ["bored"] * FEWEST_USES + ["board"] * (FEWEST_USES + 1)
        assert Spelling.learn(sentences, no_word).words == ["board", "bored"]
        assert Spelling.learn(sentences, no_word).correct("boerd") == "board"


class TestCorrecting:
    @pytest.mark.parametrize(
        ("typed", "corrected"),
        [
            ("the netwrok?", "the network?"),
            ("Mentroing", "mentoring"),
            ("leadrshp, please", "leadership, please"),
        ],
    )
    def test_it_puts_a_letter_or_two_right(self, spelling: Spelling, typed: str, corrected: str) -> None:
        assert spelling.correct(typed) == corrected

    @pytest.mark.parametrize("text", ["", "Network", "networks", "nurse", "the wing", "bentoring", "NHS 2022-23", "🙂"])
    def test_it_leaves_other_words_alone(self, spelling: Spelling, text: str) -> None:
        assert spelling.correct(text) == text

    def test_it_leaves_a_real_word_alone_that_is_near_one_it_knows(self, spelling: Spelling) -> None:
        assert spelling.correct("Monitoring of the mentoring") == "Monitoring of the mentoring"
        assert Spelling(spelling.words, no_word).correct("Monitoring of the mentoring") == "mentoring of the mentoring"

    @pytest.mark.parametrize("word", ["monitoring", "Monitoring", "MONITORING"])
    def test_it_asks_for_real_words_in_lower_case(self, spelling: Spelling, word: str) -> None:
        assert spelling.correct(word) == word

    @given(st.text(max_size=60))
    def test_it_changes_nothing_when_it_knows_nothing(self, text: str) -> None:
        assert Spelling([], no_word).correct(text) == text

    @given(st.text("abcdefgmnorstw' \n", max_size=60))
    def test_it_corrects_to_what_needs_no_more_correcting(self, spelling: Spelling, text: str) -> None:
        assert spelling.correct(spelling.correct(text)) == spelling.correct(text)

    @given(st.text("abcdefgmnorstw' \n", max_size=60) | st.text(max_size=60))
    def test_it_changes_nothing_when_every_word_is_real(self, text: str) -> None:
        assert Spelling(["leadership", "network", "offer"], lambda word: True).correct(text) == text


def no_word(word: str) -> bool:
    return False
