"""Transformer layers over the patches of a picture, told where they lie by turning queries and keys.

Rotary positions (Su et al. 2021) along both axes: half of the angles count patches, half count short sides of the picture, so
that a layout learned on small pictures is the same layout on large ones.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

HEAD = 64  # channels of an attention head
ANGLES = HEAD // 4  # angles per axis
PATCHES_LONGEST = 10.0  # patches in the longest of the fine waves, in radians


def make_angles(like: Tensor) -> tuple[Tensor, Tensor]:
    """Cosines and sines (1, 1, N, HEAD / 2) for the patches of `like` (B, C, h, w), row by row."""
    height, width = like.shape[2], like.shape[3]
    ones = torch.ones_like(like[0, 0])
    row, column = torch.cumsum(ones, 0) - 0.5, torch.cumsum(ones, 1) - 0.5
    short = torch.minimum(ones.sum(0).amax(), ones.sum(1).amax())
    fine = torch.arange(ANGLES // 2, device=like.device) / (ANGLES // 2)
    fine = (PATCHES_LONGEST ** -fine).to(like.dtype)
    coarse = (math.pi * 2.0 ** (torch.arange(ANGLES // 2, device=like.device) * 0.5 - 1)).to(like.dtype)
    rates = torch.cat([fine, fine * 0])[None], torch.cat([coarse * 0, coarse])[None]
    parts = []
    for place in (row, column):
        flat = place.reshape(-1, 1)
        parts.append(flat * rates[0] + (flat - short / 2) / short * rates[1])
    angles = torch.cat(parts, 1).reshape(1, 1, height * width, HEAD // 2)
    return angles.cos(), angles.sin()


def turn(x: Tensor, angles: tuple[Tensor, Tensor]) -> Tensor:
    """Channels of (B, heads, N, HEAD) turned in pairs."""
    cos, sin = angles
    first, second = x.chunk(2, -1)
    return torch.cat([first * cos - second * sin, first * sin + second * cos], -1)


def split_heads(x: Tensor) -> Tensor:
    """(B, N, C) to (B, heads, N, HEAD)."""
    return x.reshape(x.shape[0], -1, x.shape[2] // HEAD, HEAD).transpose(1, 2)


def scale_norm(x: Tensor) -> Tensor:
    """Each row scaled to a root mean square of 1."""
    return x * torch.rsqrt(x.float().square().mean(-1, keepdim=True) + 1e-6).to(x.dtype)


class Layer(nn.Module):
    """Patches look at each other, at the prompt's words where `reads`, and then pass a two-layer net; all under the condition."""

    def __init__(self, width: int, condition: int, text_width: int, reads: bool) -> None:
        super().__init__()
        self.reads = reads
        self.look = nn.Linear(width, 3 * width, bias=False)
        self.look_out = nn.Linear(width, width, bias=False)
        self.modulate = nn.Linear(condition, 4 * width)
        if reads:
            self.ask = nn.Linear(width, width, bias=False)
            self.words = nn.Linear(text_width, 2 * width, bias=False)
            self.ask_out = nn.Linear(width, width, bias=False)
            nn.init.zeros_(self.ask_out.weight)
        self.rise, self.fall = nn.Linear(width, 3 * width, bias=False), nn.Linear(3 * width, width, bias=False)
        for last in (self.look_out, self.fall, self.modulate):
            nn.init.zeros_(last.weight)
        nn.init.zeros_(self.modulate.bias)

    def forward(self, x: Tensor, condition: Tensor, text: Tensor, angles: tuple[Tensor, Tensor]) -> Tensor:
        scale1, shift1, scale2, shift2 = self.modulate(condition)[:, None].chunk(4, -1)
        q, k, v = self.look(scale_norm(x) * (1 + scale1) + shift1).chunk(3, -1)
        q, k = (turn(scale_norm(split_heads(part)), angles) for part in (q, k))
        x = x + self.look_out(attend(q, k, split_heads(v)))
        if self.reads:
            key, value = self.words(text).chunk(2, -1)
            x = x + self.ask_out(attend(split_heads(self.ask(scale_norm(x))), split_heads(key), split_heads(value)))
        h = self.rise(scale_norm(x) * (1 + scale2) + shift2)
        return x + self.fall(F.gelu(h))


def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Attention of heads (B, heads, N, HEAD) to (B, N, C)."""
    out = torch.softmax((q * HEAD**-0.5) @ k.transpose(-1, -2), -1) @ v
    out = out.transpose(1, 2)
    return out.reshape(out.shape[0], -1, out.shape[2] * HEAD)
