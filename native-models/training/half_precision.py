"""Weights stored as 16-bit floats in a graph that computes in 32 bits.

Each matrix and each filter becomes a float16 initialiser of the same name and a Cast node. The runtime folds such nodes when it opens the
graph, so a picture costs what it cost before; a reader of the file still finds the parameter under its name.

    python half_precision.py ../starter/image/unet/model.onnx
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 1024  # numbers; below that a Cast node costs about as many bytes as it spares
CAST_SUFFIX = "/float32"
# Tables and filters that are no trained weights, and that are meant exactly.
EXACT = ("alphas", "named", "noise", "bank")


def store_half(path: Path, smallest: int = SMALLEST) -> int:
    """Rewrites the file; returns how many matrices and filters it turned. Done twice it does nothing more."""
    model = onnx.load(str(path))
    turned = [tensor for tensor in model.graph.initializer if _is_weight(tensor, smallest)]
    names = {tensor.name for tensor in turned}
    for tensor in turned:
        half = numpy_helper.to_array(tensor).astype(np.float16)
        if not np.isfinite(half).all():
            raise ValueError(f"{path}: {tensor.name} does not fit 16-bit floats")
        tensor.CopyFrom(numpy_helper.from_array(half, tensor.name))
    for node in model.graph.node:
        for index, name in enumerate(node.input):
            if name in names:
                node.input[index] = name + CAST_SUFFIX
    casts = [helper.make_node("Cast", [name], [name + CAST_SUFFIX], to=TensorProto.FLOAT) for name in sorted(names)]
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
    return len(names)


def read_initialisers(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """All initialisers in 32-bit floats where they are floats, by their name and by that of their Cast node's output."""
    arrays = {tensor.name: _widen(numpy_helper.to_array(tensor)) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in arrays:
            arrays[node.output[0]] = arrays[node.input[0]]
    return arrays


def _widen(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32) if values.dtype == np.float16 else values


def _is_weight(tensor: onnx.TensorProto, smallest: int) -> bool:
    return (tensor.data_type == TensorProto.FLOAT and sum(edge > 1 for edge in tensor.dims) > 1
            and np.prod(tensor.dims) >= smallest and tensor.name.rsplit(".", 1)[-1] not in EXACT)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(f"{argument}: {store_half(Path(argument))} weights")
