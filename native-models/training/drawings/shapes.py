"""Drawings made of scattered shapes: circles, blobs, stone chips, confetti, leaves, brush strokes, pools of colour."""

import math

import torch
from torch import Tensor

from .layers import HIDDEN, Layers, accent_of
from .page import Page, length

SHAPES = 48
LEAVES = 12  # of a stem, itself included
GOLDEN = (0.7548776662, 0.5698402910)  # steps of an even scatter over a square (the R2 sequence)


class Scatter:
    """Shapes 0 to 47: where each lies, how it is turned and how large it is, all (B, N, 1, 1)."""

    def __init__(self, page: Page, accents: Tensor, w: dict[str, Tensor]) -> None:
        genes = page.genes
        index = torch.arange(SHAPES, device=page.x.device, dtype=page.x.dtype).reshape(1, SHAPES, 1, 1)
        self.index = index + 0 * accents
        left, top, right, bottom = page.box()
        inset = 0.05 * (w["terrazzo chips"] + w["scattered confetti"]) * (1 - page.every) + 0.08 * (w["overlapping circles"] + w["organic blobs"]) + 0.07 * w["brush strokes"]
        area = (right - left) * (bottom - top)
        sparse = (8.5 * w["overlapping circles"] + 8.5 * w["organic blobs"] + 7 * w["brush strokes"] + 8 * w["mesh gradient"]) * genes.density
        many = (46 * w["terrazzo chips"] + 40 * w["scattered confetti"]) * genes.density / genes.scale
        least = accents + w["terrazzo chips"] * 6 + w["scattered confetti"] * 5 + w["overlapping circles"] * 2 + w["mesh gradient"] * 2
        self.count = torch.maximum(torch.round((sparse + many) * area.clamp(min=0.3)), least).clamp(max=SHAPES)
        # A sequence fills the square evenly in any number; its period goes with the count so that the last are as even as the first.
        px = torch.remainder(genes.between("shift_x", 0, 1) + (index + 1) * GOLDEN[0], 1)
        py = torch.remainder(genes.between("shift_y", 0, 1) + (index + 1) * GOLDEN[1], 1)
        wobble = genes.between("spread", 0.2, 1.0) * 0.5 / self.count.sqrt()
        px = px + wobble * 0.5 * torch.sin(index * 2.399 + genes.turn("jitter_1"))
        py = py + wobble * 0.5 * torch.sin(index * 1.731 + genes.turn("jitter_2"))
        self.x = left + inset + (right - left - 2 * inset) * px
        self.y = top + inset + (bottom - top - 2 * inset) * py
        self.turn = index * 2.113 + genes.turn("turn") + 0.8 * torch.sin(index * 1.37 + genes.turn("jitter_3"))
        self.even = 0.5 + 0.5 * torch.sin(index * 1.9 + genes.turn("jitter_4"))  # 0..1
        self.odd = 0.5 + 0.5 * torch.sin(index * 2.7 + genes.turn("jitter_3"))
        self.hidden = HIDDEN * (self.index >= self.count - 0.5).to(page.x.dtype)


