"""Which offer is taken for which."""

from assistant.learning.evaluation.confusion import count_confusions
from assistant.learning.evaluation.run import Answer, Got
from tests.unit.learning.made_up_run import make_answer, make_question

OFFERS = ("lfhii", "primary-care-hub")


def counted(*answers: Answer) -> dict[tuple[str, str], int]:
    confusion = count_confusions(answers, OFFERS)
    return {
        (row, column): count
        for row, counts in zip(confusion.rows, confusion.counts, strict=True)
        for column, count in zip(confusion.columns, counts, strict=True)
        if count
    }


class TestConfusion:
    def test_it_counts_offers_against_offers(self) -> None:
        taken_for_hub = make_answer(got=Got(outcome="offer", offers=("primary-care-hub",)))
        assert counted(make_answer(), make_answer(), taken_for_hub) == {
            ("lfhii", "lfhii"): 2,
            ("lfhii", "primary-care-hub"): 1,
        }

    def test_it_counts_what_else_can_come_of_a_question(self) -> None:
        outcomes = ("list", "clarify", "person", "smalltalk", "unanswered", "out_of_scope")
        assert counted(*(make_answer(outcome=outcome) for outcome in outcomes)) == {
            ("lfhii", "several offers"): 1,
            ("lfhii", "asked which"): 1,
            ("lfhii", "something else"): 2,
            ("lfhii", "no answer"): 2,
        }

    def test_it_counts_questions_beyond_us_in_a_row_of_their_own(self) -> None:
        strange = make_question("who won?", "out_of_scope")
        assert counted(make_answer(strange), make_answer(strange, outcome="unanswered")) == {
            ("nothing of ours", "lfhii"): 1,
            ("nothing of ours", "no answer"): 1,
        }

    def test_it_counts_no_question_for_several_offers_or_small_talk(self) -> None:
        assert counted(make_answer(make_question("all?", "list")), make_answer(make_question("hi", "smalltalk"))) == {}

    def test_it_leaves_out_an_offer_that_has_gone(self) -> None:
        assert counted(make_answer(got=Got(outcome="offer", offers=("gone",)))) == {}
