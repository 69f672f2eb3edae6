"""The regression finds what scikit-learn's finds, in single precision."""

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.matching.regression import regression

STRENGTH, TOLERANCE = 0.2, 1e-5


@pytest.fixture(scope="module")
def sentences() -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    chance = np.random.default_rng(7)
    rows = np.repeat(np.arange(4), 40).astype(np.int32)
    return (chance.normal(size=(4, 12))[rows] + chance.normal(size=(160, 12))).astype(np.float32), rows


def test_the_weights_are_those_of_scikit_learn(sentences: tuple[NDArray[np.float32], NDArray[np.int32]]) -> None:
    weights, bias = regression(*sentences, STRENGTH, TOLERANCE)
    theirs = LogisticRegression(C=STRENGTH, tol=TOLERANCE).fit(*sentences)
    assert np.abs(weights - theirs.coef_).max() < 1e-3
    # Adding one number to every label's bias changes no probability.
    assert np.abs((bias - bias.mean()) - (theirs.intercept_ - theirs.intercept_.mean())).max() < 1e-3


def test_a_later_fit_can_begin_where_an_earlier_one_ended(
    sentences: tuple[NDArray[np.float32], NDArray[np.int32]],
) -> None:
    first = regression(*sentences, STRENGTH, TOLERANCE)
    again = regression(*sentences, STRENGTH, TOLERANCE, first)
    assert np.array_equal(first[0], again[0])


def test_scores_far_beyond_what_an_exponential_can_hold_are_no_trouble(
    sentences: tuple[NDArray[np.float32], NDArray[np.int32]],
) -> None:
    vectors, rows = sentences
    weights, bias = regression(vectors * 1e4, rows, STRENGTH, TOLERANCE)
    assert np.isfinite(weights).all() and np.isfinite(bias).all()
