"""A tiny transformer over prompt tokens; its first position stands for the whole prompt.

Beside what it learns, its output carries the colour that each word names, exactly, so that the scene can be painted with it.
"""

import torch
from torch import Tensor, nn

from drawings.colour import NAMED_OKLAB
from drawings.scene import normalise_lab

from .tokenizer import MAX_TOKENS, PromptTokenizer

NAMED_COLUMNS = 4  # whether the token names a colour, and the colour as a scene holds it


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
    """Multi-head attention of (B, N, C) queries over (B, M, C) keys and values."""
    batch, _, channels = query.shape
    size = channels // heads
    q = query.reshape(batch, -1, heads, size).transpose(1, 2)
    k = key.reshape(batch, -1, heads, size).permute(0, 2, 3, 1)
    v = value.reshape(batch, -1, heads, size).transpose(1, 2)
    weight = torch.softmax(q @ k * size**-0.5, -1)
    return (weight @ v).transpose(1, 2).reshape(batch, -1, channels)


def make_named_colours() -> Tensor:
    """(vocabulary, 4): 1 and the normalised OKLab colour for the token of each colour word, else zeros."""
    tokenizer = PromptTokenizer()
    named = torch.zeros(tokenizer.size, NAMED_COLUMNS)
    for name, lab in NAMED_OKLAB.items():
        token = tokenizer.encode(name)[1]
        named[token, 0] = 1
        named[token, 1:] = normalise_lab(torch.from_numpy(lab))
    return named


class TextLayer(nn.Module):
    """Attention over all positions (padding counts as words), then a two-layer net."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x: Tensor) -> Tensor:
        h = self.norm1(x)
        x = x + self.out(attend(self.query(h), self.key(h), self.value(h), self.heads))
        return x + self.mlp(self.norm2(x))


class TextEncoder(nn.Module):
    """(B, 48) token ids to (B, 48, width + 4): learned hidden states, then the named colours."""

    def __init__(self, vocabulary: int, width: int = 128, layers: int = 2, heads: int = 4) -> None:
        super().__init__()
        self.token = nn.Embedding(vocabulary, width)
        self.position = nn.Parameter(torch.zeros(1, MAX_TOKENS, width))
        nn.init.normal_(self.token.weight, std=0.5)
        nn.init.normal_(self.position, std=0.3)
        self.layers = nn.ModuleList(TextLayer(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.register_buffer("named", make_named_colours())

    def forward(self, input_ids: Tensor) -> Tensor:
        x = self.token(input_ids) + self.position
        for layer in self.layers:
            x = layer(x)
        return torch.cat([self.norm(x), self.named[input_ids]], -1)
