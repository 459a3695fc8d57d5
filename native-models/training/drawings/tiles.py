"""Drawings made of tiles: checkers, halftone dots, triangle mosaics, scallops, arches, and light through a window."""

import math

import torch
from torch import Tensor

from .layers import HIDDEN, Layers, accent_of, slot_of
from .page import Page, length, smoothstep

MOST = 12  # layers that any of them needs
ROWS, RINGS = 4, 3  # of scallops that can lie over a point, and within one


def pad(distances: list[Tensor], like: Tensor) -> Tensor:
    """(B, MOST, H, W): the given layers, then hidden ones."""
    stacked = torch.cat([one + 0 * like for one in distances], 1)
    return torch.cat([stacked, (0 * like + HIDDEN).expand(-1, MOST - stacked.shape[1], -1, -1)], 1)


def draw_checkerboard(page: Page, accents: Tensor) -> list[Tensor]:
    """Squares in turn, straight, slanted or gently warped, some with round corners."""
    genes = page.genes
    step = genes.between("step", 0.13, 0.2) * genes.scale**0.8
    kind = genes.between("kind", 0, 1)
    angle = (kind > 0.5).float() * ((kind > 0.72).float() * (math.pi / 4) + (kind < 0.72).float() * (kind - 0.61) * 2.5)
    u = page.x * angle.cos() + page.y * angle.sin()
    v = page.y * angle.cos() - page.x * angle.sin()
    bend = genes.coin("warp", 0.3) * 0.25 * step
    u = u + bend * torch.sin(2 * math.pi * v / (step * 5) + genes.turn("jitter_1"))
    v = v + bend * torch.sin(2 * math.pi * u / (step * 5) + genes.turn("jitter_2"))
    column, row = torch.floor(u / step), torch.floor(v / step)
    du, dv = (u / step - column - 0.5).abs() * step, (v / step - row - 0.5).abs() * step
    corner = smoothstep(0.55, 0.9, genes.between("corner", 0, 1)) * 0.5 * step
    qx, qy = du - step / 2 + corner, dv - step / 2 + corner
    square = length(qx.clamp(min=0), qy.clamp(min=0)) + torch.maximum(qx, qy).clamp(max=0) - corner
    odd = torch.remainder(column + row, 2)
    gap = (step / 2 - torch.maximum(du, dv)).clamp(min=0) + 1e-3
    which = torch.remainder(torch.floor((column - row) / 2) + 60, accents)
    window = page.window()
    return [torch.maximum(torch.where((odd < 0.5) & ((which - index).abs() < 0.5), square, gap), window) for index in range(3)]


def draw_halftone(page: Page, accents: Tensor) -> list[Tensor]:
    """A grid of dots whose size follows a slope."""
    genes = page.genes
    step = genes.between("step", 0.055, 0.085) * genes.scale**0.8
    angle = genes.between("turn", 0.2, 0.95)
    c, s = angle.cos(), angle.sin()
    column, row = torch.round((page.x * c + page.y * s) / step), torch.round((page.y * c - page.x * s) / step)
    # The size of a dot is read at its centre, so that dots stay round.
    cx, cy = (column * c - row * s) * step, (column * s + row * c) * step
    there = page.moved(page.x * 0, page.y * 0)
    there.x, there.y = cx, cy
    way = genes.turn("light")
    slope = 0.55 + 0.72 * ((cx / page.width - 0.5) * way.cos() + (cy / page.height - 0.5) * way.sin())
    tone = page.every * slope + (1 - page.every) * (-there.window() / 0.3).clamp(0, 1)
    tone = (tone + 0.10 * torch.sin(cx * 5 + genes.turn("jitter_1")) * torch.sin(cy * 5 + genes.turn("jitter_2")) * (tone > 0.1).to(tone.dtype)).clamp(0, 1)
    distance = length(page.x - cx, page.y - cy) - step * 0.6 * tone.sqrt()
    distance = distance + HIDDEN * (tone < 0.03).float()
    even = torch.remainder(column + row + 60, accents)
    graded = torch.floor(tone * accents * 0.999)
    mixed = genes.coin("mix")
    which = mixed * graded + (1 - mixed) * even
    return [distance + HIDDEN * ((which - index).abs() > 0.5).float() for index in range(3)]


