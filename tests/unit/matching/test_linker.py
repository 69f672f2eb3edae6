"""Trained on a few real sentences: what is tested is what must hold of any of them, not how good the weights are."""

from dataclasses import fields, replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.matching.calibration import Calibration
from assistant.matching.encoder import MEANING_WIDTH, WIDTH, SentenceEncoder, meanings
from assistant.matching.labels import OUT_OF_SCOPE
from assistant.matching.linker import LIKELY, Link, Linker, Training, Weights, principal_axes
from assistant.matching.mentions import Mentions
from assistant.matching.ngrams import WIDTH as COLUMNS
from assistant.matching.ngrams import NGrams

NETWORK, BOARDS, GREET, UNSEEN = "offer/network", "offer/boards", "greet", "offer/unseen"
NAMES = {NETWORK: ["Leadership Network"], BOARDS: ["Diverse Boards"], UNSEEN: ["Zebra Club"]}
SENTENCES = {
    NETWORK: [
        "How do I join the network of minority ethnic leaders?",
        "a place where leaders from minority ethnic backgrounds meet",
        "mentoring by other minority ethnic leaders",
        "Which network is there for black leaders?",
        "I would like to meet leaders like me",
    ],
    BOARDS: [
        "How do we make our board more diverse?",
        "training for chairs and non-executive directors",
        "our board is all white",
        "help to recruit non-executive directors",
        "What can chairs do about the make-up of their boards?",
    ],
    GREET: ["hello", "good morning", "hi there", "hey, how are you?", "good afternoon to you"],
    OUT_OF_SCOPE: [
        "What is the weather tomorrow?",
        "book me a flight to Rome",
        "a recipe for lasagne",
        "who won the football match?",
        "my car makes a strange noise",
    ],
}
ASKED = [
    ("is there a network where leaders from ethnic minorities can meet?", NETWORK),
    ("how can the chair make a board diverse", BOARDS),
    ("hello, good morning to you", GREET),
    ("will the weather be fine for football tomorrow?", OUT_OF_SCOPE),
]
STRANGERS = ["the printer on floor two is jammed", "quarterly invoices in euros", "zzkq vvjj qwx", "the cat sat"]
Vectors = NDArray[np.float32]


@pytest.fixture(scope="module")
def linker(encoder: SentenceEncoder) -> Linker:
    """Trained on five sentences a label, in mixed order."""
    return trained(encoder, *pairs())


class TestTraining:
    def test_it_sorts_labels_and_examples_together(self, linker: Linker, encoder: SentenceEncoder) -> None:
        assert linker.labels == sorted(SENTENCES)
        assert linker.weights.example_rows.tolist() == [row for row in range(4) for _ in range(5)]
        for label, of_label in SENTENCES.items():
            for sentence in of_label:
                nearest = (linker.weights.examples @ meaning(encoder, sentence)).argmax()
                assert linker.labels[linker.weights.example_rows[nearest]] == label

    def test_it_keeps_a_weight_for_every_label(self, linker: Linker) -> None:
        weights = linker.weights
        assert (weights.dense.shape, weights.bias.shape) == ((4, WIDTH), (4,))
        assert (weights.margins.shape, weights.margin_bias.shape) == ((COLUMNS, 4), (4,))
        assert weights.rarity.shape == (COLUMNS,)
        assert weights.centres.shape == (4, WIDTH)
        np.testing.assert_allclose(np.linalg.norm(weights.centres, axis=1), 1, atol=1e-5)
        assert weights.examples.shape == (20, MEANING_WIDTH)

    def test_it_keeps_small_numbers(self, linker: Linker) -> None:
        for field in fields(Weights):
            kind = np.int32 if field.name == "example_rows" else np.float32
            assert getattr(linker.weights, field.name).dtype == kind, field.name

    def test_it_finds_the_same_again(self, linker: Linker, encoder: SentenceEncoder) -> None:
        again = trained(encoder, *pairs())
        assert again.calibration == linker.calibration
        for field in fields(Weights):
            np.testing.assert_array_equal(getattr(again.weights, field.name), getattr(linker.weights, field.name))

    def test_it_changes_nothing_in_what_it_was_given(self, encoder: SentenceEncoder) -> None:
        texts, labels = pairs()
        vectors = encoder.encode(texts)
        before = vectors.copy()
        Linker.train(vectors, texts, labels, Mentions({}))
        np.testing.assert_array_equal(vectors, before)
        assert (texts, labels) == pairs()

    def test_it_learns_how_sure_it_may_be(self, linker: Linker) -> None:
        assert linker.calibration != Calibration()
        assert linker.calibration.slope > 0
        assert isinstance(linker.calibration.temperature, float)

    def test_it_is_ready_to_be_used_from_its_weights_alone(self, linker: Linker, encoder: SentenceEncoder) -> None:
        copy = Linker(linker.labels, linker.weights, Mentions(NAMES), linker.calibration)
        for text, _ in ASKED:
            assert_same(link(copy, encoder, text), link(linker, encoder, text))

    def test_it_survives_half_the_digits(self, linker: Linker, encoder: SentenceEncoder) -> None:
        halved = replace(linker.weights, **{name: shortened(value) for name, value in vars(linker.weights).items()})
        copy = Linker(linker.labels, halved, linker.mentions, linker.calibration)
        for text, _ in ASKED:
            one, other = link(copy, encoder, text), link(linker, encoder, text)
            np.testing.assert_allclose(one.probabilities, other.probabilities, atol=0.01)
            assert one.familiarity == pytest.approx(other.familiarity, abs=0.02)


