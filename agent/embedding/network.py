"""The sentence model all-MiniLM-L6-v2 as an ONNX graph, built from its published weights.

A BERT of 6 layers, the mean of its last layer over the words that are there, at length 1. Building it needs `onnx` and some hundred megabytes
for two seconds, so it happens in a process of its own: `python -m agent.embedding.network <weights> <target>`.
"""

import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save
from safetensors.numpy import load_file

LAYERS = 6
HEADS = 12
WIDTH = 384
EPSILON = 1e-12
FAR = 1e9
"""What is taken from the attention to a place where no word is."""
OPSET, IR = 20, 10

Name = str
"""Of a tensor in the graph."""


class Graph:
    """Nodes and constants as they are added; every method answers the name of what it made."""

    def __init__(self, weights: dict[str, Any]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def node(self, kind: str, *inputs: Name, **attributes: Any) -> Name:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, value: Any) -> Name:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def whole(self, *numbers: int) -> Name:
        return self.constant(np.array(numbers, np.int64))

    def weight(self, name: str) -> Name:
        return self.constant(self.weights[name].astype(np.float32))

    def linear(self, x: Name, name: str) -> Name:
        matrix = self.constant(np.ascontiguousarray(self.weights[f"{name}.weight"].T.astype(np.float32)))
        return self.node("Add", self.node("MatMul", x, matrix), self.weight(f"{name}.bias"))

    def norm(self, x: Name, name: str) -> Name:
        return self.node(
            "LayerNormalization", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), axis=-1, epsilon=EPSILON
        )

    def added(self, x: Name, y: Name, name: str) -> Name:
        return self.norm(self.node("Add", x, y), name)


def _words(graph: Graph) -> Name:
    """What each word is by itself, and by its place."""
    words = graph.node("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids")
    length = graph.node("Shape", "input_ids", start=1, end=2)
    places = graph.node("Slice", graph.weight("embeddings.position_embeddings.weight"), graph.whole(0), length)
    sentence = graph.constant(graph.weights["embeddings.token_type_embeddings.weight"][0].astype(np.float32))
    return graph.norm(graph.node("Add", graph.node("Add", words, places), sentence), "embeddings.LayerNorm")


def _layer(graph: Graph, x: Name, there: Name, number: int) -> Name:
    base = f"encoder.layer.{number}"

    def heads(part: str, order: list[int]) -> Name:
        split = graph.node("Reshape", graph.linear(x, f"{base}.attention.self.{part}"), graph.whole(0, 0, HEADS, WIDTH // HEADS))
        return graph.node("Transpose", split, perm=order)

    alike = graph.node("MatMul", heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]))
    scaled = graph.node("Mul", alike, graph.constant(np.float32((WIDTH // HEADS) ** -0.5)))
    share = graph.node("Softmax", graph.node("Add", scaled, there), axis=-1)
    seen = graph.node("Transpose", graph.node("MatMul", share, heads("value", [0, 2, 1, 3])), perm=[0, 2, 1, 3])
    together = graph.node("Reshape", seen, graph.whole(0, 0, WIDTH))
    x = graph.added(x, graph.linear(together, f"{base}.attention.output.dense"), f"{base}.attention.output.LayerNorm")
    inner = graph.node("Gelu", graph.linear(x, f"{base}.intermediate.dense"))
    return graph.added(x, graph.linear(inner, f"{base}.output.dense"), f"{base}.output.LayerNorm")


def build(weights: dict[str, Any]) -> Any:
    """The model: `input_ids` and `attention_mask` (sentences x words) to `embedding` (sentences x 384)."""
    graph = Graph(weights)
    mask = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    away = graph.node("Sub", graph.node("Unsqueeze", mask, graph.whole(1, 2)), graph.constant(np.float32(1)))
    there = graph.node("Mul", away, graph.constant(np.float32(FAR)))
    x = _words(graph)
    for number in range(LAYERS):
        x = _layer(graph, x, there, number)
    summed = graph.node(
        "ReduceSum", graph.node("Mul", x, graph.node("Unsqueeze", mask, graph.whole(2))), graph.whole(1), keepdims=0
    )
    mean = graph.node("Div", summed, graph.node("ReduceSum", mask, graph.whole(1), keepdims=1))
    graph.nodes.append(helper.make_node("LpNormalization", [mean], ["embedding"], axis=-1, p=2))
    whole = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["sentences", "words"]) for name in ("input_ids", "attention_mask")
    ]
    answer = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["sentences", WIDTH])]
    made = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", whole, answer, graph.constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)


def main(weights: Path, target: Path) -> None:
    """Write the model to `target`, whole or not at all."""
    model = build(load_file(weights))
    checker.check_model(model)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    save(model, str(unfinished))
    unfinished.replace(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
