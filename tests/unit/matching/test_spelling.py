import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.spelling import FEWEST_USES, Spelling

SENTENCES = ["Does the leadership network offer mentoring to nurses?"] * FEWEST_USES + ["a mentroing typo", "nursing"]


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    """Knows the words of one sentence."""
    return Spelling.learn(SENTENCES)


class TestLearning:
    def test_it_knows_the_longer_words_used_often_enough(self, spelling: Spelling) -> None:
        assert set(spelling.words) == {"leadership", "network", "offer", "mentoring", "nurses"}


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

    @given(st.text(max_size=60))
    def test_it_changes_nothing_when_it_knows_nothing(self, text: str) -> None:
        assert Spelling([]).correct(text) == text

    @given(st.text("abcdefgmnorstw' \n", max_size=60))
    def test_it_corrects_to_what_needs_no_more_correcting(self, spelling: Spelling, text: str) -> None:
        assert spelling.correct(spelling.correct(text)) == spelling.correct(text)
