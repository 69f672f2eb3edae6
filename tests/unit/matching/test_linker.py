import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.matching.linker import Linker
from assistant.matching.mentions import Mentions

WIDTH = 8
NETWORK, BOARDS, GREET = "offer/network", "offer/boards", "greet"
NAMES = {NETWORK: ["the network"], BOARDS: ["diverse boards"], "offer/unseen": ["the unseen"]}
Vectors = NDArray[np.float32]


def vectors(*directions: int, noise: float = 0.05) -> Vectors:
    """Unit vectors near these axes, always the same."""
    random = np.random.default_rng(7)
    rows = np.eye(WIDTH, dtype=np.float32)[list(directions)] + random.normal(0, noise, (len(directions), WIDTH))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def linker() -> Linker:
    """Trained on five sentences a label, in mixed order; each label has its own axis."""
    return Linker.train(vectors(*[1, 0, 2] * 5), [NETWORK, BOARDS, GREET] * 5, Mentions(NAMES))


class TestTraining:
    def test_it_sorts_labels_and_examples_together(self, linker: Linker) -> None:
        assert linker.labels == sorted([NETWORK, BOARDS, GREET])
        assert linker.example_rows.tolist() == [0] * 5 + [1] * 5 + [2] * 5
        axes = {
            label: int(linker.examples[linker.example_rows == row].mean(axis=0).argmax())
            for row, label in enumerate(linker.labels)
        }
        assert axes == {NETWORK: 1, BOARDS: 0, GREET: 2}

    def test_it_learns_two_labels_as_well(self) -> None:
        two = Linker.train(vectors(0, 1, 0, 1), [NETWORK, GREET] * 2, Mentions({}))
        assert two.weights.shape == (2, WIDTH)
        assert [best(two, vectors(axis), "?") for axis in (0, 1)] == [NETWORK, GREET]

    def test_it_keeps_small_numbers(self, linker: Linker) -> None:
        assert {linker.weights.dtype, linker.bias.dtype, linker.examples.dtype} == {np.dtype(np.float32)}


class TestLinking:
    @pytest.mark.parametrize(("axis", "label"), [(0, BOARDS), (1, NETWORK), (2, GREET)])
    def test_it_finds_the_label_of_its_neighbours(self, linker: Linker, axis: int, label: str) -> None:
        assert best(linker, vectors(axis), "?") == label

    def test_it_gives_probabilities(self, linker: Linker) -> None:
        for link in linker.link(vectors(0, 1, 2, 3), ["a", "b", "c", "d"]):
            assert float(link.probabilities.sum()) == pytest.approx(1, abs=1e-5)
            assert (link.probabilities >= 0).all()

    def test_it_keeps_the_order_and_the_words(self, linker: Linker) -> None:
        links = linker.link(vectors(2, 0), ["first", "second"])
        assert [link.text for link in links] == ["first", "second"]
        assert [linker.labels[int(link.probabilities.argmax())] for link in links] == [GREET, BOARDS]

    def test_it_links_each_sentence_by_itself(self, linker: Linker) -> None:
        rows = vectors(0, 1, 2)
        together = linker.link(rows, ["a", "the network", "c"])
        alone = [linker.link(rows[[row]], [text])[0] for row, text in enumerate(["a", "the network", "c"])]
        for one, other in zip(together, alone, strict=True):
            np.testing.assert_allclose(one.probabilities, other.probabilities, rtol=1e-4)

    def test_it_measures_likeness_to_the_nearest_example(self, linker: Linker) -> None:
        near, far = linker.link(np.vstack([linker.examples[3], vectors(7)[0]]), ["a", "b"])
        assert near.likeness == pytest.approx(1, abs=1e-5)
        assert far.likeness < 0.3

    def test_it_changes_nothing_in_what_it_was_given(self, linker: Linker) -> None:
        rows = vectors(0, 1)
        before = (rows.copy(), linker.examples.copy())
        linker.link(rows, ["the network", "b"])
        np.testing.assert_array_equal(rows, before[0])
        np.testing.assert_array_equal(linker.examples, before[1])


class TestNames:
    def test_it_lifts_a_label_that_is_named(self, linker: Linker) -> None:
        row = linker.labels.index(NETWORK)
        without, named = linker.link(np.vstack([vectors(5)] * 2), ["what?", "the network"])
        assert named.probabilities[row] > without.probabilities[row]
        assert (list(without.mentioned), list(named.mentioned)) == ([], [NETWORK])

    def test_it_tells_of_a_name_that_it_was_not_trained_on(self, linker: Linker) -> None:
        link = linker.link(vectors(5), ["the unseen"])[0]
        assert list(link.mentioned) == ["offer/unseen"]
        assert len(link.probabilities) == 3


def best(linker: Linker, row: Vectors, text: str) -> str:
    return linker.labels[int(linker.link(row, [text])[0].probabilities.argmax())]
