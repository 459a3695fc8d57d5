"""A small autoencoder: one latent cell for 8 x 8 pixels, six channels.

Channels 0 to 2 are the cell's mean colour, turned to lightness and two colour differences; they
are fixed, so latents show the picture without a decoder and can be pulled towards a palette.
Channels 3 to 5 are learned: where edges lie within a cell, and how grainy it is. The decoder
draws edges over the smooth mean colours. Grain cannot be coded, so the decoder gives its
amplitude, and the export lays noise of that amplitude on.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

CELL = 8
LATENT_CHANNELS = 6
FIXED_CHANNELS = 3

# Lightness and two opponent colours from RGB in -1..1; rows are scaled to about unit variance over the drawings.
RGB_TO_FIXED = torch.tensor([[0.55, 0.85, 0.35], [1.9, -1.25, -0.65], [0.75, 0.75, -1.5]])


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions around a skip; starts as the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.leaky_relu(self.first(F.leaky_relu(x, 0.1)), 0.1))


class Encoder(nn.Module):
    """(B, 3, H, W) in -1..1 to (B, 6, H/8, W/8), before normalisation."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.register_buffer("to_fixed", RGB_TO_FIXED.reshape(3, 3, 1, 1).clone())
        self.body = nn.Sequential(
            nn.PixelUnshuffle(4),
            nn.Conv2d(48, width, 3, padding=1),
            ResidualBlock(width),
            nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
            ResidualBlock(2 * width),
            nn.Conv2d(2 * width, LATENT_CHANNELS - FIXED_CHANNELS, 1),
        )

    def forward(self, picture: Tensor) -> Tensor:
        fixed = F.conv2d(F.avg_pool2d(picture, CELL), self.to_fixed)
        return torch.cat([fixed, self.body(picture)], 1)


class Upsample(nn.Module):
    """Twice the size by nearest neighbour and a convolution: no checkerboard by construction."""

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, out_channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class Decoder(nn.Module):
    """(B, 6, h, w) to RGB (B, 3, 8h, 8w), about -1..1, and grain amplitude (B, 1, 8h, 8w)."""

    def __init__(self, width: int = 96) -> None:
        super().__init__()
        self.register_buffer("to_rgb", torch.linalg.inv(RGB_TO_FIXED).reshape(3, 3, 1, 1).clone())
        self.body = nn.Sequential(
            nn.Conv2d(LATENT_CHANNELS, width, 3, padding=1),
            ResidualBlock(width),
            ResidualBlock(width),
            Upsample(width, width // 2),
            ResidualBlock(width // 2),
            ResidualBlock(width // 2),
            Upsample(width // 2, width // 3),
            ResidualBlock(width // 3),
            nn.LeakyReLU(0.1),
            Upsample(width // 3, width // 6),
            nn.LeakyReLU(0.1),
            nn.Conv2d(width // 6, 4, 3, padding=1),
        )

    def forward(self, latent: Tensor) -> tuple[Tensor, Tensor]:
        colour = F.conv2d(latent[:, :FIXED_CHANNELS], self.to_rgb)
        base = F.interpolate(colour, scale_factor=float(CELL), mode="bilinear", align_corners=False)
        drawn = self.body(latent)
        return base + drawn[:, :3], drawn[:, 3:]
