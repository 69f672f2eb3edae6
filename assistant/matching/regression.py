"""Tell labels apart by a regression over their vectors (multinomial, with a penalty on the squares of the weights).

What is minimised is scikit-learn's LogisticRegression(C=...), and so is the solver. That one works in double precision,
for which it casts every vector again at each step; in single precision training takes half the time.
"""

import numpy as np
from numpy.typing import NDArray

MOST_STEPS = 1000


def regression(
    vectors: NDArray[np.float32],
    rows: NDArray[np.int32],
    strength: float,
    tolerance: float,
    start: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (labels x width) and bias of each label's log-odds; `rows` are the labels of the vectors, from nought up.

    `strength` is the inverse of the penalty (C). It stops when no slope of the mean loss is steeper than `tolerance`.
    `start` is where to begin: weights and bias of an earlier fit to the same labels.
    """
    from scipy.optimize import minimize  # answering can do without it

    count, width = vectors.shape
    label_count = int(rows.max()) + 1
    penalty = 1 / (strength * count)
    each = np.arange(count)

    def loss_and_slope(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        both = parameters.reshape(label_count, width + 1)
        weights = both[:, :width].astype(np.float32)
        scores = vectors @ weights.T + both[:, width].astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        right = float(scores[each, rows].sum(dtype=np.float64))
        probabilities = np.exp(scores, out=scores)
        sums = probabilities.sum(axis=1, keepdims=True)
        probabilities /= sums
        loss = (float(np.log(sums).sum(dtype=np.float64)) - right) / count
        probabilities[each, rows] -= 1  # what is too much of each, from here on
        probabilities /= count
        slope = np.empty_like(both)
        slope[:, :width] = probabilities.T @ vectors + penalty * weights
        slope[:, width] = probabilities.sum(axis=0)
        return loss + penalty * float((weights**2).sum()) / 2, slope.ravel()

    first = np.zeros((label_count, width + 1)) if start is None else np.column_stack(start).astype(np.float64)
    options = {"maxiter": MOST_STEPS, "gtol": tolerance, "ftol": 0.0}
    found = minimize(loss_and_slope, first.ravel(), jac=True, method="L-BFGS-B", options=options)
    both = found.x.reshape(label_count, width + 1).astype(np.float32)
    return both[:, :width], both[:, width]