class TestFewSentences:
    def test_it_learns_two_labels(self, encoder: SentenceEncoder) -> None:
        two = trained(encoder, *pairs(NETWORK, GREET))
        assert two.weights.dense.shape == (2, WIDTH)
        assert two.weights.margins.shape == (COLUMNS, 2)
        assert [best(two, encoder, text) for text, label in ASKED if label in two.labels] == [NETWORK, GREET]

    def test_it_learns_one_label_against_what_is_out_of_scope(self, encoder: SentenceEncoder) -> None:
        two = trained(encoder, *pairs(NETWORK, OUT_OF_SCOPE))
        assert two.is_ours.tolist() == [True, False]
        assert [best(two, encoder, text) for text, label in ASKED if label in two.labels] == [NETWORK, OUT_OF_SCOPE]

    def test_it_learns_a_label_with_a_single_sentence(self, encoder: SentenceEncoder) -> None:
        texts, labels = pairs()
        linker = trained(encoder, [*texts, "Where is your privacy notice?"], [*labels, "topic/privacy"])
        assert best(linker, encoder, "Where can I read your privacy notice?") == "topic/privacy"
        assert [best(linker, encoder, text) for text, _ in ASKED] == [label for _, label in ASKED]

    def test_it_learns_single_sentences_only(self, encoder: SentenceEncoder) -> None:
        texts, labels = [of_label[0] for of_label in SENTENCES.values()], list(SENTENCES)
        linker = trained(encoder, texts, labels)
        assert linker.calibration == Calibration()
        assert [best(linker, encoder, text) for text in texts] == labels

    def test_it_learns_a_single_sentence_of_ours_among_much_out_of_scope(self, encoder: SentenceEncoder) -> None:
        texts, labels = pairs(OUT_OF_SCOPE)
        linker = trained(encoder, [*texts, "hello"], [*labels, GREET])
        assert best(linker, encoder, "hello") == GREET

    def test_it_learns_the_same_sentence_twice(self, encoder: SentenceEncoder) -> None:
        texts, labels = pairs()
        linker = trained(encoder, texts * 2, labels * 2)
        assert [best(linker, encoder, text) for text, _ in ASKED] == [label for _, label in ASKED]

    def test_it_learns_sentences_without_words(self, encoder: SentenceEncoder) -> None:
        texts, labels = pairs()
        linker = trained(encoder, [*texts, "", "🙂"], [*labels, GREET, GREET])
        assert [best(linker, encoder, text) for text, _ in ASKED] == [label for _, label in ASKED]


