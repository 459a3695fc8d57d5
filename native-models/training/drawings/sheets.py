"""Drawings made of sheets one behind the other: waves, hills, paper cutouts, torn paper."""

import math

import torch
from torch import Tensor

from .layers import HIDDEN, Layers, accent_of, slot_of
from .page import Page

SHEETS = 8
CAST = 0.03  # how far a shadow falls


def crest(page: Page, u: Tensor, frequency: Tensor, height: Tensor, index: int) -> Tensor:
    """A wavy line over u, another for every index."""
    genes = page.genes
    first = genes.turn(f"crest_{index % 3 + 1}") + 1.3 * index
    second = genes.turn(f"crest_{index % 3 + 4}") + 2.2 * index
    return height * (torch.sin(2 * math.pi * frequency * u + first) + 0.35 * torch.sin(2 * math.pi * frequency * 1.9 * u + second))


def waves(page: Page) -> tuple[list[Tensor], Tensor]:
    """Bands that ripple, from the open side to the far edge."""
    genes = page.genes
    u, v, end = page.along()
    begin = page.shore() * end
    count = torch.round(6.0 * genes.density).clamp(4, SHEETS)
    frequency = genes.between("field_scale", 0.5, 0.95) / genes.scale
    height = genes.between("size", 0.025, 0.05) * genes.scale
    tilt = genes.between("tilt", -0.15, 0.15)
    badge = page.centred * page.window() - 9.0 * (1 - page.centred)
    found = []
    for index in range(SHEETS):
        base = begin + (end - begin) * index / count
        line = (base + crest(page, u, frequency, height, index) * (0.6 + 0.15 * index) + tilt * (u - 0.5) - v) * 0.85
        found.append(torch.maximum(line, badge) + HIDDEN * (index >= count).float())
    return found, count


def hills(page: Page) -> tuple[list[Tensor], Tensor]:
    """A landscape under a sun or moon; where the open space is below, a lake."""
    genes = page.genes
    x, y = page.x, page.y
    horizon = page.height * (0.64 * page.top + 0.26 * page.bottom + 0.5 * (1 - page.top - page.bottom))
    horizon = horizon + page.every * genes.between("share", -0.1, 0.1)
    count = torch.round(3.6 * genes.density).clamp(3, 5)
    floor = page.bottom * 0.6 * page.height + (1 - page.bottom) * page.height
    lean = 0.3 * page.left - 0.3 * page.right
    fx, _ = page.focus()
    sun = genes.between("sun_size", 0.055, 0.095) * genes.scale**0.7
    sun_x, sun_y = fx + genes.between("sun_x", -0.22, 0.22), horizon - sun * genes.between("sun_y", 0.1, 2.2) - 0.02
    badge = page.centred * page.window() - 9.0 * (1 - page.centred)
    found = [torch.maximum(((x - sun_x) ** 2 + (y - sun_y) ** 2 + 1e-9).sqrt() - sun, badge)]
    for index in range(5):
        base = horizon + (floor - horizon) * index / count
        line = crest(page, x, (0.42 + 0.11 * index) / genes.scale, genes.between("size", 0.03, 0.055) * genes.scale, index)
        shore = base + line + lean * (x / page.width - 0.2 * page.left - 0.8 * page.right) - y
        found.append(torch.maximum(shore * 0.85, badge) + HIDDEN * (index >= count).float())
    lake = floor + crest(page, x, 0.4 + 0 * sun, 0.012 + 0 * sun, 1) - y + HIDDEN * (1 - page.bottom)
    return [*found, lake, 0 * lake + HIDDEN], count


def cutouts(page: Page) -> tuple[list[Tensor], Tensor]:
    """Sheets with curved holes over each other."""
    genes = page.genes
    field, _ = page.field(genes.between("field_scale", 0.55, 0.85) / genes.scale)
    window = page.window()
    height = page.every * 0.95 * field + (1 - page.every) * (0.4 * field + (-window / 0.2).clamp(-3, 1.45))
    count = torch.round(4.6 * genes.density).clamp(3, 6)
    slope = 0.16 * genes.scale
    return [(-0.75 + 1.75 * (index + 0.5) / count - height) * slope + HIDDEN * (index >= count).float() for index in range(SHEETS)], count


def torn(page: Page) -> tuple[list[Tensor], Tensor]:
    """Sheets of rough paper with torn edges."""
    genes = page.genes
    u, v, end = page.along()
    begin = page.shore() * end
    count = torch.round(2.8 * genes.density).clamp(2, 5)
    badge = page.centred * page.window() - 9.0 * (1 - page.centred)
    found = []
    for index in range(SHEETS):
        turn = genes.turn(f"crest_{index % 6 + 1}") + index
        rough = 0.008 * (torch.sin(71 * u + 3 * turn) + torch.sin(113 * u - turn) + torch.sin(43 * u + 2 * turn)) + 0.018 * torch.sin(11 * u + turn) + 0.01 * torch.sin(23 * u - 2 * turn)
        tilt = 0.22 * turn.sin() * (u - 0.5) * (1 - 0.7 * page.third)
        line = begin + (end - begin) * index / count + tilt + rough - v
        found.append(torch.maximum(line, badge + 0.5 * rough) + HIDDEN * (index >= count).float())
    return found, count


def draw_sheets(page: Page, accents: Tensor, weights: dict[str, Tensor]) -> Layers:
    """One of the four; `weights` (B, 1, 1, 1) by family, summing to 1."""
    def stack(one: Page) -> Tensor:
        parts = {"flowing waves": waves(one), "rolling hills": hills(one), "layered paper cutouts": cutouts(one), "grainy paper texture": torn(one)}
        return sum(weights[name] * torch.cat([d + 0 * (one.x + one.y) for d in part], 1) for name, (part, _) in parts.items())

    angle = page.genes.between("light", -2.4, -0.8)
    below = stack(page.moved(-angle.cos() * CAST, -angle.sin() * CAST))
    turned = [accent_of(index, accents) for index in range(SHEETS)]
    waving = [slot_of(torch.remainder(accents * 0 + 1 + index, accents + 1), accents) for index in range(SHEETS)]
    far = slot_of(0, accents)
    hazy = [accent_of(accents - 1, accents)] + [(1 - haze) * accent_of(index, accents) + haze * far
                                               for index, haze in enumerate((0.5, 0.3, 0.15, 0.0, 0.0))] + [far, far]
    cut = [accent_of(index, accents) * (1 - 0.16 * (index % 2)) + far * 0.16 * (index % 2) for index in range(SHEETS)]
    by_family = {"flowing waves": waving, "rolling hills": hazy, "layered paper cutouts": cut, "grainy paper texture": turned}
    colour = sum(weights[name].reshape(-1, 1, 1) * torch.cat(part, 1) for name, part in by_family.items())
    paper = weights["grainy paper texture"]
    lift = 0.24 * weights["layered paper cutouts"] + 0.2 * paper
    size = (0.11 + 0 * accents).expand(-1, SHEETS, -1, -1)
    return Layers(stack(page), colour, size, below=below, rim=0.016 * paper, lift=lift)