def draw_mosaic(page: Page, accents: Tensor) -> list[Tensor]:
    """Triangles in a slanted grid, each in one of the colours, the ground's among them."""
    genes = page.genes
    step = genes.between("step", 0.17, 0.24) * genes.scale
    angle = genes.between("turn", 0, math.pi)
    x = page.x * angle.cos() + page.y * angle.sin()
    y = page.y * angle.cos() - page.x * angle.sin()
    v = y / (step * 0.866)
    u = x / step - v / 2
    column, row = torch.floor(u), torch.floor(v)
    fu, fv = u - column, v - row
    upper = (fu + fv > 1).float()
    inner = upper * torch.minimum(torch.minimum(1 - fu, 1 - fv), fu + fv - 1) + (1 - upper) * torch.minimum(torch.minimum(fu, fv), 1 - fu - fv)
    # Slow waves over the numbers of the tiles, out of step with each other: neighbours differ, and no tile jumps for a small change of the scene.
    mixed = (torch.sin(column * 2.4 + upper * 2.1 + genes.turn("jitter_1")) + torch.sin(row * 1.9 - upper * 1.3 + genes.turn("jitter_2"))
             + torch.sin((column - row) * 1.1 + genes.turn("jitter_3")))
    which = torch.remainder(torch.floor((mixed / 6 + 0.5) * (accents + 1) * 1.999), accents + 1)
    gap = 0.0045 * genes.coin("corner")
    distance = torch.maximum(gap - inner * step * 0.866, page.window())
    return [distance + HIDDEN * ((which - index - 1).abs() > 0.5).float() for index in range(3)]


def draw_scallops(page: Page) -> list[Tensor]:
    """Rows of half circles that overlap like scales, each of rings."""
    genes = page.genes
    radius = genes.between("step", 0.11, 0.165) * genes.scale
    window = page.window()
    top = torch.floor(page.y / (radius * 0.5))
    distances = []
    for back in range(ROWS):
        row = top - 1 + back
        shift = radius * torch.remainder(row, 2)
        column = torch.round((page.x - shift) / (2 * radius))
        away = length(page.x - shift - column * 2 * radius, page.y - row * radius * 0.5)
        distances += [torch.maximum(away - radius * (1 - 0.3 * ring), window) for ring in range(RINGS)]
    return distances


def draw_arches(page: Page) -> list[Tensor]:
    """Rainbow arches side by side and in rows; one large one in the middle where it stands alone."""
    genes = page.genes
    left, top, right, bottom = page.box()
    wished = genes.between("step", 0.15, 0.21) * genes.scale**0.7
    columns = torch.round((right - left) / (2 * wished)).clamp(min=1)
    columns = page.centred + (1 - page.centred) * columns
    radius = page.centred * 0.3 + (1 - page.centred) * (right - left) / (2 * columns)
    rows = torch.floor((bottom - top) / (1.4 * radius) + 0.15).clamp(min=1)
    rows = page.centred + (1 - page.centred) * rows + page.every * 1.0
    base = bottom + page.every * 0.4 * radius * genes.between("shift_y", 0, 1) - page.centred * (bottom - page.height / 2 - 0.62 * radius)
    middle = (left + right) / 2
    column = torch.round((page.x - middle) / (2 * radius) + (columns - 1) / 2)
    column = torch.minimum(column.clamp(min=0), columns - 1)
    row = torch.minimum(torch.floor((base - page.y) / (1.4 * radius)).clamp(min=0), rows - 1)
    dx = page.x - middle - (column - (columns - 1) / 2) * 2 * radius
    floor = page.y - (base - row * 1.4 * radius)
    dy = floor + 0.36 * radius
    away = torch.where(dy < 0, length(dx, dy), dx.abs() + 0 * dy)
    return [torch.maximum(away - radius * 0.95 * (1 - band * 0.215), floor) for band in range(4)]


