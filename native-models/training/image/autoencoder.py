"""The autoencoder's fixed half: one latent cell for 8 x 8 pixels, four channels; nothing is learned.

Channels 0 to 2 are the cell's mean colour, turned to lightness and two colour differences, so
latents show the picture without a decoder and can be pulled towards a palette exactly. Channel 3
is how grainy the cell is. The drawings are made of edges and slopes; `edge_decoder.py` finds from the
mean colours of neighbouring cells where the edges run and draws them sharp.

The encoder sees the picture at half its size; data for the denoiser is drawn at half size at once.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

HALVING = 2
CELL = 4  # pixels of the halved picture
PIXELS_PER_CELL = CELL * HALVING
LATENT_CHANNELS = 4
COLOUR_CHANNELS = 3
GRAIN_SCALE = 20.0

# Lightness and two opponent colours from RGB in -1..1; rows are scaled to about unit variance over the drawings.
RGB_TO_COLOUR = torch.tensor([[0.55, 0.85, 0.35], [1.9, -1.25, -0.65], [0.75, 0.75, -1.5]])
# Over drawings of all sizes.
LATENT_MEAN = (0.05, 0.31, 0.22, 0.2)
LATENT_DEVIATION = (0.83, 1.0, 0.88, 0.43)


def per_channel(values: tuple[float, ...]) -> Tensor:
    """(1, C, 1, 1)."""
    return torch.tensor(values)[None, :, None, None]


def normalise(latent: Tensor) -> Tensor:
    """Latents (B, 4, h, w) with mean 0 and deviation 1 over the drawings."""
    return (latent - per_channel(LATENT_MEAN).to(latent)) / per_channel(LATENT_DEVIATION).to(latent)


def normalise_colour(rgb: Tensor) -> Tensor:
    """RGB (3) in -1..1 to the three normalised colour channels."""
    return (RGB_TO_COLOUR @ rgb - torch.tensor(LATENT_MEAN[:3])) / torch.tensor(LATENT_DEVIATION[:3])


class Encoder(nn.Module):
    """A halved picture (B, 3, H/2, W/2) in -1..1 to (B, 4, H/8, W/8), before normalisation."""

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
