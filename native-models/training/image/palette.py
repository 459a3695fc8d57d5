"""The palette step of the exported denoiser: paints the predicted picture with the prompt's colours.

A denoiser trained for minutes knows where a prompt's colours lie, but draws no edges. So the
predicted picture is smoothed and then, as noise falls, every cell that leans from the ground
towards another named colour takes that colour: smooth fields become clean shapes, and named
colours come out as they are. Which words are colours, which one is the ground, which colour each
is, which words ask for soft transitions and which for open space are linear readings of the text
encoder's output, fitted by least squares. Where open space is asked for, the ground wins.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from drawings.colour import hex_to_srgb
from drawings.vocabulary import COLOURS

from .autoencoder import COLOUR_CHANNELS, RGB_TO_COLOUR
from .denoiser import Denoiser, make_coordinates
from .noise_schedule import make_alphas
from .text_encoder import TextEncoder
from .tokenizer import PromptTokenizer

SOFT_WORDS = ("soft", "mesh", "gradient", "focus")
HARD_PULL, SOFT_PULL = 12.0, 2.5  # how decidedly a cell takes a colour
LEAN, LEAN_PER_COLOUR = 0.2, 0.22  # deviations over the picture's mean lean at which a cell takes a colour
FLAGS = 3
# Words of the compositions; `find_busy` says which part of the picture each leaves for the shapes.
PLACES = ("top", "bottom", "left", "right", "centred")
# A place that a prompt names reads as 0.3 to 0.8, one that it does not name as at most 0.15.
ASKED, ASKED_STEEPNESS = 0.25, 40.0
EDGE = 9.0  # steepness of the border between busy and open
REFUSAL = 6.0  # how far below the ground the named colours are held in open space
RIDGE = 1e-3


@torch.no_grad()
def fit_readings(text: TextEncoder, captions: list[str], mean: Tensor, deviation: Tensor) -> tuple[Tensor, Tensor]:
    """Weight (width, 11) and bias (11): is a colour, is the ground, asks for softness, the latent colour, and the PLACES."""
    tokenizer = PromptTokenizer()
    places = torch.zeros(tokenizer.size, len(PLACES))
    targets = torch.zeros(tokenizer.size, FLAGS + COLOUR_CHANNELS)
    for word in SOFT_WORDS:
        targets[tokenizer.encode(word)[1], 2] = 1
    for index, word in enumerate(PLACES):
        places[tokenizer.encode(word)[1], index] = 1
    for name, value in COLOURS.items():
        token = tokenizer.encode(name)[1]
        latent = RGB_TO_COLOUR @ (torch.from_numpy(hex_to_srgb(value)) * 2 - 1)
        targets[token, 0] = 1
        targets[token, FLAGS:] = (latent - mean.reshape(-1)[:3]) / deviation.reshape(-1)[:3]
    ids = torch.tensor([tokenizer.encode(caption) for caption in captions])
    hidden = torch.cat([text(chunk) for chunk in ids.split(128)]).reshape(-1, text.position.shape[-1]).double()
    wanted = targets[ids].double()
    first = torch.cumsum(wanted[..., 0], 1) == 1
    wanted[..., 1] = wanted[..., 0] * first
    wanted = wanted.reshape(-1, FLAGS + COLOUR_CHANNELS)
    rows = torch.cat([hidden, torch.ones(len(hidden), 1, dtype=torch.float64)], 1)
    flags = solve(rows, wanted[:, :FLAGS])
    asked = solve(rows, places[ids].reshape(-1, len(PLACES)).double())
    named = wanted[:, 0] > 0
    colours = solve(rows[named], wanted[named, FLAGS:])
    fitted = torch.cat([flags, colours, asked], 1)
    error = (rows[named] @ colours - wanted[named, FLAGS:]).square().mean().sqrt()
    print(f"palette readings: {len(captions)} captions, colour error {error:.3f} deviations", flush=True)
    return fitted[:-1].float(), fitted[-1].float()


def solve(rows: Tensor, wanted: Tensor) -> Tensor:
    """Ridge regression: the weights that take rows to what is wanted."""
    gram = rows.T @ rows + RIDGE * len(rows) * torch.eye(rows.shape[1], dtype=rows.dtype)
    return torch.linalg.solve(gram, rows.T @ wanted)


def read_captions(work: Path, count: int = 2000) -> list[str]:
    """The first captions of the smallest set."""
    path = sorted((work / "sets").glob("*/captions.json"))[0]
    return json.loads(path.read_text(encoding="utf-8"))[:count]


class PaletteDenoiser(nn.Module):
    """The denoiser with the palette step; same inputs, same output v."""

    def __init__(self, denoiser: Denoiser, weight: Tensor, bias: Tensor, blurs: int = 2) -> None:
        super().__init__()
        self.denoiser = denoiser
        self.blurs = blurs
        self.register_buffer("reading", weight)
        self.register_buffer("reading_bias", bias)
        alphas = make_alphas()
        self.register_buffer("level", (1 - alphas).sqrt())
        # 0 above three quarters of noise variance, 1 below a quarter.
        self.register_buffer("snap", torch.from_numpy(
            np.clip((alphas.numpy() - 0.15) / 0.5, 0, 1).astype(np.float32)))

    def forward(self, sample: Tensor, timestep: Tensor, encoder_hidden_states: Tensor) -> Tensor:
        step = timestep.reshape(-1).long()
        level = self.level[step][:, None, None, None]
        signal = (1 - level * level).clamp(min=0).sqrt()
        picture = signal * sample - level * self.denoiser(sample, timestep, encoder_hidden_states)
        for _ in range(self.blurs):
            picture = F.avg_pool2d(picture, 3, 1, 1, count_include_pad=False)
        colour = picture[:, :COLOUR_CHANNELS]
        share = self.snap[step][:, None, None, None]
        reading = encoder_hidden_states @ self.reading + self.reading_bias
        busy = self.find_busy(sample, reading)
        painted = colour + share * (self.paint(colour, reading, busy) - colour)
        picture = torch.cat([painted, picture[:, COLOUR_CHANNELS:]], 1)
        return (signal * sample - picture) / level

    def find_busy(self, sample: Tensor, reading: Tensor) -> Tensor:
        """(B, 1, H, W): 1 where the prompt lets the picture be busy, 0 in the open space that it asks for."""
        x, y = make_coordinates(sample)[:, :2].split(1, 1)
        r = (x.abs() ** 2.5 + y.abs() ** 2.5 + 1e-6) ** 0.4
        inside = torch.cat([y - 0.04, -0.04 - y, -0.16 - x, x - 0.16, 0.72 - r], 1)
        asked = (ASKED_STEEPNESS * (reading[..., FLAGS + COLOUR_CHANNELS :].amax(1) - ASKED)).sigmoid()[:, :, None, None]
        return 1 - (asked * (-EDGE * inside).sigmoid()).amax(1, keepdim=True)

    def paint(self, colour: Tensor, reading: Tensor, busy: Tensor) -> Tensor:
        """Every cell painted with the named colour it leans to; unchanged where none is named."""
        batch, channels, height, width = colour.shape
        known = 40 * (20 * (reading[..., 0] - 0.5)).clamp(-10, 0)[:, None]
        soft = (2 * reading[..., 2].amax(1) - 0.5).clamp(0, 1)
        pull = (HARD_PULL + soft * (SOFT_PULL - HARD_PULL))[:, None, None]
        named = reading[..., FLAGS : FLAGS + COLOUR_CHANNELS]
        ground_share = torch.softmax(30 * reading[..., 1], 1)[:, None]
        ground = ground_share @ named
        way = named - ground
        cells = colour.permute(0, 2, 3, 1).reshape(batch, -1, channels)
        allowed = busy.permute(0, 2, 3, 1).reshape(batch, -1, 1)
        lean = (cells - ground) @ way.transpose(1, 2) / (way.square().sum(-1)[:, None] + 0.05)
        # Measured against the busy part's own mean, so that every named colour finds a place in it.
        total = allowed.sum(1, keepdim=True) + 1e-3
        lean = lean - (allowed * lean).sum(1, keepdim=True) / total
        lean = lean / (((allowed * lean.square()).sum(1, keepdim=True) / total).sqrt() + 0.02)
        count = reading[..., 0].clamp(0, 1).sum(1)[:, None, None]
        # Less room, less ground in it.
        threshold = (LEAN + LEAN_PER_COLOUR * count) * (2 * total / height / width - 1).clamp(-0.4, 1)
        score = (lean - REFUSAL * (1 - allowed)) * (1 - ground_share) + ground_share * threshold
        mixed = torch.softmax(known + pull * score, -1) @ named
        any_named = (20 * (reading[..., 0].amax(1) - 0.5)).sigmoid()[:, None, None]
        cells = cells + any_named * (mixed - cells)
        return cells.reshape(batch, height, width, channels).permute(0, 3, 1, 2)
