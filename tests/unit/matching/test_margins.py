"""Support vector machines over words: one for a few sentences, several for many."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from assistant.matching import margins
from assistant.matching.margins import margin_machine

LABELS, EACH, WIDTH = 3, 30, 60


@pytest.fixture(scope="module")
def sentences() -> tuple[csr_matrix, NDArray[np.int32]]:
    """Each label has twenty columns of its own, of which each of its sentences has four, and one of another's."""
    chance = np.random.default_rng(3)
    rows = np.repeat(np.arange(LABELS), EACH).astype(np.int32)
    grams = np.zeros((len(rows), WIDTH), dtype=np.float32)
    for number, label in enumerate(rows):
        grams[number, label * 20 + chance.choice(20, 4, replace=False)] = 0.5
        grams[number, chance.choice(WIDTH)] = 0.5
    return csr_matrix(grams), rows


def test_the_largest_margin_is_that_of_the_own_label(sentences: tuple[csr_matrix, NDArray[np.int32]]) -> None:
    grams, rows = sentences
    weights, bias = margin_machine(grams, rows)
    assert (np.argmax(grams @ weights.T + bias, axis=1) == rows).all()


def test_two_labels_have_a_margin_each(sentences: tuple[csr_matrix, NDArray[np.int32]]) -> None:
    grams, rows = sentences[0][: 2 * EACH], sentences[1][: 2 * EACH]
    weights, bias = margin_machine(grams, rows)
    assert weights.shape == (2, WIDTH) and bias.shape == (2,)
    assert np.array_equal(weights[0], -weights[1])


def test_many_sentences_are_dealt_out_and_say_the_same(
    sentences: tuple[csr_matrix, NDArray[np.int32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    grams, rows = sentences
    whole, _ = margin_machine(grams, rows)
    monkeypatch.setattr(margins, "MOST_AT_ONCE", len(rows) // 3)
    weights, bias = margin_machine(grams, rows)
    assert not np.array_equal(weights, whole)
    assert (np.argmax(grams @ weights.T + bias, axis=1) == rows).mean() > 0.95
    assert np.corrcoef(weights.ravel(), whole.ravel())[0, 1] > 0.9


def test_a_label_of_one_sentence_is_known_to_every_machine(
    sentences: tuple[csr_matrix, NDArray[np.int32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    grams, rows = sentences[0][: EACH + 1], sentences[1][: EACH + 1]
    monkeypatch.setattr(margins, "MOST_AT_ONCE", 10)
    weights, bias = margin_machine(grams, rows)
    assert (np.argmax(grams @ weights.T + bias, axis=1) == rows).all()
