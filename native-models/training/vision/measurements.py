"""What is measured of a picture before anything is learnt: its colours by name, its edges by direction and size, their rhythm.

A convnet that finds this by itself takes millions of pictures; two shared CPU cores do not make those in hours. The
measurements are a formula, so they are taken once for every training picture, and the network over them learns in minutes.

Colours: every pixel's OKLab colour is shared among the named colours by distance; shares are pooled over a 3 x 3 grid.
Edges: a bank of even and odd Gabor filters in six directions at four scales; the size of the response over all three
OKLab channels does not depend on which two colours meet. Rhythm: the same bank over those sizes (a scattering
transform of second order, Mallat 2012), which tells dots from stripes and scales from checks.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from drawings.colour import NAMED_OKLAB
from drawings.vocabulary import COLOURS

DIRECTIONS, SCALES, GRID = 6, 4, 4
_KERNEL = 7
_NEAR = 0.045  # OKLab distance at which a colour's share falls off
_CALM = (0.004, 0.012, 0.04, 0.12)  # edge sizes under which a pixel counts as calm
_RHYTHMS = ((0, 2), (0, 3), (1, 2), (1, 3), (2, 3))  # scale of the edges, scale at which their rhythm is measured
_TO_LMS = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]]
_TO_LAB = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]]
_COLOURS = len(COLOURS)
MEASUREMENTS = 10 * _COLOURS + 3 * 36 + SCALES * (3 * DIRECTIONS + DIRECTIONS * GRID**2 + len(_CALM)) + 2 * len(_RHYTHMS) * DIRECTIONS**2 + 1


def gabor_bank() -> Tensor:
    """[2 * DIRECTIONS, 1, 7, 7]: even filters, then odd ones; none answers to an even field."""
    reach = _KERNEL // 2
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float64)
    filters = []
    for phase in (0.0, math.pi / 2):
        for index in range(DIRECTIONS):
            angle = math.pi * index / DIRECTIONS
            along, across = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
            window = np.exp(-(along**2 / 2.4 + across**2 / 4.5))
            wave = np.cos(2 * math.pi * along / 4.5 + phase) * window
            wave -= window * wave.sum() / window.sum()
            filters.append(wave / np.abs(wave).sum())
    return torch.from_numpy(np.stack(filters)[:, None]).float()


class Measurements(nn.Module):
    """pixel_values [B, 3, 96, 96] in -1..1 to [B, MEASUREMENTS]. Nothing is learned."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("bank", gabor_bank(), persistent=False)
        self.register_buffer("lms", torch.tensor(_TO_LMS)[..., None, None], persistent=False)
        self.register_buffer("lab", torch.tensor(_TO_LAB)[..., None, None], persistent=False)
        named = torch.from_numpy(np.stack([NAMED_OKLAB[name] for name in COLOURS])).float()
        self.register_buffer("named", (2 * named / _NEAR**2)[..., None, None], persistent=False)
        self.register_buffer("named_size", -named.square().sum(1) / _NEAR**2, persistent=False)

    def forward(self, pixel_values: Tensor) -> Tensor:
        light = ((pixel_values + 1) * 0.5).clamp(0.001, 1) ** 2.2
        lab = functional.conv2d(functional.conv2d(light, self.lms).clamp(min=1e-5) ** (1 / 3), self.lab)
        levels = [lab]
        for _ in range(SCALES - 1):
            levels.append(functional.avg_pool2d(levels[-1], 2))
        edges = [self._respond(level) for level in levels]
        return torch.cat([self._colours(levels[1]), self._edges(edges), self._rhythms(edges)], 1)

    def _respond(self, maps: Tensor) -> Tensor:
        """Size of the bank's response over all channels together, [B, DIRECTIONS, H, W]."""
        batch, channels, height, width = maps.shape
        padded = functional.pad(maps, (3, 3, 3, 3), mode="replicate").reshape(batch * channels, 1, height + 6, width + 6)
        answer = functional.conv2d(padded, self.bank).square().reshape(batch, channels * 2, DIRECTIONS, height, width)
        return (answer.sum(1) + 1e-8).sqrt()

    def _colours(self, lab: Tensor) -> Tensor:
        share = functional.conv2d(lab, self.named, self.named_size).softmax(1)
        grid = functional.avg_pool2d(share, 16)
        parts = ((grid + 1e-4).sqrt().flatten(1), (grid.mean((2, 3)) + 1e-4).sqrt(), functional.avg_pool2d(lab, 8).flatten(1))
        return torch.cat(parts, 1)

    def _edges(self, edges: list[Tensor]) -> Tensor:
        level = self._level(edges)
        parts = [level.log().flatten(1)]
        for size in edges:
            relative = size / level
            parts += [relative.mean((2, 3)), (relative + 1e-3).sqrt().mean((2, 3)), (relative.square().mean((2, 3)) + 1e-6).sqrt()]
            parts.append((functional.avg_pool2d(relative, size.shape[-1] // GRID) + 1e-3).sqrt().flatten(1))
            total = size.sum(1)
            parts.append(torch.stack([torch.exp(-total / calm).mean((1, 2)) for calm in _CALM], 1))
        return torch.cat(parts, 1)

    def _rhythms(self, edges: list[Tensor]) -> Tensor:
        level = self._level(edges)
        parts = []
        for first, second in _RHYTHMS:
            pooled = functional.avg_pool2d(edges[first] / level, 2 ** (second - first)) if second > first else edges[first] / level
            batch, directions, height, width = pooled.shape
            answer = self._respond(pooled.reshape(batch * directions, 1, height, width)).reshape(batch, DIRECTIONS**2, height, width)
            parts += [(answer.mean((2, 3)) + 1e-3).sqrt(), (answer.square().mean((2, 3)) + 1e-6) ** 0.25]
        return torch.cat(parts, 1)

    @staticmethod
    def _level(edges: list[Tensor]) -> Tensor:
        """The picture's own edge size [B, 1, 1, 1], which takes contrast out of everything else."""
        return torch.stack([size.mean((1, 2, 3)) for size in edges]).mean(0)[:, None, None, None] + 2e-3
