"""The denoiser: a three-level UNet with attention to the prompt, predicting v.

Four things make small training go far. The picture is painted with the prompt: every cell's colour
is a mix of the colours of the prompt's words, chosen by attention, plus a shade; so named colours
come out as they are and calm areas stay clean. What a blur takes away, divided by the noise level, is fed
in and may pass straight to the output, because on smooth ground it is the noise already; the coordinates of each cell are fed in, relative to the
picture, so that 'open space at the top' needs no long reach and larger sizes do not repeat. And
the prompt's first position modulates every block, so that colours reach every cell at once.
"""

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .autoencoder import COLOUR_CHANNELS, LATENT_CHANNELS
from .noise_schedule import make_alphas
from .text_encoder import attend

COORDINATES = 6
BLURS = (3, 7)
RESIDUES = LATENT_CHANNELS * len(BLURS)
BRUSH = 32  # length of the keys that match cells and words


@dataclass(frozen=True)
class DenoiserSize:
    """Channels of the three levels, blocks per level, width of the prompt."""

    widths: tuple[int, int, int] = (48, 96, 224)
    blocks: int = 1
    middle: int = 2
    text_width: int = 128
    condition: int = 256

    def to_dict(self) -> dict:
        return asdict(self)


class ConditionedBlock(nn.Module):
    """Two 3 x 3 convolutions; time and prompt scale and shift what lies between."""

    def __init__(self, channels: int, condition: int) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.GroupNorm(8, channels), nn.GroupNorm(8, channels)
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.modulate = nn.Linear(condition, 2 * channels)
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift = self.modulate(condition)[:, :, None, None].chunk(2, 1)
        h = self.conv1(F.silu(self.norm1(x)))
        h = self.norm2(h) * (1 + scale) + shift
        return x + self.conv2(F.silu(h))


class PromptAttention(nn.Module):
    """Cells look at the prompt's tokens and, where `look_around`, at each other."""

    def __init__(self, channels: int, text_width: int, look_around: bool) -> None:
        super().__init__()
        self.heads = channels // 32
        self.look_around = look_around
        self.norm = nn.LayerNorm(channels)
        self.query, self.out = nn.Linear(channels, channels), nn.Linear(channels, channels)
        self.key, self.value = nn.Linear(text_width, channels), nn.Linear(text_width, channels)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        if look_around:
            self.self_norm, self.mlp_norm = nn.LayerNorm(channels), nn.LayerNorm(channels)
            self.self_query, self.self_key, self.self_value, self.self_out = (
                nn.Linear(channels, channels) for _ in range(4))
            self.mlp = nn.Sequential(nn.Linear(channels, 2 * channels), nn.GELU(), nn.Linear(2 * channels, channels))
            for last in (self.self_out, self.mlp[2]):
                nn.init.zeros_(last.weight)
                nn.init.zeros_(last.bias)

    def forward(self, x: Tensor, text: Tensor) -> Tensor:
        batch, channels, height, width = x.shape
        cells = x.permute(0, 2, 3, 1).reshape(batch, -1, channels)
        if self.look_around:
            h = self.self_norm(cells)
            around = attend(self.self_query(h), self.self_key(h), self.self_value(h), self.heads)
            cells = cells + self.self_out(around)
        h = self.norm(cells)
        cells = cells + self.out(attend(self.query(h), self.key(text), self.value(text), self.heads))
        if self.look_around:
            cells = cells + self.mlp(self.mlp_norm(cells))
        return cells.reshape(batch, height, width, channels).permute(0, 3, 1, 2)


def make_coordinates(sample: Tensor) -> Tensor:
    """(B, 6, H, W): x and y in -1..1, their first waves, and the distance from the middle of a unit square."""
    height, width = sample.shape[2], sample.shape[3]
    ones = torch.ones_like(sample[:, :1])
    row = torch.cumsum(ones, 2) - 0.5
    column = torch.cumsum(ones, 3) - 0.5
    y, x = row * (2.0 / height) - 1, column * (2.0 / width) - 1
    return torch.cat([x, y, torch.sin(math.pi * x), torch.sin(math.pi * y), torch.cos(math.pi * x), torch.cos(math.pi * y)], 1)


