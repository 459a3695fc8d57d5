"""A scene's numbers as two channels of the latents: blocks of 8 x 8 cells, each holding all 64 numbers of a channel, over and over.

Read back, the repeats are averaged, so a scene is told apart under far more noise than a cell's colour, the more so the larger the
picture. Every part of the picture carries the scene: what a mask keeps also keeps its scene.
"""

import torch
from torch import Tensor

from drawings.genes import USED

from .autoencoder import SCENE_CHANNELS

BLOCK = 8
NUMBERS = SCENE_CHANNELS * BLOCK * BLOCK
GIVEN = NUMBERS - 1  # the number that says: this picture came from outside, what it shows counts
GIVEN_SIZE = 6.0
assert USED < GIVEN


def make_combs(like: Tensor) -> tuple[Tensor, Tensor]:
    """(h, 8) and (w, 8): 1 where a row, or a column, of `like` (B, C, h, w) has that place in its block."""
    ones = torch.ones_like(like[0, 0])
    places = torch.arange(BLOCK, device=like.device, dtype=like.dtype)[None]
    combs = []
    for axis in (0, 1):
        number = torch.cumsum(ones, axis) - 1
        line = number[:, :1] if axis == 0 else number[:1].reshape(-1, 1)
        combs.append(((torch.remainder(line, float(BLOCK)) - places).abs() < 0.5).to(like.dtype))
    return combs[0], combs[1]


def read_planes(planes: Tensor) -> tuple[Tensor, Tensor]:
    """Scene channels (B, 2, h, w) to their means (B, NUMBERS), and over how many cells the mean goes, about, (1, 1)."""
    rows, columns = make_combs(planes)
    counts = rows.sum(0)[:, None] * columns.sum(0)[None]
    blocks = rows.transpose(0, 1) @ planes @ columns / counts.clamp(min=1)
    return blocks.flatten(1), counts.mean().reshape(1, 1)


def write_planes(numbers: Tensor, like: Tensor) -> Tensor:
    """(B, NUMBERS) to scene channels (B, 2, h, w) of the size of `like`."""
    rows, columns = make_combs(like)
    return rows @ numbers.reshape(-1, SCENE_CHANNELS, BLOCK, BLOCK) @ columns.transpose(0, 1)