class TestLinking:
    @pytest.mark.parametrize(("text", "label"), ASKED)
    def test_it_finds_the_label_of_like_sentences(
        self, linker: Linker, encoder: SentenceEncoder, text: str, label: str
    ) -> None:
        assert best(linker, encoder, text) == label

    def test_it_gives_probabilities(self, linker: Linker, encoder: SentenceEncoder) -> None:
        for found in links(linker, encoder, [*STRANGERS, *(text for text, _ in ASKED), "", "🙂"]):
            assert found.probabilities.shape == (4,)
            assert found.probabilities.dtype == np.float32
            assert float(found.probabilities.sum()) == pytest.approx(1, abs=1e-5)
            assert (found.probabilities >= 0).all()

    def test_it_keeps_the_order_and_the_words(self, linker: Linker, encoder: SentenceEncoder) -> None:
        texts = [text for text, _ in reversed(ASKED)]
        found = links(linker, encoder, texts)
        assert [each.text for each in found] == texts
        assert [linker.labels[int(each.probabilities.argmax())] for each in found] == [x for _, x in reversed(ASKED)]

    def test_it_links_each_sentence_by_itself(self, linker: Linker, encoder: SentenceEncoder) -> None:
        texts = [*(text for text, _ in ASKED), "the Leadership Network", ""]
        for text, together in zip(texts, links(linker, encoder, texts), strict=True):
            assert_same(together, link(linker, encoder, text))

    def test_it_links_no_sentences(self, linker: Linker, encoder: SentenceEncoder) -> None:
        assert links(linker, encoder, []) == []

    def test_it_changes_nothing_in_what_it_was_given(self, linker: Linker, encoder: SentenceEncoder) -> None:
        vectors = encoder.encode(["the Leadership Network", "hello"])
        before = vectors.copy(), {name: value.copy() for name, value in vars(linker.weights).items()}
        linker.link(vectors, ["the Leadership Network", "hello"])
        np.testing.assert_array_equal(vectors, before[0])
        for name, value in before[1].items():
            np.testing.assert_array_equal(getattr(linker.weights, name), value)

    def test_it_reads_the_words_beside_the_vector(self, linker: Linker, encoder: SentenceEncoder) -> None:
        vectors = np.vstack([encoder.encode(["What is it?"])] * 2)
        without, with_words = linker.link(vectors, ["What is it?", "What is the network of minority ethnic leaders?"])
        row = linker.labels.index(NETWORK)
        assert with_words.probabilities[row] > without.probabilities[row]


class TestNeighbours:
    """By hand, so that nothing but the nearest sentences tells labels apart."""

    def test_it_prefers_the_label_of_the_nearer_sentence(self, encoder: SentenceEncoder) -> None:
        linker = of_neighbours(encoder, {BOARDS: ["our board is all white"], GREET: ["good morning"]})
        assert best(linker, encoder, "the board is very white") == BOARDS
        assert best(linker, encoder, "morning, all") == GREET

    def test_it_weighs_a_label_by_several_of_its_sentences(self, encoder: SentenceEncoder) -> None:
        near, nearer, far = "our board is white", "our board is all white", "a recipe for lasagne"
        asked = "our board is all white"
        one = probability(of_neighbours(encoder, {BOARDS: [nearer, near], GREET: ["hello"]}), encoder, asked, BOARDS)
        other = probability(of_neighbours(encoder, {BOARDS: [nearer, far], GREET: ["hello"]}), encoder, asked, BOARDS)
        assert one > other

    def test_it_weighs_labels_alike_however_many_sentences_they_have(self, encoder: SentenceEncoder) -> None:
        few, many = SENTENCES[BOARDS][:1], SENTENCES[BOARDS]
        for of_label in (few, many):
            linker = of_neighbours(encoder, {BOARDS: of_label, GREET: SENTENCES[GREET], NETWORK: SENTENCES[NETWORK]})
            assert best(linker, encoder, SENTENCES[BOARDS][0]) == BOARDS

    def test_it_takes_a_sentence_in_other_capitals_for_no_other_sentence(self, encoder: SentenceEncoder) -> None:
        same = ["our board is all white", "Our board is all white", "OUR BOARD IS ALL WHITE"]
        once, thrice = (of_neighbours(encoder, {BOARDS: of_label, GREET: ["hello"]}) for of_label in (same[:1], same))
        for text in ("our board is all white", "the board is white", "hello"):
            expected = probability(once, encoder, text, BOARDS)
            assert probability(thrice, encoder, text, BOARDS) == pytest.approx(expected, abs=1e-3)

    def test_it_finds_its_own_sentences_among_more_labels_than_it_compares_with(self, encoder: SentenceEncoder) -> None:
        texts = [text for of_label in SENTENCES.values() for text in of_label][: LIKELY + 4]
        labels = [f"topic/{number}" for number in range(len(texts))]
        for found, label in zip(links(trained(encoder, texts, labels), encoder, texts), labels, strict=True):
            assert sorted(labels)[int(found.probabilities.argmax())] == label
            assert found.likeness == pytest.approx(1, abs=1e-4)

    def test_it_asks_no_neighbours_of_a_label_that_is_out_of_the_running(self, encoder: SentenceEncoder) -> None:
        sentences = {f"topic/{number}": [f"sentence number {number}"] for number in range(LIKELY)}
        linker = of_neighbours(encoder, {GREET: ["hello"], **sentences})
        likeness = {}
        for lead in (9, -9):
            bias = np.array([lead if label == GREET else 0 for label in linker.labels], dtype=np.float32)
            biased = Linker(linker.labels, replace(linker.weights, bias=bias), Mentions({}), Calibration())
            likeness[lead] = link(biased, encoder, "hello").likeness
        assert likeness[9] > 0.99 > 0.8 > likeness[-9]


