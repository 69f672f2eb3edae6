import pytest

from assistant.matching.decision import Choice, Decision, Verdict
from assistant.matching.taught import SURE, Taught

UNKNOWN = Decision(Verdict.UNKNOWN, (), (), (Choice("topic/why", 0.4),), (), 1.0)
ASK = Decision(Verdict.ASK, (), ("offer/a", "offer/b"), (Choice("offer/a", 0.4),), (), 1.0)
ANSWER = Decision(Verdict.ANSWER, (Choice("topic/why", 0.9),), (), (Choice("topic/why", 0.9),), (), 1.0)


@pytest.fixture
def taught() -> Taught:
    return Taught.learn(["Walking tour?", "Both", "both."], ["offer/tour", "offer/a", "offer/b"])


class TestTaught:
    @pytest.mark.parametrize("text", ["Walking tour?", "  walking   TOUR ", "walking tour."])
    @pytest.mark.parametrize("decision", [UNKNOWN, ASK])
    def test_what_was_taught_word_for_word_is_answered(self, taught: Taught, text: str, decision: Decision) -> None:
        settled = taught.settle(text, decision)
        assert (settled.verdict, settled.meant, settled.asked) == (
            Verdict.ANSWER,
            (Choice("offer/tour", SURE),),
            (),
        )
        assert settled.ranking == decision.ranking

    def test_what_is_answered_stays_as_it_is(self, taught: Taught) -> None:
        assert taught.settle("walking tour", ANSWER) is ANSWER

    def test_one_word_more_is_another_sentence(self, taught: Taught) -> None:
        assert taught.settle("walking tours", UNKNOWN) is UNKNOWN

    def test_what_was_taught_with_two_labels_is_not_settled(self, taught: Taught) -> None:
        assert taught.settle("both", ASK) is ASK
