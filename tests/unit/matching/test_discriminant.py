import numpy as np
import pytest

from assistant.matching.discriminant import discriminant

ROWS = np.array([0, 0, 0, 1, 1, 1], dtype=np.int32)


def scores(vectors: np.ndarray, rows: np.ndarray, asked: np.ndarray) -> np.ndarray:
    weights, bias = discriminant(vectors.astype(np.float32), rows)
    return asked @ weights.T + bias


class TestDiscriminant:
    def test_it_tells_labels_apart_by_their_means(self) -> None:
        vectors = np.array([[1, 0], [1, 0.2], [1, -0.2], [-1, 0], [-1, 0.2], [-1, -0.2]])
        assert scores(vectors, ROWS, np.array([[0.5, 3.0], [-0.5, -3.0]])).argmax(axis=1).tolist() == [0, 1]

    def test_it_trusts_a_direction_the_less_the_more_sentences_of_one_label_differ_in_it(self) -> None:
        # The means lie as far apart in both directions; within a label the second says nothing.
        vectors = np.array([[1, 9], [1.1, 1], [0.9, -7], [-1, 7], [-1.1, -1], [-0.9, -9]])
        weights, _ = discriminant(vectors.astype(np.float32), ROWS)
        along, across = np.abs(weights[0] - weights[1])
        assert along > 20 * across

    def test_it_takes_labels_of_one_sentence(self) -> None:
        vectors = np.eye(3)
        assert scores(vectors, np.arange(3, dtype=np.int32), vectors).argmax(axis=1).tolist() == [0, 1, 2]

    def test_it_counts_rare_labels_as_much_as_frequent_ones(self) -> None:
        vectors = np.array([[1, 0], [1, 0], [1, 0], [1, 0], [-1, 0]]) + np.array([[0, x] for x in (1, -1, 1, -1, 0)])
        found = scores(vectors, np.array([0, 0, 0, 0, 1], dtype=np.int32), np.array([[0.0, 0.0]]))
        assert found[0, 0] == pytest.approx(found[0, 1], abs=1e-3)

    def test_it_stays_finite_where_nothing_differs(self) -> None:
        weights, bias = discriminant(np.ones((4, 3), dtype=np.float32), np.array([0, 0, 1, 1], dtype=np.int32))
        assert np.isfinite(weights).all() and np.isfinite(bias).all()
