"""The figures of a run."""

import pytest

from assistant.enquiries.outcomes import Outcome
from assistant.learning.evaluation.figures import (
    Share,
    list_least_certain,
    list_slowest,
    tally_kinds,
    tally_offers,
    tally_outcomes,
    work_out_figures,
)
from assistant.learning.evaluation.floors import Floors, find_missed
from assistant.learning.evaluation.run import Run
from tests.unit.learning.made_up_run import make_answer, make_question, make_run, make_turn

WRONG = {"problems": ("outcome unanswered, not offer",)}
STRANGE = make_question("who won the cup?", "out_of_scope", kind="far")


@pytest.fixture
def run() -> Run:
    """Three questions for an offer, two beyond us, one greeting; four of the six are right."""
    hub = make_question("the hub?", offers=["primary-care-hub"])
    return make_run(
        make_answer(has_right_contact=True, milliseconds=10),
        make_answer(hub, problems=("offers lfhii, not primary-care-hub",), milliseconds=30, sure=0.4),
        make_answer(outcome="unanswered", milliseconds=20, sure=0.3, **WRONG),
        make_answer(STRANGE, outcome="unanswered", sure=0.1),
        make_answer(STRANGE, outcome="offer", sure=0.5, **WRONG),
        make_answer(make_question("hello", "smalltalk"), outcome="smalltalk", milliseconds=2),
        turns=(make_turn(), make_turn(number=3, **WRONG)),
    )


class TestShares:
    def test_it_is_none_of_none(self) -> None:
        assert Share(count=0, of=0).value is None
        assert Share(count=0, of=0).interval == (0.0, 1.0)

    def test_it_has_wilsons_interval(self) -> None:
        # Worked out by hand for 8 of 10, as in the literature.
        assert Share(count=8, of=10).interval == pytest.approx((0.490, 0.943), abs=0.001)

    @pytest.mark.parametrize("count", [0, 7])
    def test_it_stays_between_none_and_all(self, count: int) -> None:
        low, high = Share(count=count, of=7).interval
        assert 0 <= low < high <= 1


class TestHeadline:
    def test_it_counts_what_is_right(self, run: Run) -> None:
        figures = work_out_figures(run)
        assert figures.right == Share(count=3, of=6)
        assert figures.turns == Share(count=1, of=2)

    def test_it_counts_right_top_offers_of_questions_for_one(self, run: Run) -> None:
        assert work_out_figures(run).top_offer == Share(count=1, of=3)

    def test_it_counts_contacts_where_they_were_judged(self, run: Run) -> None:
        assert work_out_figures(run).contacts == Share(count=1, of=1)

    def test_it_tells_refusals_of_strange_and_good_questions_apart(self, run: Run) -> None:
        figures = work_out_figures(run)
        assert figures.recall == Share(count=1, of=2)
        assert figures.refused == Share(count=1, of=4)

    def test_it_times_the_questions(self, run: Run) -> None:
        figures = work_out_figures(run)
        assert figures.median_milliseconds == 7.5
        assert figures.slow_milliseconds == pytest.approx(27.5)

    def test_it_has_no_figures_of_nothing(self) -> None:
        figures = work_out_figures(make_run())
        assert (figures.calibration_error, figures.median_milliseconds, figures.right.value) == (None, None, None)


class TestTallies:
    def test_it_tallies_outcomes_in_the_order_of_the_api(self, run: Run) -> None:
        tallies = [(tally.name, tally.asked, tally.right, tally.wrong) for tally in tally_outcomes(run)]
        assert tallies == [("offer", 3, 1, 2), ("smalltalk", 1, 1, 0), ("out_of_scope", 2, 1, 1)]

    def test_it_puts_the_worst_kind_first(self, run: Run) -> None:
        assert [tally.name for tally in tally_kinds(run)] == ["name", "far"]

    def test_it_says_what_an_offer_was_taken_for(self, run: Run) -> None:
        hub, lfhii, other = tally_offers(run, ["primary-care-hub", "lfhii", "never-asked"])
        assert hub.taken_for == (("lfhii", 1),)
        assert (lfhii.asked, lfhii.right, lfhii.taken_for) == (2, 1, (("unanswered", 1),))
        assert (other.asked, other.taken_for) == (0, ())


class TestLists:
    def test_it_lists_the_slowest_first(self, run: Run) -> None:
        assert [answer.milliseconds for answer in list_slowest(run)] == [30, 20, 10, 5, 5]

    def test_it_lists_the_least_certain_of_what_was_answered(self, run: Run) -> None:
        assert [answer.certainty.confidence for answer in list_least_certain(run)] == [0.4, 0.5, 0.9]
        assert all(answer.got.outcome is Outcome.OFFER for answer in list_least_certain(run))


class TestFloors:
    def test_it_misses_none_that_is_met(self, run: Run) -> None:
        assert find_missed(work_out_figures(run), Floors(least_right=0.5, least_recall=0.5, most_refused=0.25)) == []

    def test_it_asks_for_nothing_by_itself(self, run: Run) -> None:
        assert find_missed(work_out_figures(run), Floors()) == []

    def test_it_says_which_are_missed_and_by_how_much(self, run: Run) -> None:
        floors = Floors(least_right=0.9, least_offers=0.9, least_recall=0.9, least_turns=0.9, most_refused=0.1)
        assert find_missed(work_out_figures(run), floors) == [
            "Right overall: 50.00% (3 of 6), not at least 90.00%.",
            "Right offers: 33.33% (1 of 3), not at least 90.00%.",
            "Out-of-scope questions refused: 50.00% (1 of 2), not at least 90.00%.",
            "Right turns of dialogues: 50.00% (1 of 2), not at least 90.00%.",
            "Good questions refused: 25.00% (1 of 4), not at most 10.00%.",
        ]

    def test_it_misses_what_nothing_was_asked_for(self) -> None:
        figures = work_out_figures(make_run(make_answer()))
        assert find_missed(figures, Floors(least_turns=0.0)) == [
            "Right turns of dialogues: there was nothing to judge this by."
        ]
