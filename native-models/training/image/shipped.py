"""The shipped ONNX read back into the training networks, so that training and export can go on where no checkpoint is at hand."""

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from half_precision import read_initialisers

from .denoiser import DenoiserSize
from .prompt_model import PromptModel
from .tokenizer import PromptTokenizer

# Fixed, or (what a cell keeps) left out of the guided graph.
UNSHIPPED = ("alphas", "named", "keep.weight", "keep.bias")
FOLDER = Path(__file__).resolve().parents[2] / "starter" / "image"


def read_weights(path: Path, module: nn.Module, prefix: str) -> dict[str, Tensor]:
    """State of `module` from a graph of ours whose parameters are named `prefix` + name.

    The exporter renames what it transposes or reshapes; the node that uses it still tells whose it is.
    """
    graph = onnx.load(str(path)).graph
    arrays = {name: torch.from_numpy(values.copy()) for name, values in read_initialisers(graph).items()}
    kinds = {"MatMul": "weight", "Gemm": "weight", "Mul": "weight", "Add": "bias"}
    for node in graph.node:
        for name in node.input:
            if name.startswith("onnx::") and name in arrays and node.op_type in kinds:
                own = _module_name(node.name) + "." + kinds[node.op_type]
                arrays[own] = arrays[name].T if node.op_type == "MatMul" else arrays[name]
    state = {}
    for name, value in module.state_dict().items():
        # A node inside a method that is not `forward` does not name the module that the method belongs to.
        found = arrays.get(prefix + name, arrays.get(name))
        if found is None and name not in UNSHIPPED:
            raise KeyError(f"{path}: {name}")
        state[name] = value if found is None else found.reshape(value.shape).contiguous()
    return state


def _module_name(node: str) -> str:
    """'/layers.0/mlp/mlp.2/MatMul' to 'layers.0.mlp.2': a module in a sequence repeats the sequence's name."""
    parts: list[str] = []
    for part in node.split("/")[1:-1]:
        if parts and part.startswith(parts[-1] + "."):
            parts.pop()
        parts.append(part)
    return ".".join(parts)


def read_shipped(folder: Path = FOLDER) -> PromptModel:
    """Text encoder and denoiser as they ship."""
    model = PromptModel(PromptTokenizer().size, DenoiserSize())
    model.text.load_state_dict(read_weights(folder / "text_encoder" / "model.onnx", model.text, ""))
    model.denoiser.load_state_dict(read_weights(folder / "unet" / "model.onnx", model.denoiser, "denoiser."))
    return model.eval()
