"""A scene in numbers: which family, style and composition, which colours, and how it is laid out.

Every number is about standard normal over the drawings, so that noise can be added to it. A gene is read either as it is or, by the
normal distribution's own curve, as an even choice between two ends.
"""

import math
from functools import lru_cache

import torch
from torch import Tensor

from .vocabulary import COMPOSITIONS, FAMILIES, MOODS, STYLES

SLOTS = 4  # colours of a scene; the first is the ground
COLOUR_NUMBERS = 4  # whether the slot is used, and its colour
NAMES: tuple[str, ...] = (
    "density", "scale", "contrast", "warmth", "light", "stroke", "blur", "badge", "badge_kind", "share",
    "turn", "shift_x", "shift_y", "spread", "step", "fat", "count", "bend", "tilt", "lean", "size", "mix",
    "jitter_1", "jitter_2", "jitter_3", "jitter_4", "kind", "corner", "warp", "order",
    "field_turn", "field_scale", "field_1", "field_2", "field_3", "field_4", "field_5",
    "other_turn", "other_1", "other_2", "other_3", "other_4", "other_5",
    "crest_1", "crest_2", "crest_3", "crest_4", "crest_5", "crest_6", "sun_x", "sun_y", "sun_size",
)
CODES = (("family", FAMILIES, 4.0), ("style", STYLES, 2.5), ("composition", COMPOSITIONS, 2.5))

# What a mood means: the middles of density, scale and contrast as factors, and of warmth.
_TEMPERS: dict[str, tuple[float, float, float, float]] = {
    "calm": (0.70, 1.25, 0.6, 0.0), "bold": (0.80, 1.40, 1.3, 0.0), "playful": (1.20, 0.95, 1.0, 0.0),
    "elegant": (0.75, 1.05, 0.8, 0.0), "warm": (1.00, 1.00, 0.9, 1.5), "cool": (1.00, 1.00, 0.9, -1.5),
    "fresh": (1.00, 0.95, 0.9, -0.5), "energetic": (1.35, 0.90, 1.4, 0.4), "quiet": (0.55, 1.20, 0.4, 0.0),
    "dense": (1.55, 0.78, 1.0, 0.0),
}
DENSITY_REACH, SCALE_REACH, CONTRAST_REACH = 0.45, 0.3, 0.5  # of the logarithms
_SETTLED = 0.35  # deviation of a gene that the mood decides


def place_codes() -> dict[str, slice]:
    """Where each part of a scene's numbers lies."""
    places, start = {}, 0
    for name, words, _ in CODES:
        places[name] = slice(start, start + len(words))
        start += len(words)
    places["palette"] = slice(start, start + SLOTS * COLOUR_NUMBERS)
    start += SLOTS * COLOUR_NUMBERS
    places["genes"] = slice(start, start + len(NAMES))
    return places


PLACES = place_codes()
USED = PLACES["genes"].stop


@lru_cache
def mood_table() -> Tensor:
    """(moods, genes, 2): middle and deviation of every gene under every mood."""
    table = torch.zeros(len(MOODS), len(NAMES), 2)
    table[..., 1] = 1
    reaches = (DENSITY_REACH, SCALE_REACH, CONTRAST_REACH)
    for row, mood in enumerate(MOODS):
        temper = _TEMPERS[mood]
        middles = [math.log(value) / reach for value, reach in zip(temper[:3], reaches, strict=True)] + [temper[3]]
        for column, middle in enumerate(middles):
            table[row, column] = torch.tensor([middle, _SETTLED])
    return table


def sample_genes(moods: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """(B, genes) for mood numbers (B)."""
    table = mood_table().to(moods.device)[moods]
    noise = torch.randn(table.shape[:2], generator=generator, device=moods.device)
    return table[..., 0] + noise * table[..., 1]


def encode_code(which: Tensor, name: str) -> Tensor:
    """(B) numbers of words to (B, words), mean 0 and larger for the one."""
    words, size = next((words, size) for code, words, size in CODES if code == name)
    one = torch.nn.functional.one_hot(which, len(words)).float()
    return (one - 1 / len(words)) * size


class Genes:
    """Genes by name, each (B, 1, 1, 1)."""

    def __init__(self, values: Tensor) -> None:
        self._values = values

    def raw(self, name: str) -> Tensor:
        index = NAMES.index(name)
        return self._values[:, index : index + 1, None, None]

    def between(self, name: str, low: float, high: float) -> Tensor:
        """Even between two ends."""
        return low + (high - low) * 0.5 * (1 + torch.erf(self.raw(name) * math.sqrt(0.5)))

    def turn(self, name: str) -> Tensor:
        """An angle."""
        return self.between(name, 0.0, 2 * math.pi)

    def coin(self, name: str, share: float = 0.5) -> Tensor:
        """1 in `share` of the scenes, else 0."""
        return (self.between(name, 0.0, 1.0) < share).float()

    @property
    def density(self) -> Tensor:
        return torch.exp(DENSITY_REACH * self.raw("density").clamp(-2.5, 2.5))

    @property
    def scale(self) -> Tensor:
        return torch.exp(SCALE_REACH * self.raw("scale").clamp(-2.5, 2.5))

    @property
    def contrast(self) -> Tensor:
        return torch.exp(CONTRAST_REACH * self.raw("contrast").clamp(-2.5, 2.5))