class TestFamiliarity:
    def test_it_knows_its_own_sentences_best(self, linker: Linker, encoder: SentenceEncoder) -> None:
        ours = [text for label, of_label in SENTENCES.items() if label != OUT_OF_SCOPE for text in of_label]
        known = [found.familiarity for found in links(linker, encoder, ours)]
        strange = [found.familiarity for found in links(linker, encoder, STRANGERS)]
        assert min(known) > max(strange)

    def test_it_knows_other_words_for_its_sentences_better_than_strangers(
        self, linker: Linker, encoder: SentenceEncoder
    ) -> None:
        asked = [text for text, label in ASKED if label != OUT_OF_SCOPE]
        known = [found.familiarity for found in links(linker, encoder, asked)]
        strange = [found.familiarity for found in links(linker, encoder, STRANGERS)]
        assert min(known) > max(strange)

    def test_it_takes_what_is_out_of_scope_for_strange(self, linker: Linker, encoder: SentenceEncoder) -> None:
        out = [found.familiarity for found in links(linker, encoder, SENTENCES[OUT_OF_SCOPE])]
        ours = [found.familiarity for found in links(linker, encoder, SENTENCES[NETWORK])]
        assert max(out) < min(ours)

    def test_it_gives_plain_numbers(self, linker: Linker, encoder: SentenceEncoder) -> None:
        found = link(linker, encoder, "hello")
        assert [type(number) for number in (found.likeness, found.familiarity)] == [float, float]


class TestLikeness:
    def test_it_is_that_to_the_nearest_sentence(self, linker: Linker, encoder: SentenceEncoder) -> None:
        assert link(linker, encoder, SENTENCES[BOARDS][2]).likeness == pytest.approx(1, abs=1e-4)
        assert link(linker, encoder, "zzkq vvjj qwx").likeness < 0.5

    def test_it_is_no_likeness_of_words(self, linker: Linker, encoder: SentenceEncoder) -> None:
        vectors = encoder.encode(["hello"])
        assert linker.link(vectors, ["anything else"])[0].likeness == pytest.approx(1, abs=1e-4)


class TestNames:
    def test_it_lifts_a_label_that_is_named(self, linker: Linker, encoder: SentenceEncoder) -> None:
        text = "Hello, what is the Leadership Network?"
        unsure = Calibration(temperature=10.0)  # that of the few sentences above leaves nothing to lift
        bare, naming = (Linker(linker.labels, linker.weights, Mentions(names), unsure) for names in ({}, NAMES))
        named, without = link(naming, encoder, text), link(bare, encoder, text)
        row = linker.labels.index(NETWORK)
        assert named.probabilities[row] > without.probabilities[row]
        assert (list(named.mentioned), list(without.mentioned)) == ([NETWORK], [])

    def test_it_knows_a_message_better_that_names_something(self, linker: Linker, encoder: SentenceEncoder) -> None:
        text = "Diverse Boards"
        bare = Linker(linker.labels, linker.weights, Mentions({}), linker.calibration)
        assert link(linker, encoder, text).familiarity > link(bare, encoder, text).familiarity

    def test_it_tells_of_a_name_that_it_was_not_trained_on(self, linker: Linker, encoder: SentenceEncoder) -> None:
        found = link(linker, encoder, "the Zebra Club")
        assert list(found.mentioned) == [UNSEEN]
        assert len(found.probabilities) == 4


