"""From a scene's numbers to its picture, in PyTorch: the same code draws the training data and is part of the exported denoiser."""

from collections.abc import Callable

import torch
from torch import Tensor

from .bands import draw_bands
from .genes import COLOUR_NUMBERS, PLACES, SLOTS, Genes
from .gradients import paint_gradient
from .page import Page
from .paint import Painted, paint
from .shapes import draw_shapes
from .sheets import draw_sheets
from .tiles import draw_tiles
from .vocabulary import FAMILIES

# Families that are drawn by one piece of code, so that an exported graph computes five pieces and not twenty-two.
GROUPS: dict[str, tuple[str, ...]] = {
    "bands": ("diagonal stripes", "concentric rings", "sunburst rays", "contour lines"),
    "tiles": ("checkerboard grid", "halftone dots", "triangle mosaic", "scallop pattern", "stacked arches", "window light and shadow"),
    "sheets": ("flowing waves", "rolling hills", "layered paper cutouts", "grainy paper texture"),
    "shapes": ("overlapping circles", "organic blobs", "terrazzo chips", "scattered confetti", "leaf silhouettes", "brush strokes", "mesh gradient"),
    "gradients": ("soft gradient",),
}
HARDNESS = 20.0  # how decidedly codes are taken: a scene is drawn by one family, in one style
LAB_MIDDLE, LAB_REACH = (0.68, 0.012, 0.03), (0.22, 0.09, 0.09)
LEAST = 1e-5
TONE = 0.22  # of L, between a colour that stands alone and its tone

_TO_LINEAR = torch.tensor([[4.0767416621, -3.3077115913, 0.2309699292], [-1.2684380046, 2.6097574011, -0.3413193965],
                           [-0.0041960863, -0.7034186147, 1.7076147010]])
_TO_LMS = torch.tensor([[1.0, 0.3963377774, 0.2158037573], [1.0, -0.1055613458, -0.0638541728], [1.0, -0.0894841775, -1.2914855480]])


def normalise_lab(lab: Tensor) -> Tensor:
    """OKLab (..., 3) to about unit variance over the named colours."""
    return (lab - torch.tensor(LAB_MIDDLE).to(lab)) / torch.tensor(LAB_REACH).to(lab)


def lab_to_srgb(lab: Tensor) -> Tensor:
    """OKLab (B, 3, H, W) to sRGB in 0..1 (Bjorn Ottosson, 2020)."""
    lms = torch.nn.functional.conv2d(lab, _TO_LMS.to(lab)[..., None, None])
    linear = torch.nn.functional.conv2d(lms * lms * lms, _TO_LINEAR.to(lab)[..., None, None]).clamp(1e-6, 1)
    return torch.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def read_code(numbers: Tensor, name: str) -> Tensor:
    """(B, words) weights that sum to 1."""
    return torch.softmax(HARDNESS * numbers[:, PLACES[name]], 1)


def read_palette(numbers: Tensor) -> tuple[Tensor, Tensor]:
    """OKLab of the slots (B, slots, 3), and how many accents there are (B, 1, 1, 1), at least one: a colour alone gets a tone of itself."""
    slots = numbers[:, PLACES["palette"]].reshape(-1, SLOTS, COLOUR_NUMBERS)
    used = (slots[..., 0] > 0).to(numbers.dtype).cumprod(1) if not torch.onnx.is_in_onnx_export() else _run(slots[..., 0] > 0, numbers)
    lab = slots[..., 1:] * torch.tensor(LAB_REACH).to(numbers) + torch.tensor(LAB_MIDDLE).to(numbers)
    accents = (used.sum(1, keepdim=True) - 1).clamp(min=0)
    alone = (accents < 0.5).to(numbers.dtype)
    first = lab[:, :1]
    tone = torch.cat([first[..., :1] - TONE * torch.tanh(8 * (first[..., :1] - 0.55)), first[..., 1:]], -1)
    second = lab[:, 1:2] + alone[..., None] * (tone - lab[:, 1:2])
    return torch.cat([first, second, lab[:, 2:]], 1), (accents + alone)[..., None, None]