def stems(page: Page, s: Scatter) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Places, turns, lengths of leaves in pairs along four stems that grow from the edge, and which of the shapes are stems."""
    genes = page.genes
    left, top, right, bottom = page.box()
    stem = torch.floor(s.index / LEAVES)
    rank = s.index - stem * LEAVES
    is_stem = (rank > LEAVES - 1.5).to(page.x.dtype)
    is_tip = ((rank - (LEAVES - 2)).abs() < 0.5).to(page.x.dtype)
    pair, side = torch.floor(rank / 2), torch.remainder(rank, 2) * 2 - 1
    way = 1 - 2 * page.bottom
    wide = (right - left + 0.35 * page.centred) / 4
    root_x = (left + right) / 2 + wide * (stem - 1.5) + 0.3 * wide * torch.sin(stem * 2.1 + genes.turn("jitter_1"))
    reach = ((bottom - top) * genes.between("size", 0.72, 0.92)).clamp(max=0.95) * (0.84 + 0.16 * torch.sin(stem * 1.7 + genes.turn("jitter_2")))
    root_y = (bottom + 0.03) * (1 - page.bottom) + (top - 0.03) * page.bottom
    lean = 0.3 * torch.sin(stem * 1.9 + genes.turn("jitter_3")) * (1 - 0.6 * page.third)
    bend = genes.between("bend", -0.6, 0.6)
    part = (0.24 + 0.76 * (pair + 0.35) / 5.2) * (1 - is_tip) + is_tip * 0.97
    along = part * (1 - is_stem)
    heading = lean + bend * (along - 0.3)
    x = root_x + along * reach * torch.sin(lean + 0.5 * bend * along)
    y = root_y - way * along * reach
    up = -math.pi / 2 * way
    turn = up + heading * way + side * genes.between("spread", 0.6, 0.95) * (1 - is_tip) * (1 - is_stem)
    size = reach * genes.between("count", 0.22, 0.3) * (1.1 - 0.45 * along) * (1 - is_stem) + is_stem * reach
    return x, y, turn, size, is_stem


def draw_shapes(page: Page, accents: Tensor, w: dict[str, Tensor]) -> Layers:
    """One of the seven; `w` (B, 1, 1, 1) weights by family, summing to 1."""
    genes, s = page.genes, Scatter(page, accents, w)
    leaf, stroke, mesh = w["leaf silhouettes"], w["brush strokes"], w["mesh gradient"]
    lx, ly, lturn, lsize, is_stem = stems(page, s)
    narrow = page.every + (1 - page.every) * 0.78
    gap = genes.between("step", 0.095, 0.125) * genes.scale**0.8
    size = (w["overlapping circles"] * (0.11 + 0.11 * s.even) * genes.scale**0.7 * narrow
            + w["organic blobs"] * (0.12 + 0.07 * s.even) * genes.scale * narrow
            + w["terrazzo chips"] * gap * (0.28 + 0.4 * s.even * s.odd + 0.14 * s.odd) * (0.6 + 0.4 * narrow) + w["scattered confetti"] * gap * (0.28 + 0.16 * s.even)
            + stroke * (0.055 + 0.025 * s.even) * genes.scale + mesh * (0.27 + 0.15 * s.even) * genes.scale**0.6 * narrow + leaf * lsize)
    slant = genes.between("tilt", -0.55, 0.55) + (math.pi / 2) * page.third + 0.25 * (s.even - 0.5)
    turn = leaf * lturn + stroke * slant + (1 - leaf - stroke) * s.turn
    field, _ = page.field(1.2)
    other, _ = page.field(1.2, "other")
    x = page.x - (leaf * lx + (1 - leaf) * s.x) + mesh * 0.11 * field
    y = page.y - (leaf * ly + (1 - leaf) * s.y) + mesh * 0.11 * other
    c, si = turn.cos(), turn.sin()
    u, v = x * c + y * si, y * c - x * si
    radius = length(x, y)
    distance = (w["overlapping circles"] + mesh) * (radius - size) + w["organic blobs"] * blob(x, y, radius, size, s, genes)
    distance = distance + w["terrazzo chips"] * chip(u, v, size, s) + w["scattered confetti"] * confetto(u, v, size, s)
    distance = distance + leaf * leaf_shape(u, v, size, is_stem, genes.between("fat", 0.17, 0.27)) + stroke * brushed(u, v, size, s, genes)
    distance = distance + (1 - leaf) * s.hidden
    order = torch.round(leaf * torch.floor(s.index / LEAVES) + (1 - leaf) * s.index)
    slots = torch.arange(4, device=x.device).reshape(1, 1, 4)
    colour = ((slots - 1 - torch.remainder(order, accents).reshape(-1, SHAPES, 1)).abs() < 0.5).to(x.dtype)
    rough = leaf * 0.06 + (1 - leaf) * size
    return Layers(distance, colour, rough + 0 * s.index, edge=mesh * 0.32)


def blob(x: Tensor, y: Tensor, radius: Tensor, size: Tensor, s: Scatter, genes) -> Tensor:
    """A pebble: a circle whose radius waves around it."""
    c, si = x / radius, y / radius
    first, second = s.turn, 2 * s.turn + genes.turn("jitter_1")
    two = (c * c - si * si) * first.cos() + 2 * c * si * first.sin()
    three = (4 * c**3 - 3 * c) * second.cos() + (3 * si - 4 * si**3) * second.sin()
    return (radius - size * (1 + 0.16 * two + 0.1 * three)) * 0.9


def chip(u: Tensor, v: Tensor, size: Tensor, s: Scatter) -> Tensor:
    """An irregular convex polygon of five sides."""
    distance = None
    for side in range(5):
        angle = 2 * math.pi * side / 5 + 0.28 * torch.sin(s.index * (1.3 + side) + side)
        reach = size * (0.78 + 0.2 * torch.sin(s.index * (2.1 + side) + 2 * side))
        plane = u * angle.cos() + v * angle.sin() - reach
        distance = plane if distance is None else torch.maximum(distance, plane)
    return distance


def confetto(u: Tensor, v: Tensor, size: Tensor, s: Scatter) -> Tensor:
    """Disc, bar, triangle, ring or squiggle, in turn."""
    kind = torch.remainder(s.index * 3, 5)
    radius = length(u, v)
    forms = (
        radius - size * 0.75, length((u.abs() - size).clamp(min=0), v) - size * 0.32,
        torch.maximum(u.abs() * 0.866 + v * 0.5, -v) - size * 0.55, (radius - size * 0.7).abs() - size * 0.2,
        torch.maximum((v - size * 0.45 * torch.sin(u * 3.4 / size)).abs() * 0.6 - size * 0.2, u.abs() - size * 1.3))
    return sum(((kind - index).abs() < 0.5).to(u.dtype) * form for index, form in enumerate(forms))


def leaf_shape(u: Tensor, v: Tensor, size: Tensor, is_stem: Tensor, slim: Tensor) -> Tensor:
    """A pointed leaf from the origin along u, two circles crossed; or a stem, a thin bar."""
    half, width = size / 2, size * slim
    bow = (half * half - width * width) / (2 * width)
    leaf = length(u - half, v.abs() + bow) - bow - width
    stem = torch.maximum(v.abs() - 0.007, (u - half).abs() - half * 0.96)
    return (1 - is_stem) * leaf + is_stem * stem


def brushed(u: Tensor, v: Tensor, width: Tensor, s: Scatter, genes) -> Tensor:
    """A broad stroke along u whose ends are ragged and that runs dry in streaks."""
    reach = width * (3.4 + 1.6 * s.odd)
    v = v + 0.5 * torch.sin(s.index * 2.3 + genes.turn("jitter_1")) * u * u / reach
    across = v / width
    hairs = (torch.sin(across * 9.4 + s.index) + torch.sin(across * 22 + 2 * s.index) + torch.sin(across * 41 + 3 * s.index)) / 3
    ends = u.abs() - reach * (1 + 0.16 * hairs)
    dry = ((u / reach + 0.15) / 1.15).clamp(0, 1) ** 2
    streak = (hairs - 0.62 + 0.0 * u) * 0.02 + dry * 0.016 - 0.012
    return torch.maximum(torch.maximum(v.abs() - width * (1 + 0.06 * torch.sin(u * 23 + s.index)), ends), streak)
