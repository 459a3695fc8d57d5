"""The shipped GGUF read back into the training network, so that training can go on where no checkpoint is at hand."""

from dataclasses import dataclass
from pathlib import Path

import gguf
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .model import ModelConfig
from .tokenizer import SPECIALS, build_tokenizer

TARGET = Path(__file__).resolve().parents[2] / "starter" / "text" / "housestyle-text.gguf"
NAMES = {
    "attn_norm": "attn_norm", "ffn_norm": "ffn_norm", "query": "attn_q", "key": "attn_k", "value": "attn_v", "output": "attn_output",
    "gate": "ffn_gate", "up": "ffn_up", "down": "ffn_down",
}


@dataclass(frozen=True)
class Shipped:
    """Sizes, weights by the network's own names (q8_0 is dequantised), and the vocabulary."""

    config: ModelConfig
    weights: dict[str, Tensor]
    tokenizer: Tokenizer


def read_shipped(path: Path = TARGET) -> Shipped:
    """Everything of the file that training needs."""
    reader = gguf.GGUFReader(path)
    value = lambda key: reader.fields[key].contents()
    config = ModelConfig(
        vocab=value("llama.vocab_size"), width=value("llama.embedding_length"), layers=value("llama.block_count"),
        heads=value("llama.attention.head_count"), hidden=value("llama.feed_forward_length"), context=value("llama.context_length"),
        rope_base=value("llama.rope.freq_base"), norm_epsilon=value("llama.attention.layer_norm_rms_epsilon"),
    )
    own = {shipped: name for name, shipped in NAMES.items()}
    weights: dict[str, Tensor] = {}
    for tensor in reader.tensors:
        parts = tensor.name.split(".")
        name = {"token_embd": "embed.weight", "output_norm": "norm.weight"}.get(parts[0]) or f"blocks.{parts[1]}.{own[parts[2]]}.weight"
        weights[name] = torch.from_numpy(gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype("float32").copy())
    tokens = value("tokenizer.ggml.tokens")
    vocab = {token: index for index, token in enumerate(tokens) if token not in SPECIALS}
    merges = [(left, right) for left, right in (merge.split(" ") for merge in value("tokenizer.ggml.merges"))]
    return Shipped(config, weights, build_tokenizer(vocab, merges))
