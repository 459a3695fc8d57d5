"""A small Llama: RMSNorm, rotary positions in neighbouring pairs (llama.cpp's order), SwiGLU, tied embeddings."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class ModelConfig:
    """Sizes. `width` must be a multiple of `heads`, and of 32 for llama.cpp's block formats."""

    vocab: int = 3072
    width: int = 192
    layers: int = 5
    heads: int = 6
    hidden: int = 512
    context: int = 768
    rope_base: float = 100000.0
    norm_epsilon: float = 1e-5


class RmsNorm(nn.Module):
    """Root mean square normalisation with a learnt gain."""

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return functional.rms_norm(x, (x.shape[-1],), self.weight, self.epsilon)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotates pairs (2i, 2i+1) of the last dimension. x [B, H, T, D], cos and sin [T, D/2]."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


class Block(nn.Module):
    """Attention and feed-forward, each behind a norm."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        width, hidden = config.width, config.hidden
        self.heads = config.heads
        self.attn_norm = RmsNorm(width, config.norm_epsilon)
        self.ffn_norm = RmsNorm(width, config.norm_epsilon)
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.gate = nn.Linear(width, hidden, bias=False)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, past: list[Tensor] | None = None, mask: Tensor | None = None) -> Tensor:
        batch, time, width = x.shape
        split = lambda t: t.view(batch, time, self.heads, width // self.heads).transpose(1, 2)
        normed = self.attn_norm(x)
        query, key, value = rotate(split(self.query(normed)), cos, sin), rotate(split(self.key(normed)), cos, sin), split(self.value(normed))
        if past is not None:
            if past:
                key, value = torch.cat((past[0], key), 2), torch.cat((past[1], value), 2)
            past[:] = [key, value]
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=mask is None and time > 1)
        x = x + self.output(mixed.transpose(1, 2).reshape(batch, time, width))
        normed = self.ffn_norm(x)
        return x + self.down(functional.silu(self.gate(normed)) * self.up(normed))


class TextModel(nn.Module):
    """Tokens [B, T] to hidden states [B, T, width]; `logits` maps chosen states to the vocabulary."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embed = nn.Embedding(config.vocab, config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = RmsNorm(config.width, config.norm_epsilon)
        positions = torch.arange(config.context).float()
        head = config.width // config.heads
        angles = torch.outer(positions, config.rope_base ** (-torch.arange(0, head, 2).float() / head))
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        nn.init.normal_(self.embed.weight, std=0.05)
        for name, weight in self.named_parameters():
            if name.endswith(("output.weight", "down.weight")):
                nn.init.zeros_(weight)

    def forward(self, tokens: Tensor, past: list[list[Tensor]] | None = None, mask: Tensor | None = None) -> Tensor:
        start = past[0][0].shape[2] if past and past[0] else 0
        stop = start + tokens.shape[1]
        cos, sin = self.cos[start:stop], self.sin[start:stop]
        x = self.embed(tokens)
        for index, block in enumerate(self.blocks):
            x = block(x, cos, sin, past[index] if past is not None else None, mask)
        return self.norm(x)

    def logits(self, states: Tensor) -> Tensor:
        return functional.linear(states, self.embed.weight)
