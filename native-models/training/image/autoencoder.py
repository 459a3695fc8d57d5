"""The autoencoder: a fixed encoder and a learned decoder; one latent cell for 16 x 16 pixels, four channels.

Channels 0 to 2 are the cell's mean colour, turned to lightness and two colour differences, so
latents show the picture without a decoder and can be pulled towards a palette exactly. Channel 3
is how grainy the cell is. The drawings are made of edges and slopes; the decoder, trained on them,
finds from the mean colours of neighbouring cells where the edges run and draws them sharp. Grain
cannot be coded, so the decoder gives its amplitude, and the export lays noise of that amplitude on.

The encoder sees the picture at half its size; data for the denoiser is drawn at half size at once.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

HALVING = 2
CELL = 8  # pixels of the halved picture
PIXELS_PER_CELL = CELL * HALVING
LATENT_CHANNELS = 4
COLOUR_CHANNELS = 3
GRAIN_SCALE = 20.0

# Lightness and two opponent colours from RGB in -1..1; rows are scaled to about unit variance over the drawings.
RGB_TO_COLOUR = torch.tensor([[0.55, 0.85, 0.35], [1.9, -1.25, -0.65], [0.75, 0.75, -1.5]])


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
    """A halved picture (B, 3, H/2, W/2) in -1..1 to (B, 4, H/16, W/16), before normalisation. Nothing is learned."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("to_colour", RGB_TO_COLOUR.reshape(3, 3, 1, 1).clone())

    def forward(self, picture: Tensor) -> Tensor:
        colour = F.conv2d(F.avg_pool2d(picture, CELL), self.to_colour)
        light = picture.mean(1, keepdim=True)
        rough = (light - F.avg_pool2d(light, 3, 1, 1, count_include_pad=False)).abs()
        # An edge crosses some quarters of a cell, grain fills all of them: the calmest quarter tells grain.
        grain = -F.max_pool2d(-F.avg_pool2d(rough, CELL // 2), 2)
        return torch.cat([colour, GRAIN_SCALE * grain], 1)


class Upsample(nn.Module):
    """Twice the size by nearest neighbour and a convolution: no checkerboard by construction."""

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, out_channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class Decoder(nn.Module):
    """(B, 4, h, w) to RGB (B, 3, 16h, 16w), about -1..1, and grain amplitude (B, 1, 16h, 16w)."""

    def __init__(self, width: int = 96) -> None:
        super().__init__()
        self.register_buffer("to_rgb", torch.linalg.inv(RGB_TO_COLOUR).reshape(3, 3, 1, 1).clone())
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
            Upsample(width // 3, width // 4),
            ResidualBlock(width // 4),
            nn.LeakyReLU(0.1),
            Upsample(width // 4, width // 6),
            nn.LeakyReLU(0.1),
            nn.Conv2d(width // 6, 4, 3, padding=1),
        )

    def forward(self, latent: Tensor) -> tuple[Tensor, Tensor]:
        colour = F.conv2d(latent[:, :COLOUR_CHANNELS], self.to_rgb)
        base = F.interpolate(colour, scale_factor=float(PIXELS_PER_CELL), mode="bilinear", align_corners=False)
        drawn = self.body(latent)
        return base + drawn[:, :3], drawn[:, 3:]
