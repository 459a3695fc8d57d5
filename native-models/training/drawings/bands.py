"""Drawings made of bands that repeat: stripes, rings, rays, and the level lines of a map."""

import math

import torch
from torch import Tensor

from .layers import Layers, accent_of, slot_of
from .page import Page, length

NEVER = 1.0  # a distance that no edge reaches
DISCS = 2


def draw_bands(page: Page, accents: Tensor, stripes: Tensor, rings: Tensor, rays: Tensor, contours: Tensor) -> Layers:
    """Three accents in turn, then two discs where rays meet. Weights and `accents` (how many there are) are (B, 1, 1, 1)."""
    genes, x, y = page.genes, page.x, page.y
    fx, fy = page.focus()
    cx, cy = fx + page.every * genes.between("shift_x", -0.4, 0.4), fy + page.every * genes.between("shift_y", -0.4, 0.4)
    dx, dy = x - cx, y - cy
    radius = length(dx, dy)
    along = genes.between("step", 0.06, 0.105) * genes.scale
    lean = genes.between("turn", 0.55, 1.05) * (2 * genes.coin("kind") - 1)
    striped = (x * lean.cos() + y * lean.sin()) / along + genes.between("bend", 0, 6)
    ring = genes.between("step", 0.042, 0.072) * genes.scale
    count = accents * torch.round(genes.between("count", 9, 15) * genes.density / accents).clamp(2, 16)
    turns = (torch.atan2(dy, dx + 1e-6) + genes.between("turn", 0, math.pi)) * count / math.pi
    field, slope = page.field(genes.between("field_scale", 0.9, 1.3) / genes.scale)
    lines = (7 * genes.density).clamp(5, 10)

    place = stripes * striped + rings * radius / ring + rays * turns + contours * field * lines
    metre = stripes * along + rings * ring + rays * radius * math.pi / count + contours / (lines * (slope + 0.5))
    fat = genes.between("fat", 0.4, 0.6)
    # Lines thin out towards the open space instead of ending at its border.
    line = genes.between("fat", 0.0065, 0.010) * page.presence(0.14) - 0.05 * (page.presence(0.14) < 0.12).float()
    half = (1 - contours) * fat * metre + contours * line
    outer = (rings + rays) * (page.every * 9.0 + page.centred * page.badge + (1 - page.every - page.centred) * 0.6) + stripes * 9.0 + contours * 9.0
    clip = torch.maximum((1 - contours) * page.window() - contours, radius - outer)
    distances = []
    for index in range(3):
        phase = torch.remainder(place - 2 * index, 2 * accents) - 1
        distance = torch.maximum(phase.abs() * metre - half, clip)
        distances.append(distance + NEVER * (index >= accents).float() * 9)
    disc = genes.between("size", 0.07, 0.13)
    hide = NEVER * 9 * (1 - rays)
    distances += [radius - disc - 0.03 + hide, radius - disc + hide]
    ground, last = slot_of(0, accents), accent_of(accents - 1, accents)
    colours = torch.cat([accent_of(index, accents) for index in range(3)] + [ground, last], 1)
    sizes = torch.cat([along * 0.5] * 3 + [disc] * DISCS, 1)
    return Layers(torch.cat(distances, 1), colours, sizes)
