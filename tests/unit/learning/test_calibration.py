"""The arithmetic of calibration and of refusing by certainty alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.learning.evaluation.calibration import THRESHOLDS, calibrate, calibration_error, trace_refusals
from assistant.learning.evaluation.run import Answer
from tests.unit.learning.made_up_run import make_answer, make_question

WRONG = ("outcome list, not offer",)


def answers_sure(sure: float, right: int, wrong: int) -> list[Answer]:
    return [make_answer(sure=sure)] * right + [make_answer(sure=sure, problems=WRONG)] * wrong


class TestCalibration:
    def test_it_puts_answers_into_ten_equal_steps(self) -> None:
        bins = calibrate([make_answer(sure=sure) for sure in (0.0, 0.05, 0.1, 0.95, 1.0)])
        assert [(each.low, each.count) for each in bins] == [(0.0, 2), (0.1, 1), (0.9, 2)]

    def test_it_means_confidence_and_being_right(self) -> None:
        [step] = calibrate([*answers_sure(0.82, right=1, wrong=2), *answers_sure(0.88, right=1, wrong=0)])
        assert step.confidence == pytest.approx((3 * 0.82 + 0.88) / 4)
        assert step.right == 0.5

    @pytest.mark.parametrize("outcome", ["unanswered", "out_of_scope", "clarify", "smalltalk", "crisis"])
    def test_it_leaves_out_what_was_not_answered(self, outcome: str) -> None:
        assert calibrate([make_answer(outcome=outcome)]) == ()

    def test_it_leaves_out_what_was_not_weighed(self) -> None:
        assert calibrate([make_answer(sure=None)]) == ()

    def test_it_weighs_the_error_by_answers(self) -> None:
        # 8 answers 90% sure, 6 of them right: off by 0.15. 2 answers 50% sure, both right: off by 0.5.
        bins = calibrate([*answers_sure(0.9, right=6, wrong=2), *answers_sure(0.5, right=2, wrong=0)])
        assert calibration_error(bins) == pytest.approx((8 * 0.15 + 2 * 0.5) / 10)

    def test_it_has_no_error_where_it_is_as_right_as_sure(self) -> None:
        assert calibration_error(calibrate(answers_sure(0.75, right=3, wrong=1))) == 0

    def test_it_has_no_error_of_nothing(self) -> None:
        assert calibration_error(()) is None

    @given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
    def test_it_loses_no_answer_and_stays_within_bounds(self, pairs: list[tuple[float, bool]]) -> None:
        bins = calibrate([make_answer(sure=sure, problems=() if right else WRONG) for sure, right in pairs])
        error = calibration_error(bins)
        assert sum(each.count for each in bins) == len(pairs)
        assert error is not None and 0 <= error <= 1


class TestRefusals:
    def test_it_traces_both_kinds_over_every_threshold(self) -> None:
        strange = make_question("who won?", "out_of_scope")
        answers = [make_answer(strange, sure=0.2), make_answer(strange, sure=0.7), make_answer(sure=0.5)]
        points = {point.threshold: (point.recall, point.refused) for point in trace_refusals(answers)}
        assert points[0.0] == (0, 0)
        assert points[0.2] == (0, 0)  # what is as certain as the threshold is kept
        assert points[0.4] == (0.5, 0)
        assert points[0.6] == (0.5, 1)
        assert points[1.0] == (1, 1)
        assert tuple(points) == THRESHOLDS

    def test_it_traces_nothing_without_both_kinds(self) -> None:
        assert trace_refusals([make_answer()]) == ()
        assert trace_refusals([make_answer(make_question("who won?", "out_of_scope"))]) == ()
