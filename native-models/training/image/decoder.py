"""Latents to pictures: a small net that draws 4 x 4 pixels for each cell, beside a smooth enlargement."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .autoencoder import CELL, COLOUR_CHANNELS, RGB_TO_COLOUR, read_grain, restore


class Decoder(nn.Module):
    """Normalised latents (B, 6, h, w) to RGB (B, 3, 4h, 4w) in -1..1 and grain amplitude (B, 1, 4h, 4w)."""

    def __init__(self, width: int = 48, layers: int = 3) -> None:
        super().__init__()
        self.register_buffer("to_rgb", torch.linalg.inv(RGB_TO_COLOUR).reshape(3, 3, 1, 1).clone())
        self.enter = nn.Conv2d(3, width, 3, padding=1)
        self.layers = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(layers))
        self.leave = nn.Conv2d(width, 3 * CELL * CELL, 3, padding=1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, latent: Tensor) -> tuple[Tensor, Tensor]:
        latent = restore(latent[:, : COLOUR_CHANNELS + 1])
        colour = F.conv2d(latent[:, :COLOUR_CHANNELS], self.to_rgb)
        smooth = F.interpolate(colour, scale_factor=float(CELL), mode="bilinear", align_corners=False)
        grain = F.interpolate(read_grain(latent), scale_factor=float(CELL), mode="bilinear", align_corners=False)
        return smooth + F.pixel_shuffle(self.draw(colour), CELL), grain

    def draw(self, colour: Tensor) -> Tensor:
        """What the smooth enlargement lacks, (B, 48, h, w)."""
        x = F.silu(self.enter(colour))
        for layer in self.layers:
            x = x + F.silu(layer(x))
        return self.leave(x)
