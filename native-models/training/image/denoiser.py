"""The denoiser: convolutions around a transformer, painting with the colours that the prompt names; predicts v.

Shapes come from the transformer, where every patch of 2 x 2 cells sees every other; edges come from the convolutions, which
see single cells. Four things make small training go far. A cell is painted with a mix of the colours that the prompt names, plus
a shade: the net only says how likely each is before the cell is looked at, and Bayes' rule does the rest, so that named colours
come out as they are and shapes are learned without regard to colour. Coordinates are fed in relative to the picture, so that 'open space
at the top' needs no long reach. Where little noise is left, a cell may keep what it is. And guidance
(Ho and Salimans 2022) is part of the exported graph: the net without the prompt's words, but with its colours, is what the
net is pushed away from, so that subject, style and composition are stressed and colours are not.
"""

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .autoencoder import COLOUR_CHANNELS, LATENT_CHANNELS
from .noise_schedule import make_alphas
from .text_encoder import NAMED_COLUMNS
from .transformer import Layer, make_angles, scale_norm

COORDINATES = 6
BLURS = (3, 7)
NAMED = 4  # colours of a prompt that are painted with, in its order; the first is the ground
FREE = 4  # colours of the net's own, for prompts that name none
HEADS = (NAMED + FREE, LATENT_CHANNELS, 1)  # of the last convolution: scores of colours, shade, how much a cell keeps
SPREAD = 0.01  # variance of a cell around its colour, in the likelihood
DECISION = 3.0  # how much more decidedly a clean picture's cells take a colour than the net says
LATE = 8  # power of the signal by which that grows: layouts form undecided, edges do not stay so
SHADE_CALMING = 3
TONE = 0.8  # of the normalised lightness, between a colour that stands alone and its tone
PRESENCE = 1.0  # by how much a named colour's score leads where it is likeliest
FAR = -12.0  # score of a colour that is out of the question


@dataclass(frozen=True)
class DenoiserSize:
    """Channels of the convolutions and of the transformer, its layers, widths of prompt and condition."""

    cells: int = 64
    patches: int = 256
    layers: int = 6
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


def make_coordinates(sample: Tensor) -> Tensor:
    """(B, 6, H, W): x and y in -1..1, and their first waves."""
    height, width = sample.shape[2], sample.shape[3]
    ones = torch.ones_like(sample[:, :1])
    row = torch.cumsum(ones, 2) - 0.5
    column = torch.cumsum(ones, 3) - 0.5
    y, x = row * (2.0 / height) - 1, column * (2.0 / width) - 1
    return torch.cat([x, y, torch.sin(math.pi * x), torch.sin(math.pi * y), torch.cos(math.pi * x), torch.cos(math.pi * y)], 1)