def _run(flags: Tensor, like: Tensor) -> Tensor:
    """What cumprod would give, in operators of the exported opset."""
    steps = [flags[:, :1].to(like.dtype)]
    for index in range(1, SLOTS):
        steps.append(steps[-1] * flags[:, index : index + 1].to(like.dtype))
    return torch.cat(steps, 1)


def draw_group(page: Page, accents: Tensor, weights: dict[str, Tensor], style: Tensor, group: str) -> Painted:
    """The families of a group; `weights` by family sum to 1."""
    draw: dict[str, Callable[[], Painted]] = {
        "bands": lambda: paint(page, draw_bands(page, accents, *(weights[name] for name in GROUPS["bands"])), style),
        "tiles": lambda: paint(page, draw_tiles(page, accents, weights), style),
        "sheets": lambda: paint(page, draw_sheets(page, accents, weights), style),
        "shapes": lambda: paint(page, draw_shapes(page, accents, weights), style),
        "gradients": lambda: paint_gradient(page, accents, style),
    }
    return draw[group]()


# Where tiles of two colours meet, coverage alone would let the ground show between them.
SMOOTHED = {"bands": 2, "tiles": 2, "sheets": 2, "shapes": 1, "gradients": 1}


def draw_smooth(numbers: Tensor, like: Tensor, group: str) -> tuple[Tensor, Tensor]:
    """As `draw_scene` for scenes of one group, with every point the mean of several where the group needs it."""
    times = SMOOTHED[group]
    finer = like.repeat_interleave(times, 2).repeat_interleave(times, 3)
    clean, grain = draw_scene(numbers, finer, group)
    grain = grain + 0 * clean[:, :1]
    return torch.nn.functional.avg_pool2d(clean, times), torch.nn.functional.avg_pool2d(grain, times)


def share_out(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights that sum to 1, also for a scene that is of none of these families: what is drawn of it then counts for nothing, but must be numbers."""
    total = sum(weights.values()) + LEAST * len(weights)
    return {name: (weight + LEAST) / total for name, weight in weights.items()}


def draw_scene(numbers: Tensor, like: Tensor, only: str | None = None) -> tuple[Tensor, Tensor]:
    """Scenes (B, numbers) to sRGB (B, 3, H, W) in 0..1 and grain (B, 1, H, W), the size of `like`; `only` names the one group that is needed."""
    family, style, composition = (read_code(numbers, name) for name in ("family", "style", "composition"))
    genes = Genes(numbers[:, PLACES["genes"]].clamp(-3, 3))
    _, accents = read_palette(numbers)
    page = Page(like, genes, composition)
    shares, light, grain = 0.0, 0.0, 0.0
    for group, names in GROUPS.items():
        if only not in (None, group):
            continue
        own = {name: family[:, FAMILIES.index(name)][:, None, None, None] for name in names}
        total = sum(own.values())
        painted = draw_group(page, accents, share_out(own), style, group)
        share = total if only is None else 1.0
        shares, light, grain = shares + share * painted.shares, light + share * painted.light, grain + share * painted.grain
    return blend_paint(page, numbers, shares, light, grain)


def blend_paint(page: Page, numbers: Tensor, shares: Tensor, light: Tensor, grain: Tensor) -> tuple[Tensor, Tensor]:
    """Shares of the slots, light and grain to sRGB and grain: the palette mixed in OKLab, with the glow of warm and cool moods."""
    palette, _ = read_palette(numbers)
    batch, _, height, width = shares.shape
    lab = (palette.transpose(1, 2) @ shares.flatten(2)).reshape(batch, 3, height, width)
    paper = read_code(numbers, "family")[:, FAMILIES.index("grainy paper texture")][:, None, None, None]
    # Paper is rough all over, but the open space is for words.
    grain = grain + paper * (0.055 - 0.04 * shares[:, :1] - grain).clamp(min=0)
    glow = 0.5 - 0.5 * page.light
    warmth = page.genes.raw("warmth").clamp(-2, 2) / 1.5
    lab = lab + torch.cat([light + 0.006 * warmth.abs() * glow, 0 * glow + 0 * light, 0.011 * warmth * glow + 0 * light], 1)
    return lab_to_srgb(lab), (0.75 * grain).clamp(0, 0.085)
