"""The weights inside familiarity are tuned and move; what is tested is which way each of its signs points."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import softmax

from assistant.matching.calibration import (
    ENOUGH,
    FOLDS,
    LARGEST_TEMPERATURE,
    MANY,
    Calibration,
    Evidence,
    familiarity,
    fit_known,
    held_out,
    temperature,
)

Scores = NDArray[np.float32]
Rows = NDArray[np.int32]
SHARES = [0.01, 0.1, 0.5, 0.9]


class TestProbabilities:
    @pytest.mark.parametrize("degrees", [0.1, 1.0, 10.0])
    def test_they_sum_to_one_in_every_row(self, degrees: float) -> None:
        probabilities = Calibration(temperature=degrees).probabilities(some_scores(50, 7))
        assert (probabilities >= 0).all()
        np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)

    def test_they_are_as_small_numbers_as_the_scores(self) -> None:
        assert Calibration().probabilities(some_scores(2, 3)).dtype == np.float32

    @pytest.mark.parametrize("degrees", [0.1, 1.0, 10.0])
    def test_they_keep_the_order_of_the_scores(self, degrees: float) -> None:
        scores = some_scores(50, 7)
        probabilities = Calibration(temperature=degrees).probabilities(scores)
        np.testing.assert_array_equal(probabilities.argmax(axis=1), scores.argmax(axis=1))

    def test_they_are_less_sure_the_higher_the_temperature(self) -> None:
        scores = np.array([[2.0, 1.0, 0.0]], dtype=np.float32)
        best = [float(Calibration(temperature=degrees).probabilities(scores).max()) for degrees in (0.2, 1, 3, 10)]
        assert best == sorted(best, reverse=True)
        assert best[0] > 0.99 > 0.4 > best[-1]

    def test_they_stay_numbers_however_large_the_scores(self) -> None:
        scores = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]], dtype=np.float32)
        probabilities = Calibration(temperature=0.1).probabilities(scores)
        np.testing.assert_allclose(probabilities, np.array([[3, 0, 0], [1, 1, 1]]) / 3, atol=1e-6)


class TestKnown:
    @pytest.mark.parametrize("share", SHARES)
    def test_it_is_the_share_of_ours_when_familiarity_says_nothing(self, share: float) -> None:
        assert Calibration(slope=1.0, offset=0.0).known(0.0, share) == pytest.approx(1 - share)

    @pytest.mark.parametrize("share", SHARES)
    def test_it_grows_with_familiarity(self, share: float) -> None:
        known = [Calibration(slope=2.0, offset=-1.0).known(number, share) for number in (-4, -1, 0, 1, 4)]
        assert known == sorted(known)
        assert 0 < known[0] < known[-1] < 1

    def test_it_falls_with_the_share_of_strangers(self) -> None:
        known = [Calibration().known(0.3, share) for share in SHARES]
        assert known == sorted(known, reverse=True)

    @pytest.mark.parametrize(("familiar", "expected"), [(1e6, 1.0), (-1e6, 0.0)])
    def test_it_stays_a_probability_however_familiar(self, familiar: float, expected: float) -> None:
        assert Calibration().known(familiar, 0.1) == expected

    def test_it_knows_everything_where_nothing_is_strange(self) -> None:
        assert Calibration().known(-3.0, 0.0) == 1.0


class TestFamiliarity:
    def test_it_is_a_number_a_row(self) -> None:
        halves = np.full(5, 0.5, dtype=np.float32)
        seen = familiarity(Evidence(some_scores(5, 3), halves, halves, halves), np.ones(3, dtype=bool))
        assert (seen.shape, seen.dtype) == ((5,), np.dtype(np.float32))

    def test_it_is_lower_for_a_flat_row(self) -> None:
        clear, halves, flat = of([6, 0, 0, 0]), of([3, 3, 0, 0]), of([0, 0, 0, 0])
        assert clear > halves > flat

    def test_it_is_lower_for_what_is_like_no_sentence(self) -> None:
        near, far = of([3, 0, 0, 0], likeness=0.8), of([3, 0, 0, 0], likeness=0.2)
        assert near > far

    def test_it_is_lower_for_what_is_close_to_no_label(self) -> None:
        assert of([3, 0, 0, 0], closeness=0.8) > of([3, 0, 0, 0], closeness=0.2)

    def test_it_is_lower_for_what_has_no_words_of_a_label(self) -> None:
        assert of([3, 0, 0, 0], margin=0.5) > of([3, 0, 0, 0], margin=-1)

    def test_it_is_lower_for_what_is_probably_out_of_scope(self) -> None:
        ours = [True, True, True, False]
        seen = [of([3, 0, 0, out], ours=ours) for out in (-5, 1, 3, 6)]
        assert seen == sorted(seen, reverse=True)
        assert len(set(seen)) == 4

    def test_it_weighs_scores_against_each_other_only(self) -> None:
        assert of([4, 1, 0, 0]) == pytest.approx(of([104, 101, 100, 100]), abs=1e-4)

    def test_it_stays_a_number_without_any_chance(self) -> None:
        assert np.isfinite(of([-1e4, -1e4, -1e4, 50], ours=[True, True, True, False]))
        assert np.isfinite(of([-1e4, 9, 0, 0], likeness=-1))

    def test_it_takes_a_single_label_of_ours(self) -> None:
        assert of([2, 0], ours=[True, False]) > of([0, 2], ours=[True, False])


class TestHoldingOut:
    @given(st.lists(st.integers(0, 8), min_size=2, max_size=80))
    def test_it_holds_every_sentence_out_once_but_a_labels_only_one(self, labels: list[int]) -> None:
        rows = as_rows(labels)
        times = np.sum([np.zeros(len(rows), dtype=int), *held_out(rows)], axis=0)
        np.testing.assert_array_equal(times, np.bincount(rows)[rows] > 1)

    @given(st.lists(st.integers(0, 8), min_size=2, max_size=80))
    def test_it_never_holds_all_of_a_label_out(self, labels: list[int]) -> None:
        rows = as_rows(labels)
        for out in held_out(rows):
            assert out.any()
            assert set(rows[~out]) == set(rows)

    def test_it_holds_nothing_out_when_each_label_has_one_sentence(self) -> None:
        assert list(held_out(np.arange(9, dtype=np.int32))) == []

    def test_it_holds_out_about_as_many_each_time(self) -> None:
        rows = np.repeat(np.arange(40, dtype=np.int32), 5)
        counts = [int(out.sum()) for out in held_out(rows)]
        assert len(counts) == FOLDS
        assert max(counts) - min(counts) <= FOLDS

    def test_it_gives_the_same_every_time(self) -> None:
        rows = np.random.default_rng(3).integers(0, 9, 200).astype(np.int32)
        for one, other in zip(held_out(rows), held_out(rows), strict=True):
            np.testing.assert_array_equal(one, other)

    def test_it_keeps_the_labels_in_the_order_given(self) -> None:
        rows = np.array([1, 0, 1, 0, 1, 0, 1, 0], dtype=np.int32)
        for out in held_out(rows):
            assert sorted(rows[out]) == [0, 1]


class TestHoldingOutOfMany:
    @pytest.mark.parametrize("count", [MANY, 2 * MANY, 20 * ENOUGH])
    def test_it_holds_out_once(self, count: int) -> None:
        rows = many_rows(count)
        [out] = held_out(rows)
        assert set(rows[~out]) == set(rows)
        assert MANY / FOLDS * 0.95 <= out.sum() <= ENOUGH * 1.05

    def test_it_holds_out_of_every_fold_below(self) -> None:
        assert len(list(held_out(many_rows(MANY - 1)))) == FOLDS

    def test_it_holds_out_some_of_every_label_that_has_enough(self) -> None:
        rows = many_rows(MANY)
        [out] = held_out(rows)
        assert set(rows[out]) >= set(np.flatnonzero(np.bincount(rows) >= FOLDS))

    def test_it_keeps_a_labels_only_sentence(self) -> None:
        rows = np.concatenate([many_rows(MANY), np.arange(50, 90, dtype=np.int32)])
        [out] = held_out(rows)
        assert not out[MANY:].any()


class TestTemperature:
    @pytest.mark.parametrize("true", [0.3, 1.0, 3.0])
    def test_it_finds_by_how_much_scores_are_off(self, true: float) -> None:
        scores = some_scores(4000, 6, spread=2.0)
        rows = drawn(scores)
        assert temperature(np.asarray(scores * true, dtype=np.float32), rows) == pytest.approx(true, rel=0.1)

    def test_it_is_high_when_scores_say_nothing(self) -> None:
        scores = some_scores(500, 4, spread=3.0)
        strangers = np.random.default_rng(5).integers(0, 4, 500).astype(np.int32)
        assert LARGEST_TEMPERATURE * 0.8 < temperature(scores, strangers) <= LARGEST_TEMPERATURE

    def test_it_is_low_when_scores_are_always_right(self) -> None:
        scores = some_scores(500, 4)
        found = temperature(scores, scores.argmax(axis=1).astype(np.int32))
        assert 1 / LARGEST_TEMPERATURE <= found < 1.5 / LARGEST_TEMPERATURE

    def test_it_gives_the_same_every_time(self) -> None:
        scores = some_scores(200, 5)
        rows = drawn(scores)
        assert temperature(scores, rows) == temperature(scores, rows)


class TestFittingKnown:
    def test_it_tells_the_known_from_the_strange(self) -> None:
        known, strange = normal(300, 1.0), normal(300, -3.0)
        slope, offset = fit_known(known, strange)
        calibration = Calibration(1.0, slope, offset)
        assert slope > 0
        assert all(calibration.known(float(value), 0.5) > 0.5 for value in known)
        assert all(calibration.known(float(value), 0.5) < 0.5 for value in strange)

    def test_it_is_unsure_halfway(self) -> None:
        slope, offset = fit_known(normal(500, 0.0, 1.0), normal(500, -2.0, 1.0))
        assert Calibration(1.0, slope, offset).known(-1.0, 0.5) == pytest.approx(0.5, abs=0.05)

    def test_it_takes_both_kinds_for_equally_frequent(self) -> None:
        known, strange = normal(100, 0.5, 1.0), normal(100, -0.5, 1.0)
        few = fit_known(known, strange)
        many = fit_known(np.tile(known, 8), strange)
        assert many == pytest.approx(few, abs=0.05)

    def test_it_sees_no_difference_where_there_is_none(self) -> None:
        same = normal(200, 0.0)
        slope, offset = fit_known(same, same)
        assert (slope, offset) == pytest.approx((0, 0), abs=1e-3)

    def test_it_gives_plain_numbers_that_can_be_written_down(self) -> None:
        assert [type(number) for number in fit_known(normal(9, 1.0), normal(9, -1.0))] == [float, float]
        assert type(temperature(some_scores(9, 3), np.zeros(9, dtype=np.int32))) is float


def some_scores(rows: int, labels: int, spread: float = 1.0) -> Scores:
    return np.random.default_rng(7).normal(0, spread, (rows, labels)).astype(np.float32)


def drawn(scores: Scores) -> Rows:
    """Labels that come as often as these scores say."""
    chances = softmax(scores.astype(np.float64), axis=1).cumsum(axis=1)
    draws = np.random.default_rng(11).random((len(scores), 1))
    return np.asarray(np.minimum((draws > chances).sum(axis=1), scores.shape[1] - 1), dtype=np.int32)


def normal(count: int, mean: float, spread: float = 0.3) -> Scores:
    return np.random.default_rng(13).normal(mean, spread, count).astype(np.float32)


def as_rows(labels: list[int]) -> Rows:
    """Rows as the linker numbers them: every number up to the highest is in use."""
    return np.asarray(np.unique(np.array(labels), return_inverse=True)[1], dtype=np.int32)


def many_rows(count: int) -> Rows:
    """Labels of different size, mixed."""
    return np.asarray(np.minimum(np.random.default_rng(17).geometric(0.08, count) - 1, 49), dtype=np.int32)


def of(
    scores: list[float],
    likeness: float = 0.6,
    ours: list[bool] | None = None,
    closeness: float = 0.7,
    margin: float = 0.0,
) -> float:
    """The familiarity of one row."""
    row, *others = (np.array([value], dtype=np.float32) for value in (scores, likeness, closeness, margin))
    return float(familiarity(Evidence(row, *others), np.array(ours or [True] * len(scores)))[0])