class TestFittingAPart:
    """What calibration rests on: a model of some of the sentences is a model like any other."""

    def test_it_has_seen_no_sentence_that_is_left_out(self, encoder: SentenceEncoder) -> None:
        training, texts = some_training(encoder)
        kept = np.array([text != "hello" for text in texts])
        weights = training.fit(kept)
        assert len(weights.examples) == len(weights.example_rows) == len(texts) - 1
        assert (weights.examples @ meaning(encoder, "hello")).max() < 0.99

    def test_it_sorts_its_examples_by_label(self, encoder: SentenceEncoder) -> None:
        training, texts = some_training(encoder)
        kept = np.arange(len(texts)) % 3 > 0
        assert training.fit(kept).example_rows.tolist() == sorted(training.rows[kept].tolist())

    def test_it_ends_where_it_would_without_a_start(self, encoder: SentenceEncoder) -> None:
        """A fit starts where the last one ended, which saves steps and must change nothing else."""
        started, texts = some_training(encoder)
        started.fit(np.arange(len(texts)) % 3 > 0)
        fresh, _ = some_training(encoder)
        one, other = started.fit(), fresh.fit()
        vectors = encoder.encode([*texts, *STRANGERS])
        np.testing.assert_allclose(vectors @ one.dense.T + one.bias, vectors @ other.dense.T + other.bias, atol=0.05)
        np.testing.assert_allclose(one.margins, other.margins, atol=1e-5)


def pairs(*chosen: str) -> tuple[list[str], list[str]]:
    """Sentences and labels of some or all labels, in mixed order."""
    of_labels = [list(product(SENTENCES[label], [label])) for label in chosen or SENTENCES]
    mixed = [pair for together in zip(*of_labels, strict=True) for pair in together]
    return [text for text, _ in mixed], [label for _, label in mixed]


def trained(encoder: SentenceEncoder, texts: list[str], labels: list[str]) -> Linker:
    return Linker.train(encoder.encode(texts), texts, labels, Mentions(NAMES))


def some_training(encoder: SentenceEncoder) -> tuple[Training, list[str]]:
    texts, labels = pairs()
    rows = np.unique(np.array(labels), return_inverse=True)[1].astype(np.int32)
    ngrams, grams = NGrams.learn(texts)
    vectors = encoder.encode(texts)
    return Training(vectors, principal_axes(vectors), grams, rows, ngrams.rarity), texts


def of_neighbours(encoder: SentenceEncoder, sentences: dict[str, list[str]]) -> Linker:
    """A linker whose classifiers say nothing."""
    labels = sorted(sentences)
    texts = [text for label in labels for text in sentences[label]]
    rows = [row for row, label in enumerate(labels) for _ in sentences[label]]
    weights = Weights(
        dense=np.zeros((len(labels), WIDTH), dtype=np.float32),
        bias=np.zeros(len(labels), dtype=np.float32),
        margins=np.zeros((COLUMNS, len(labels)), dtype=np.float32),
        margin_bias=np.zeros(len(labels), dtype=np.float32),
        rarity=np.ones(COLUMNS, dtype=np.float32),
        centres=np.zeros((len(labels), WIDTH), dtype=np.float32),
        examples=np.vstack([meaning(encoder, text) for text in texts]),
        example_rows=np.array(rows, dtype=np.int32),
    )
    return Linker(labels, weights, Mentions({}), Calibration(temperature=0.2))


def meaning(encoder: SentenceEncoder, text: str) -> Vectors:
    return np.asarray(meanings(encoder.encode([text]))[0])


def links(linker: Linker, encoder: SentenceEncoder, texts: list[str]) -> list[Link]:
    return linker.link(encoder.encode(texts), texts)


def link(linker: Linker, encoder: SentenceEncoder, text: str) -> Link:
    return links(linker, encoder, [text])[0]


def best(linker: Linker, encoder: SentenceEncoder, text: str) -> str:
    return linker.labels[int(link(linker, encoder, text).probabilities.argmax())]


def probability(linker: Linker, encoder: SentenceEncoder, text: str, label: str) -> float:
    return float(link(linker, encoder, text).probabilities[linker.labels.index(label)])


def shortened(values: NDArray[Any]) -> NDArray[Any]:
    """As a model's file keeps them."""
    return values.astype(np.float16).astype(np.float32) if values.dtype == np.float32 else values


def assert_same(one: Link, other: Link) -> None:
    np.testing.assert_allclose(one.probabilities, other.probabilities, rtol=1e-3, atol=1e-6)
    assert (one.text, one.mentioned) == (other.text, other.mentioned)
    assert (one.likeness, one.familiarity) == pytest.approx((other.likeness, other.familiarity), abs=1e-4)
