"""Turns the placeholders of a graph into If nodes: a group of families is computed only where a scene of the batch is of it."""

import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, compose, helper, numpy_helper

from .autoencoder import LATENT_CHANNELS
from .renderer import PLACEHOLDER, PLANES, GroupRenderer
from .scene_planes import NUMBERS

LEAST_WEIGHT = 0.01


def export_group(group: str, opset: int) -> onnx.GraphProto:
    """The graph of one group, with its names made its own."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / "group.onnx"
        axes = {0: "batch", 2: "height", 3: "width"}
        torch.onnx.export(
            GroupRenderer(group).eval(), (torch.randn(2, NUMBERS), torch.randn(2, LATENT_CHANNELS, 50, 40)), str(path),
            input_names=["scene", "like"], output_names=["drawn"], opset_version=opset, dynamo=False,
            dynamic_axes={"scene": {0: "batch"}, "like": axes, "drawn": axes})
        return compose.add_prefix_graph(onnx.load(str(path)).graph, f"{group}/")


def make_branch(node: onnx.NodeProto, opset: int) -> list[onnx.NodeProto]:
    """The nodes that take a placeholder's place."""
    group, (weight, scene, like), (output,) = node.op_type, node.input, node.output
    inner = export_group(group, opset)
    outside = {f"{group}/scene": scene, f"{group}/like": like}
    for one in inner.node:
        for index, name in enumerate(one.input):
            one.input[index] = outside.get(name, name)
    drawn, name = inner.output[0].name, f"{group}/branch"
    inner.node.append(helper.make_node("Mul", [drawn, weight], [f"{name}/drawn"]))
    planes = helper.make_tensor_value_info(f"{name}/drawn", TensorProto.FLOAT, [None, PLANES, None, None])
    taken = helper.make_graph(list(inner.node), f"{name}/then", [], [planes], initializer=list(inner.initializer))
    constant = lambda key, values: numpy_helper.from_array(np.array(values), f"{name}/{key}")
    empty = helper.make_graph([
        helper.make_node("Shape", [like], [f"{name}/shape"]),
        helper.make_node("Mul", [f"{name}/shape", f"{name}/one_channel"], [f"{name}/kept"]),
        helper.make_node("Add", [f"{name}/kept", f"{name}/planes"], [f"{name}/wanted"]),
        helper.make_node("ConstantOfShape", [f"{name}/wanted"], [f"{name}/nothing"]),
    ], f"{name}/else", [], [helper.make_tensor_value_info(f"{name}/nothing", TensorProto.FLOAT, [None, PLANES, None, None])], initializer=[
        constant("one_channel", np.array([1, 0, 1, 1], np.int64)), constant("planes", np.array([0, PLANES, 0, 0], np.int64))])
    return [
        helper.make_node("Constant", [], [f"{name}/least"], value=constant("least_value", np.float32(LEAST_WEIGHT))),
        helper.make_node("ReduceMax", [weight], [f"{name}/most"], keepdims=0),
        helper.make_node("Greater", [f"{name}/most", f"{name}/least"], [f"{name}/wants"]),
        helper.make_node("If", [f"{name}/wants"], [output], name=name, then_branch=taken, else_branch=empty)]


def make_branches(path: Path, opset: int) -> None:
    """Rewrites the file."""
    model = onnx.load(str(path))
    nodes: list[onnx.NodeProto] = []
    for node in model.graph.node:
        nodes += make_branch(node, opset) if node.domain == PLACEHOLDER else [node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    plain = [entry for entry in model.opset_import if entry.domain != PLACEHOLDER]
    del model.opset_import[:]
    model.opset_import.extend(plain)
    path.write_bytes(model.SerializeToString())
    if any(node.op_type == "If" for node in nodes):
        fold(path)


def fold(path: Path) -> None:
    """Computes beforehand what does not depend on the inputs, in standard operators only: the runtime opens the graph in two thirds of the time."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    folded = path.with_suffix(".folded")
    options.optimized_model_filepath = str(folded)
    onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    folded.replace(path)