def draw_window_light(page: Page) -> list[Tensor]:
    """Panes of light that fall slanted on a wall: a warm patch below, then the panes."""
    genes = page.genes
    fx, fy = page.focus()
    u0, v0 = page.x - fx - genes.between("shift_x", -0.06, 0.06), page.y - fy - genes.between("shift_y", -0.06, 0.06)
    skew = genes.between("lean", 0.25, 0.6) * (2 * genes.coin("kind") - 1)
    u, v = u0 + skew * v0, v0 + genes.between("tilt", -0.2, 0.2) * u0
    columns, rows = 2 + genes.coin("count"), 2 + genes.coin("corner")
    small = page.every + (1 - page.every) * 0.62
    half_u, half_v = 0.32 * genes.scale**0.4 * small, 0.4 * genes.scale**0.4 * small
    pane_u, pane_v = 2 * half_u / columns, 2 * half_v / rows
    du = (torch.remainder(u + half_u, pane_u) - pane_u / 2).abs() - pane_u * 0.44
    dv = (torch.remainder(v + half_v, pane_v) - pane_v / 2).abs() - pane_v * 0.45
    panes = torch.maximum(torch.maximum(du, dv), torch.maximum(u.abs() - half_u, v.abs() - half_v))
    leaves, _ = page.field(3.0)
    dapple = (leaves - 0.75) * 0.12 * genes.coin("mix")
    wall = torch.maximum(u.abs() - half_u - 0.07, v.abs() - half_v - 0.07)
    floor = page.height * 0.88 - page.y
    open_space = (1 - page.every) * page.window()
    return [torch.maximum(floor + 0 * u, open_space - 0.0), torch.maximum(wall, open_space), torch.maximum(torch.maximum(panes, dapple), open_space)]


def draw_tiles(page: Page, accents: Tensor, weights: dict[str, Tensor]) -> Layers:
    """One of the six; `weights` (B, 1, 1, 1) by family, summing to 1."""
    like = page.x + page.y + 0 * accents
    parts = {
        "checkerboard grid": draw_checkerboard(page, accents), "halftone dots": draw_halftone(page, accents),
        "triangle mosaic": draw_mosaic(page, accents), "scallop pattern": draw_scallops(page), "stacked arches": draw_arches(page),
        "window light and shadow": draw_window_light(page)}
    distance = sum(weights[name] * pad(part, like) for name, part in parts.items())
    plain = [accent_of(index, accents) for index in range(3)]
    rings = [slot_of(torch.remainder(accents * 0 + 1 + ring, accents + 1), accents) for ring in range(RINGS)]
    bands = [slot_of(torch.remainder(accents * 0 + 1 + band, accents + 1), accents) for band in range(4)]
    light = [accent_of(2, accents), accent_of(1, accents), accent_of(0, accents)]
    rest = [slot_of(0, accents)]
    by_family = {
        "scallop pattern": rings * ROWS, "stacked arches": bands + rest * 8, "window light and shadow": light + rest * 9}
    colour = sum(weights[name].reshape(-1, 1, 1) * torch.cat(by_family.get(name, plain + rest * 9), 1) for name in parts)
    lit = weights["window light and shadow"]
    size = (0.05 + 0.05 * (1 - weights["halftone dots"])).expand(-1, MOST, -1, -1)
    softness = torch.cat([0.08 + 0 * lit, 0.3 + 0 * lit, 0.018 + 0 * lit, (0 * lit).expand(-1, MOST - 3, -1, -1)], 1)
    return Layers(distance, colour, size, edge=lit * softness)
