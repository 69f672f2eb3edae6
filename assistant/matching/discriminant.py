"""Tell labels apart by their means, measured against how sentences of one label differ among themselves.

Linear discriminant analysis with a shrunk covariance (Friedman 1989, Regularized Discriminant Analysis). Beside a
regression it helps where sentences are few: it uses what all labels have in common.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

ROUND = 4e-5  # share of the whole variance that is added in every direction; docs/adr/0006
EPSILON = float(np.finfo(np.float32).eps)  # where all sentences are the same


def discriminant(
    vectors: NDArray[np.float32], rows: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (labels x width) and bias of each label's score; `rows` are the labels of the vectors, from nought up.

    Every label counts as equally frequent.
    """
    from scipy.linalg import solve  # answering can do without it

    counts = np.bincount(rows).astype(np.float32)
    means = sums_of_labels(vectors, rows) / counts[:, None]
    within = (vectors.T @ vectors - (means * counts[:, None]).T @ means) / len(vectors)
    within[np.diag_indices_from(within)] += max(ROUND * float(np.trace(within)), EPSILON)
    weights = solve(within, means.T, assume_a="pos", overwrite_a=True).T
    return weights, -0.5 * (weights * means).sum(axis=1)


def sums_of_labels(vectors: NDArray[np.float32], rows: NDArray[np.int32]) -> NDArray[np.float32]:
    """The sum of each label's vectors, a row a label."""
    count = len(rows)
    members = csr_matrix((np.ones(count, dtype=np.float32), (rows, np.arange(count))), shape=(rows.max() + 1, count))
    return np.asarray(members @ vectors)