def make_residues(sample: Tensor, level: Tensor) -> Tensor:
    """(B, 8, H, W): the sample minus its blurs, over the noise level (B, 1, 1, 1); large edges are squeezed."""
    parts = [sample - F.avg_pool2d(sample, side, 1, side // 2, count_include_pad=False) for side in BLURS]
    return torch.tanh(torch.cat(parts, 1) / (4 * level))


class Denoiser(nn.Module):
    """sample (B, 4, H, W), timestep (1) or (B), encoder_hidden_states (B, 48, text_width + 4) to v (B, 4, H, W)."""

    def __init__(self, size: DenoiserSize = DenoiserSize()) -> None:
        super().__init__()
        cells, patches, c, t = size.cells, size.patches, size.condition, size.text_width
        self.text_width = t
        self.time = nn.Sequential(nn.Linear(64, c), nn.SiLU(), nn.Linear(c, c))
        self.prompt = nn.Sequential(nn.Linear(t, c), nn.SiLU(), nn.Linear(c, c))
        self.picture_size = nn.Linear(2, c)
        self.nothing = nn.Parameter(torch.zeros(1, 1, t))
        self.register_buffer("alphas", make_alphas())
        self.conv_in = nn.Conv2d(LATENT_CHANNELS * (1 + len(BLURS)) + COORDINATES + NAMED, cells, 3, padding=1)
        self.before = nn.ModuleList(ConditionedBlock(cells, c) for _ in range(1))
        self.shrink = nn.Conv2d(cells, patches, 3, stride=2, padding=1)
        self.layers = nn.ModuleList(Layer(patches, c, t, index % 2 == 0) for index in range(size.layers))
        self.grow = nn.Conv2d(patches, 4 * cells, 1)
        self.after = nn.ModuleList(ConditionedBlock(cells, c) for _ in range(3))
        self.norm_out = nn.GroupNorm(8, cells)
        self.conv_out = nn.Conv2d(cells, sum(HEADS), 3, padding=1)
        self.keep, self.trust = nn.Linear(c, 1), nn.Linear(c, 1)
        self.palette = nn.Linear(NAMED * NAMED_COLUMNS, c)
        self.free_colours = nn.Linear(c, FREE * COLOUR_CHANNELS)
        for last in (self.conv_out, self.keep, self.trust):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, sample: Tensor, timestep: Tensor, encoder_hidden_states: Tensor, forget: Tensor | None = None) -> Tensor:
        """`forget` (B), 0 or 1: whether the words are withheld, all but their colours."""
        signal, level = self.read_levels(timestep)
        text, named = self.split_text(encoder_hidden_states)
        if forget is not None:
            text = text + forget.reshape(-1, 1, 1).to(text) * (self.nothing - text)
        heads = self.run_heads(sample, timestep, text, named)
        return (signal * sample - self.assemble(sample, signal, *heads)) / level

    def read_levels(self, timestep: Tensor) -> tuple[Tensor, Tensor]:
        """Share of picture and of noise, (B or 1, 1, 1, 1)."""
        alpha = self.alphas[timestep.reshape(-1).long()][:, None, None, None]
        return alpha.sqrt(), (1 - alpha).sqrt()

    def split_text(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """The learned states (B, 48, text_width), and the prompt's first colours in order (B, NAMED, 4), zeros where it has fewer."""
        flags, colours = hidden[..., self.text_width : self.text_width + 1], hidden[..., self.text_width :]
        order = torch.cumsum(flags, 1) * flags
        wanted = torch.cumsum(torch.ones_like(hidden[:1, :1, :NAMED]), 2)
        picked = 1 - (order - wanted).abs().clamp(max=1)
        return hidden[..., : self.text_width], picked.transpose(1, 2) @ colours

    def make_condition(self, sample: Tensor, timestep: Tensor, text: Tensor, named: Tensor) -> Tensor:
        """(B, condition): time, prompt, palette and picture size in one."""
        alpha = self.alphas[timestep.reshape(-1).long()]
        place = torch.atan2((1 - alpha).sqrt(), alpha.sqrt()) * (2 / math.pi)
        rates = math.pi * 2.0 ** torch.arange(0, 8, 0.25, device=sample.device)
        waves = place[:, None] * rates
        time = self.time(torch.cat([waves.sin(), waves.cos()], 1))
        ones = torch.ones_like(sample[:1, 0])
        sides = torch.stack([ones.sum(1).amax(), ones.sum(2).amax()])[None] / 32
        size = self.picture_size(torch.log(sides))
        return F.silu(time + self.prompt(text[:, 0]) + size + self.palette(named.flatten(1)))

    def weigh_colours(self, sample: Tensor, signal: Tensor, level: Tensor, named: Tensor) -> Tensor:
        """(B, NAMED, H, W): log-likelihood of each cell under each named colour, against the likeliest, at least FAR."""
        batch, _, height, width = sample.shape
        cells = sample[:, :COLOUR_CHANNELS].flatten(2)
        colours = signal.reshape(-1, 1, 1) * named[..., 1:]
        away = colours.square().sum(-1, keepdim=True) - 2 * colours @ cells
        score = -away / (2 * level.reshape(-1, 1, 1) ** 2 + SPREAD) + 1e4 * (named[..., :1] - 1)
        score = (score - score.amax(1, keepdim=True)).clamp(min=FAR)
        return score.reshape(batch, NAMED, height, width)

    def run_heads(self, sample: Tensor, timestep: Tensor, text: Tensor, named: Tensor) -> tuple[Tensor, ...]:
        """Scores of the colours (B, NAMED + FREE, H, W), the colours (B, NAMED + FREE, 3), shade (B, 4, H, W), share kept (B, 1, H, W)."""
        signal, level = self.read_levels(timestep)
        condition = self.make_condition(sample, timestep, text, named)
        likely = self.weigh_colours(sample, signal, level, named)
        seen = [sample, make_residues(sample, level), make_coordinates(sample), torch.softmax(likely, 1)]
        x = self.conv_in(torch.cat(seen, 1))
        for block in self.before:
            x = block(x, condition)
        x = self.plan(x, condition, text) + x
        for block in self.after:
            x = block(x, condition)
        scores, shade, keep = self.conv_out(F.silu(self.norm_out(x))).float().split(HEADS, 1)
        keep = torch.sigmoid(keep + self.keep(condition)[:, :, None, None])
        trust = torch.sigmoid(2 + self.trust(condition))[:, :, None, None]
        known = named[..., 0][:, :, None, None]
        likely = trust * likely + 2 * FAR * (1 - known)
        unasked = 2 * FAR * known.amax(1, keepdim=True).expand(-1, FREE, -1, -1) + 0 * likely
        free = self.free_colours(condition).reshape(-1, FREE, COLOUR_CHANNELS).to(named)
        return scores + torch.cat([likely, unasked], 1), torch.cat([named[..., 1:], free], 1), shade, keep

    def plan(self, x: Tensor, condition: Tensor, text: Tensor) -> Tensor:
        """The transformer's word on cells (B, cells, H, W)."""
        height, width = x.shape[2], x.shape[3]
        x = self.shrink(x)
        angles = make_angles(x)
        batch, channels, rows, columns = x.shape
        patches = x.flatten(2).transpose(1, 2)
        for layer in self.layers:
            patches = layer(patches, condition, text, angles)
        x = scale_norm(patches).transpose(1, 2).reshape(batch, channels, rows, columns)
        return F.pixel_shuffle(self.grow(x), 2)[:, :, :height, :width]

    def assemble(self, sample: Tensor, signal: Tensor, scores: Tensor, colours: Tensor, shade: Tensor, keep: Tensor) -> Tensor:
        """The predicted picture (B, 4, H, W)."""
        batch, _, height, width = sample.shape
        shares = torch.softmax(scores, 1).flatten(2)
        painted = (colours.transpose(1, 2) @ shares).reshape(batch, COLOUR_CHANNELS, height, width)
        painted = torch.cat([painted, torch.zeros_like(sample[:, COLOUR_CHANNELS:])], 1)
        return keep * signal * sample + (1 - keep) * painted + shade


class GuidedDenoiser(nn.Module):
    """The denoiser pushed away from what it would do without the words, and drawn more decidedly; same inputs, same output.

    A net that was trained for two hours is unsure of single cells. So, where little noise is left, its scores count for more, which
    gives shapes their edges; earlier they must not, or small shapes are lost. Its shades of colour are averaged over neighbours, or
    they would show as speckles. A named colour that wins nowhere is lifted until it wins where it is likeliest, so that none is left out.
    """

    def __init__(self, denoiser: Denoiser, guidance: float) -> None:
        super().__init__()
        self.denoiser, self.guidance = denoiser, guidance

    def forward(self, sample: Tensor, timestep: Tensor, encoder_hidden_states: Tensor) -> Tensor:
        net = self.denoiser
        signal, level = net.read_levels(timestep)
        text, named = net.split_text(encoder_hidden_states)
        named = add_tone(named)
        both = torch.cat([text, text * 0 + net.nothing], 0)
        twice, palette = torch.cat([sample, sample], 0), torch.cat([named, named], 0)
        scores, colours, shade, _ = net.run_heads(twice, timestep, both, palette)
        scores, shade = self.push(scores), self.push(shade)
        shade = torch.cat([calm(shade[:, :COLOUR_CHANNELS], SHADE_CALMING), shade[:, COLOUR_CHANNELS:]], 1)
        scores = lift_absent(scores, named[..., 0], level) * (1 + (DECISION - 1) * signal.pow(LATE))
        picture = net.assemble(sample, signal, scores, colours[: sample.shape[0]], shade, torch.zeros_like(shade[:, :1]))
        return (signal * sample - picture) / level

    def push(self, both: Tensor) -> Tensor:
        """With words and without (2 B, C, H, W) to guided (B, C, H, W)."""
        with_words, without = both.chunk(2, 0)
        return without + self.guidance * (with_words - without)


def add_tone(named: Tensor) -> Tensor:
    """The prompt's colours (B, NAMED, 4), and where there is but one, a tone of it as the second: dark beside light, light beside dark."""
    first, second = named[:, :1], named[:, 1:2]
    alone = first[..., :1] * (1 - second[..., :1])
    lightness = first[..., 1:2]
    tone = torch.cat([first[..., :1], lightness - TONE * torch.tanh(4 * lightness), first[..., 2:]], -1)
    return torch.cat([first, second + alone * tone, named[:, 2:]], 1)


def lift_absent(scores: Tensor, known: Tensor, level: Tensor) -> Tensor:
    """Scores (B, NAMED + FREE, H, W) with those of absent named colours (`known` (B, NAMED): 1 where there is one) raised, while there is noise."""
    wide = calm(scores, 4)
    named = wide[:, :NAMED]
    lead = torch.stack([named[:, i] - torch.cat([wide[:, :i], wide[:, i + 1 :]], 1).amax(1) for i in range(NAMED)], 1)
    lift = (PRESENCE - lead.amax((2, 3), keepdim=True)).clamp(min=0, max=-FAR) * known[:, :, None, None] * level
    return scores + torch.cat([lift.expand_as(named), 0 * wide[:, NAMED:]], 1)


def calm(x: Tensor, times: int) -> Tensor:
    """The mean of 3 x 3, so many times over."""
    for _ in range(times):
        x = F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    return x