def make_residues(sample: Tensor, level: Tensor) -> Tensor:
    """(B, 8, H, W): the sample minus its blurs, over the noise level (1 or B); large edges are squeezed."""
    parts = [sample - F.avg_pool2d(sample, side, 1, side // 2, count_include_pad=False) for side in BLURS]
    return 4 * torch.tanh(torch.cat(parts, 1) / (4 * level))


class Denoiser(nn.Module):
    """sample (B, 4, H, W), timestep (1) or (B), encoder_hidden_states (B, 48, text_width) to v (B, 4, H, W)."""

    def __init__(self, size: DenoiserSize = DenoiserSize()) -> None:
        super().__init__()
        w0, w1, w2 = size.widths
        c, t = size.condition, size.text_width
        self.time = nn.Sequential(nn.Linear(64, c), nn.SiLU(), nn.Linear(c, c))
        self.prompt = nn.Sequential(nn.Linear(t, c), nn.SiLU(), nn.Linear(c, c))
        self.picture_size = nn.Linear(2, c)
        self.register_buffer("noise_level", (1 - make_alphas()).sqrt())
        self.conv_in = nn.Conv2d(LATENT_CHANNELS + COORDINATES + RESIDUES, w0, 3, padding=1)
        self.down0 = nn.ModuleList(ConditionedBlock(w0, c) for _ in range(size.blocks))
        self.shrink0 = nn.Conv2d(w0, w1, 3, stride=2, padding=1)
        self.down1 = nn.ModuleList(ConditionedBlock(w1, c) for _ in range(size.blocks))
        self.look1 = nn.ModuleList(PromptAttention(w1, t, False) for _ in range(size.blocks))
        self.shrink1 = nn.Conv2d(w1, w2, 3, stride=2, padding=1)
        self.middle = nn.ModuleList(ConditionedBlock(w2, c) for _ in range(size.middle))
        self.look2 = nn.ModuleList(PromptAttention(w2, t, True) for _ in range(size.middle))
        self.grow1 = nn.Conv2d(w2, w1, 1)
        self.up1 = nn.ModuleList(ConditionedBlock(w1, c) for _ in range(size.blocks))
        self.lookup1 = nn.ModuleList(PromptAttention(w1, t, False) for _ in range(size.blocks))
        self.grow0 = nn.Conv2d(w1, w0, 1)
        self.up0 = nn.ModuleList(ConditionedBlock(w0, c) for _ in range(size.blocks))
        self.norm_out = nn.GroupNorm(8, w0)
        self.conv_out = nn.Conv2d(w0, LATENT_CHANNELS, 3, padding=1)
        nn.init.zeros_(self.conv_out.weight)
        nn.init.zeros_(self.conv_out.bias)
        self.brush = nn.Conv2d(w0, BRUSH, 3, padding=1)
        self.word_key = nn.Linear(t, BRUSH)
        self.word_colour = nn.Sequential(nn.Linear(t, t), nn.SiLU(), nn.Linear(t, COLOUR_CHANNELS))
        self.pass_sample = nn.Linear(c, LATENT_CHANNELS + RESIDUES)
        nn.init.zeros_(self.pass_sample.weight)
        nn.init.zeros_(self.pass_sample.bias)

    def make_condition(self, sample: Tensor, timestep: Tensor, text: Tensor) -> Tensor:
        """(B, condition): time, prompt and the picture's size in cells."""
        frequency = torch.exp(torch.arange(32, device=sample.device) * (-math.log(10000.0) / 31))
        phase = timestep.reshape(-1, 1).to(sample.dtype) * frequency
        time = self.time(torch.cat([torch.sin(phase), torch.cos(phase)], 1))
        ones = torch.ones_like(sample[:1, 0])
        tall = torch.log(ones[:, :, :1].sum(1) / 24)
        wide = torch.log(ones[:, :1].sum(2) / 24)
        size = self.picture_size(torch.cat([tall, wide], 1))
        return F.silu(time + self.prompt(text[:, 0]) + size)

    def forward(self, sample: Tensor, timestep: Tensor, encoder_hidden_states: Tensor) -> Tensor:
        text = encoder_hidden_states
        condition = self.make_condition(sample, timestep, text)
        level = self.noise_level[timestep.reshape(-1).long()][:, None, None, None]
        residues = make_residues(sample, level)
        x = self.conv_in(torch.cat([sample, make_coordinates(sample), residues], 1))
        for block in self.down0:
            x = block(x, condition)
        skip0 = x
        x = self.shrink0(x)
        for block, look in zip(self.down1, self.look1, strict=True):
            x = look(block(x, condition), text)
        skip1 = x
        x = self.shrink1(x)
        for block, look in zip(self.middle, self.look2, strict=True):
            x = look(block(x, condition), text)
        x = skip1 + grow(self.grow1(x), skip1)
        for block, look in zip(self.up1, self.lookup1, strict=True):
            x = look(block(x, condition), text)
        x = skip0 + grow(self.grow0(x), skip0)
        for block in self.up0:
            x = block(x, condition)
        x = F.silu(self.norm_out(x))
        share = self.pass_sample(condition)[:, :, None, None]
        passed = share * torch.cat([sample, residues], 1)
        shade = self.conv_out(x) + sum(passed.chunk(1 + len(BLURS), 1))
        picture = torch.cat([self.paint(x, text), torch.zeros_like(sample[:, COLOUR_CHANNELS:])], 1) + shade
        # From the picture to v: v = (a * sample - picture) / s.
        return ((1 - level * level).clamp(min=0).sqrt() * sample - picture) / level

    def paint(self, x: Tensor, text: Tensor) -> Tensor:
        """Each cell's mix of the words' colours, (B, 3, H, W)."""
        batch, _, height, width = x.shape
        brush = self.brush(x).permute(0, 2, 3, 1).reshape(batch, -1, BRUSH)
        share = torch.softmax(brush @ self.word_key(text).transpose(1, 2) * BRUSH**-0.5, -1)
        return (share @ self.word_colour(text)).reshape(batch, height, width, COLOUR_CHANNELS).permute(0, 3, 1, 2)


def grow(x: Tensor, like: Tensor) -> Tensor:
    """Twice the size; one row or column is cut where `like` is odd."""
    x = F.interpolate(x, scale_factor=2.0, mode="nearest")
    return x[:, :, : like.shape[2], : like.shape[3]]
