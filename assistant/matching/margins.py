"""Tell labels apart by their words: linear support vector machines, each label's against all others."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

REGULARISATION, TOLERANCE = 0.5, 1e-2  # C of the machines, and when they are done
LEAST_MARGIN = -1.0  # that of a label of which a sentence has nothing
# Sentences for one machine. More of them no longer fit the processor's cache, and training would slow down out of
# proportion; so they are dealt out to several, whose weights are averaged (Zhang, Duchi and Wainwright 2013,
# Communication-Efficient Algorithms for Statistical Optimization, section 2: the average mixture).
MOST_AT_ONCE = 16_000


def margin_machine(grams: csr_matrix, rows: NDArray[np.int32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (labels x columns of `grams`) and bias of each label's margin; `rows` are labels, from nought up."""
    parts = _deal_out(rows, -(-len(rows) // MOST_AT_ONCE))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        weights, biases = zip(*pool.map(lambda part: _fit(grams[part], rows[part]), parts), strict=True)
    return sum(weights) / len(parts), sum(biases) / len(parts)


def _fit(grams: csr_matrix, rows: NDArray[np.int32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    from sklearn.svm import LinearSVC  # answering can do without it

    machine = LinearSVC(C=REGULARISATION, tol=TOLERANCE, random_state=0).fit(grams, rows)
    weights, bias = machine.coef_.astype(np.float32), machine.intercept_.astype(np.float32)
    if len(weights) == 1:  # it keeps only the second of two labels
        return np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return weights, bias


def _deal_out(rows: NDArray[np.int32], part_count: int) -> list[NDArray[np.int64]]:
    """Indices of as many parts, each label spread evenly over them; what is too rare for that is in every part."""
    is_rare = (np.bincount(rows) < part_count)[rows]
    order = np.argsort(rows, kind="stable")
    common = order[~is_rare[order]]
    return [np.concatenate([order[is_rare[order]], common[part::part_count]]) for part in range(part_count)]
