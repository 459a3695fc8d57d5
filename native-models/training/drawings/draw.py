"""Draw pictures from seeds, one at a time or in batches of one group of families."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .colour import NAMED_OKLAB, jitter_colour
from .genes import COLOUR_NUMBERS, PLACES, SLOTS, USED, encode_code, sample_genes
from .scene import GROUPS, draw_smooth, normalise_lab
from .spec import Spec, sample_spec
from .vocabulary import COMPOSITIONS, FAMILIES, MOODS, STYLES

GROUP_OF = {name: group for group, names in GROUPS.items() for name in names}


@dataclass(frozen=True)
class Drawing:
    """A picture in parts: `clean` (H, W, 3) sRGB in 0..1, `grain` (H, W) amplitude of the noise over it."""

    spec: Spec
    clean: np.ndarray
    grain: np.ndarray

    def to_bytes(self, rng: np.random.Generator) -> np.ndarray:
        """The finished picture, (H, W, 3) uint8, with its grain laid on."""
        noise = rng.standard_normal(self.grain.shape, np.float32) * self.grain
        return np.clip((self.clean + noise[..., None]) * 255 + 0.5, 0, 255).astype(np.uint8)


def write_palette(colours: np.ndarray) -> Tensor:
    """OKLab (count, 3) to the palette's numbers."""
    slots = torch.zeros(SLOTS, COLOUR_NUMBERS)
    slots[:, 0] = -1
    slots[: len(colours), 0] = 1
    slots[: len(colours), 1:] = normalise_lab(torch.from_numpy(np.asarray(colours, np.float32)))
    return slots.flatten()


def sample_scene(rng: np.random.Generator, spec: Spec) -> Tensor:
    """The numbers of a scene that shows what the spec says."""
    numbers = torch.zeros(USED)
    for name, words in (("family", FAMILIES), ("style", STYLES), ("composition", COMPOSITIONS)):
        numbers[PLACES[name]] = encode_code(torch.tensor([words.index(getattr(spec, name))]), name)[0]
    numbers[PLACES["palette"]] = write_palette(np.stack([jitter_colour(rng, NAMED_OKLAB[name]) for name in spec.colours]))
    generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
    numbers[PLACES["genes"]] = sample_genes(torch.tensor([MOODS.index(spec.mood)]), generator)[0]
    return numbers


@torch.no_grad()
def draw_parts(rng: np.random.Generator, width: int, height: int, spec: Spec | None = None) -> Drawing:
    """One drawing, width x height pixels, grain apart."""
    spec = spec or sample_spec(rng)
    clean, grain = draw_smooth(sample_scene(rng, spec)[None], torch.zeros(1, 1, height, width), GROUP_OF[spec.family])
    return Drawing(spec, clean[0].permute(1, 2, 0).numpy(), grain[0, 0].numpy())


def draw(seed: int | np.random.Generator, width: int, height: int, spec: Spec | None = None) -> tuple[np.ndarray, Spec]:
    """One finished picture, (height, width, 3) uint8 sRGB, and what it shows (`.text` is the caption).

    The same seed and size give the same bytes. Without `spec` a random one is drawn from those
    that are not held out.
    """
    rng = np.random.default_rng(seed) if isinstance(seed, int) else seed
    drawing = draw_parts(rng, width, height, spec)
    return drawing.to_bytes(rng), drawing.spec
