"""Pictures to latents: one cell for 4 x 4 pixels, six channels.

Channels 0 to 2 are the cell's mean colour, turned to lightness and two colour differences, so latents show the picture without a
decoder and can be pulled towards a palette exactly. Channel 3 is how grainy the cell is. Channels 4 and 5 carry the scene that
the picture shows (`scene_planes.py`). Colour and grain are read off by formula; the scene is read by `scene_reader.py`; `decoder.py` draws.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

CELL = 4  # pixels
COLOUR_CHANNELS = 3
PICTURE_CHANNELS = 4
SCENE_CHANNELS = 2
LATENT_CHANNELS = PICTURE_CHANNELS + SCENE_CHANNELS
GRAIN_SCALE = 20.0
ROUGHNESS = 1.5  # the encoder's roughness of grain whose amplitude is 1
GRAIN_FLOOR = 0.008  # amplitude below which roughness is no grain

# Lightness and two opponent colours from RGB in -1..1; rows are scaled to about unit variance over the drawings.
RGB_TO_COLOUR = torch.tensor([[0.55, 0.85, 0.35], [1.9, -1.25, -0.65], [0.75, 0.75, -1.5]])
LATENT_MEAN = (0.05, 0.31, 0.22, 0.2)
LATENT_DEVIATION = (0.83, 1.0, 0.88, 0.43)


def per_channel(values: tuple[float, ...]) -> Tensor:
    """(1, C, 1, 1)."""
    return torch.tensor(values)[None, :, None, None]


def normalise(latent: Tensor) -> Tensor:
    """Colour and grain (B, 4, h, w) with mean 0 and deviation 1 over the drawings."""
    return (latent - per_channel(LATENT_MEAN).to(latent)) / per_channel(LATENT_DEVIATION).to(latent)


def restore(latent: Tensor) -> Tensor:
    """The inverse of `normalise`."""
    return latent * per_channel(LATENT_DEVIATION).to(latent) + per_channel(LATENT_MEAN).to(latent)


def to_latent(srgb: Tensor, grain: Tensor) -> Tensor:
    """Cells' mean colours (B, 3, h, w) in 0..1 and grain amplitude (B, 1, h, w) to normalised latents."""
    colour = F.conv2d(srgb * 2 - 1, RGB_TO_COLOUR.to(srgb)[..., None, None])
    rough = grain + GRAIN_FLOOR * (grain / GRAIN_FLOOR).clamp(0, 1)
    return normalise(torch.cat([colour, GRAIN_SCALE * ROUGHNESS * rough], 1))


def read_grain(latent: Tensor) -> Tensor:
    """Grain amplitude (B, 1, h, w) from latents before normalisation."""
    return (latent[:, COLOUR_CHANNELS:PICTURE_CHANNELS] / (GRAIN_SCALE * ROUGHNESS) - GRAIN_FLOOR).clamp(0, 0.08)


class Encoder(nn.Module):
    """A picture (B, 3, H, W) in -1..1 to normalised colour and grain (B, 4, H/4, W/4)."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("to_colour", RGB_TO_COLOUR.reshape(3, 3, 1, 1).clone())

    def forward(self, picture: Tensor) -> Tensor:
        colour = F.conv2d(F.avg_pool2d(picture, CELL), self.to_colour)
        light = picture.mean(1, keepdim=True)
        rough = (light - F.avg_pool2d(light, 3, 1, 1, count_include_pad=False)).abs()
        # An edge crosses some cells of a neighbourhood, grain fills all of them: the calmest tells grain.
        grain = -F.max_pool2d(-F.avg_pool2d(rough, CELL), 3, 1, 1)
        grain = F.avg_pool2d(grain, 3, 1, 1, count_include_pad=False)
        return normalise(torch.cat([colour, GRAIN_SCALE * 1.15 * grain], 1))
