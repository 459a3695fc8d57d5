"""A decoder without training: smooth upsampling that draws edges where neighbouring cells differ.

Every pixel knows the darkest and brightest values of its neighbourhood and where it stands between
them. On a slope that is always the middle, and nothing changes; at an edge the steep part is made
steeper. Used until a trained decoder is at hand.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .autoencoder import COLOUR_CHANNELS, GRAIN_SCALE, PIXELS_PER_CELL, RGB_TO_COLOUR

STEEPNESS = 5.0
ROUGHNESS = 1.5  # the encoder's roughness of grain whose amplitude is 1


class EdgeDecoder(nn.Module):
    """(B, 4, h, w) to RGB (B, 3, 16h, 16w) in -1..1 and grain amplitude (B, 1, 16h, 16w)."""

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
        return low + (high - low) * place, stretch(grain, PIXELS_PER_CELL)


def stretch(x: Tensor, factor: int) -> Tensor:
    """Larger by a whole factor, bilinear."""
    return F.interpolate(x, scale_factor=float(factor), mode="bilinear", align_corners=False)


def blur(x: Tensor) -> Tensor:
    """The mean of 3 x 3, borders by what is there."""
    return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
