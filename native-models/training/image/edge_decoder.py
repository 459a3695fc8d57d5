"""The autoencoder's other half, a decoder without weights: smooth upsampling that draws edges where neighbouring cells differ.

Every pixel knows the darkest and brightest values of its neighbourhood and where it stands between
them. On a slope that is always the middle, and nothing changes; at an edge the steep part is made
steeper. That is done channel by channel, so where three colours meet a fourth appears; at edges a pixel is
therefore drawn to the nearest of its neighbouring cells' colours, which fade in and out by a quadratic
B-spline so that nothing jumps where the neighbours change.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .autoencoder import COLOUR_CHANNELS, GRAIN_SCALE, PIXELS_PER_CELL, RGB_TO_COLOUR

STEEPNESS = 5.0
NEAREST = 0.02  # share of the squared contrast within which two neighbours' colours are still mixed
SLOPE, EDGE = 0.15, 0.4  # distance of neighbouring cells' RGB in -1..1 up to which all is slope, and from which all is edge
ROUGHNESS = 1.5  # the encoder's roughness of grain whose amplitude is 1


class EdgeDecoder(nn.Module):
    """(B, 4, h, w) to RGB (B, 3, 8h, 8w) in -1..1 and grain amplitude (B, 1, 8h, 8w)."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("to_rgb", torch.linalg.inv(RGB_TO_COLOUR).reshape(3, 3, 1, 1).clone())

    def forward(self, latent: Tensor) -> tuple[Tensor, Tensor]:
        colour = F.conv2d(latent[:, :COLOUR_CHANNELS], self.to_rgb)
        high, low = F.max_pool2d(colour, 3, 1, 1), -F.max_pool2d(-colour, 3, 1, 1)
        smooth = blur(stretch(blur(stretch(colour, 2)), 2))
        smooth = stretch(smooth, PIXELS_PER_CELL // 4)
        high, low = stretch(high, PIXELS_PER_CELL), stretch(low, PIXELS_PER_CELL)
        place = (smooth - low) / (high - low + 1e-3)
        place = ((place - 0.5) * STEEPNESS + 0.5).clamp(0, 1)
        place = place * place * (3 - 2 * place)
        grain = (latent[:, COLOUR_CHANNELS:] / (GRAIN_SCALE * ROUGHNESS) - 0.008).clamp(0, 0.08)
        return draw_to_neighbours(low + (high - low) * place, colour), stretch(grain, PIXELS_PER_CELL)


def draw_to_neighbours(picture: Tensor, colour: Tensor) -> Tensor:
    """The picture (B, 3, 8h, 8w) with edge pixels moved to the nearest colour of the 3 x 3 cells (B, 3, h, w) around them."""
    ring = F.pad(colour, (1, 1, 1, 1), mode="replicate")
    height, width = colour.shape[2], colour.shape[3]
    near = [ring[:, :, dy : dy + height, dx : dx + width] for dy in range(3) for dx in range(3)]
    contrast = torch.stack([(one - colour).square().sum(1, keepdim=True) for one in near]).amax(0)
    contrast = stretch(F.max_pool2d(contrast, 3, 1, 1), PIXELS_PER_CELL)
    scale = 1 / (NEAREST * contrast + 1e-3)
    across, down = make_windows(picture, 3), make_windows(picture, 2)
    mixed, total = torch.zeros_like(picture), torch.zeros_like(contrast)
    for index, one in enumerate(near):
        one = F.interpolate(one, scale_factor=float(PIXELS_PER_CELL), mode="nearest")
        away = ((one - picture).square().sum(1, keepdim=True) * scale).clamp(max=30)
        weight = down[index // 3] * across[index % 3] * torch.exp(-away) + 1e-16
        mixed, total = mixed + weight * one, total + weight
    share = ((contrast.sqrt() - SLOPE) / (EDGE - SLOPE)).clamp(0, 1)
    return picture + share * (mixed / total - picture)


def make_windows(like: Tensor, axis: int) -> list[Tensor]:
    """The quadratic B-spline's three weights along an axis, for the cell before, the own and the next one."""
    place = torch.remainder(torch.cumsum(torch.ones_like(like[:1, :1]), axis) - 0.5, float(PIXELS_PER_CELL)) / PIXELS_PER_CELL
    return [0.5 * (1 - place) ** 2, 0.75 - (place - 0.5) ** 2, 0.5 * place**2]


def stretch(x: Tensor, factor: int) -> Tensor:
    """Larger by a whole factor, bilinear."""
    return F.interpolate(x, scale_factor=float(factor), mode="bilinear", align_corners=False)


def blur(x: Tensor) -> Tensor:
    """The mean of 3 x 3, borders by what is there."""
    return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
