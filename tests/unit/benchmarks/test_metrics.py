"""Figures that can be counted by hand."""

import pytest

from assistant.matching.labels import OUT_OF_SCOPE
from benchmarks.nlu.metrics import Figures, Reading, figures_of, mean_figures, spread_of_figures


def read(label: str, score: float = 0.0, confidence: float = 1.0, answered: bool = True) -> Reading:
    return Reading(label, score, confidence, answered)


def figures(readings: list[Reading], labels: list[str]) -> Figures:
    return figures_of(readings, labels, train_s=1.0, ms_per_message=2.0)


class TestInScope:
    def test_it_counts_what_is_right_whether_refused_or_not(self):
        readings = [read("a", answered=False), read("a"), read("b"), read("a")]
        assert figures(readings, ["a", "a", "a", OUT_OF_SCOPE]).accuracy == pytest.approx(2 / 3)

    def test_it_counts_what_is_refused(self):
        readings = [read("a", answered=False), read("a"), read("a", answered=False)]
        assert figures(readings, ["a", "a", OUT_OF_SCOPE]).refused == 0.5

    def test_it_counts_a_label_that_training_does_not_know_as_wrong(self):
        found = figures([read("a"), read("a")], ["a", "unheard"])
        assert (found.accuracy, found.macro_f1) == (0.5, pytest.approx((2 / 3 + 0) / 2))

    def test_it_gives_each_label_of_the_test_the_same_weight(self):
        found = figures([read("a"), read("a"), read("a"), read("other")], ["a", "a", "a", "b"])
        assert found.macro_f1 == pytest.approx((1 + 0) / 2)


class TestOutOfScope:
    def test_it_tells_apart_by_the_score(self):
        readings = [read("a", 3), read("a", 1), read("a", 2), read("a", 0)]
        assert figures(readings, ["a", "a", OUT_OF_SCOPE, OUT_OF_SCOPE]).auroc == 0.75

    def test_it_counts_refusals_by_the_systems_own_threshold(self):
        readings = [read("a"), read("a", answered=False), read("a")]
        assert figures(readings, ["a", OUT_OF_SCOPE, OUT_OF_SCOPE]).recall == 0.5

    def test_it_counts_refusals_where_95_percent_in_scope_are_accepted(self):
        in_scope = [read("a", score) for score in range(100)]  # the threshold is 5: it lets through 5 to 99
        out = [read("a", 4), read("a", 4.5), read("a", 5), read("a", 50)]
        assert figures([*in_scope, *out], ["a"] * 100 + [OUT_OF_SCOPE] * 4).recall_at_95 == 0.5

    def test_it_has_none_of_these_without_a_question_out_of_scope(self):
        found = figures([read("a")], ["a"])
        assert (found.auroc, found.recall_at_95, found.recall) == (None, None, None)

    def test_it_has_only_the_recall_when_all_is_out_of_scope(self):
        found = figures([read("a")], [OUT_OF_SCOPE])
        assert (found.recall, found.accuracy, found.auroc, found.refused, found.macro_f1) == (
            0.0,
            None,
            None,
            None,
            None,
        )


class TestCalibration:
    def test_it_weighs_the_gaps_between_confidence_and_being_right(self):
        readings = [read("a", confidence=0.95), read("a", confidence=0.95), read("b", confidence=0.5)]
        # The first bin is right half the time at 0.95, the second is right at 0.5.
        assert figures(readings, ["a", "b", "b"]).ece == pytest.approx((2 * 0.45 + 0.5) / 3)

    def test_it_takes_an_answer_out_of_scope_for_wrong(self):
        assert figures([read("a", confidence=0.9)], [OUT_OF_SCOPE]).ece == pytest.approx(0.9)

    def test_it_leaves_out_what_is_refused(self):
        readings = [read("a", confidence=1.0), read("a", confidence=1.0, answered=False)]
        assert figures(readings, ["a", "b"]).ece == 0.0

    def test_it_has_none_when_nothing_is_answered(self):
        assert figures([read("a", answered=False)], ["a"]).ece is None


class TestRuns:
    def test_it_gives_the_mean_and_how_far_runs_lie_apart(self):
        runs = [figures([read("a"), read(label)], ["a", "a"]) for label in ("a", "b")]
        assert mean_figures(runs).accuracy == 0.75
        assert spread_of_figures(runs).accuracy == 0.5

    def test_it_has_nothing_where_a_run_has_nothing(self):
        runs = [figures([read("a")], ["a"])] * 2
        assert mean_figures(runs).auroc is None

    def test_it_rounds_fractions_to_four_digits(self):
        found = figures_of([read("a"), read("a"), read("b")], ["a", "a", "a"], train_s=1.23456, ms_per_message=2.3456)
        assert (found.rounded()["accuracy"], found.rounded()["train_s"]) == (0.6667, 1.23)
