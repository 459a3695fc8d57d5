"""Soft gradients: the colours of the palette along one direction, with the ground's kept over the open space."""

import math

import torch
from torch import Tensor

from .genes import SLOTS
from .page import Page, length
from .paint import Painted

STEPS_SOFTNESS = 0.02


def paint_gradient(page: Page, accents: Tensor, style: Tensor) -> Painted:
    """In steps where flat, with a sheen where glossy, with level lines where outlined, folded where translucent."""
    genes = page.genes
    flat, grainy, glossy, outlined, translucent, _ = style[:, :, None, None].split(1, 1)
    _, v, end = page.along()
    begin = 0.48 * (page.top + page.bottom) + 0.32 * page.third
    towards = (v / end - begin) / (1 - begin)
    every = 0.5 + 0.5 * page.ramp(genes.turn("turn"))
    away = length((page.x - page.width / 2) / page.width, (page.y - page.height / 2) / page.height)
    centred = 1 - away / genes.between("size", 0.46, 0.58)
    t = page.every * every + page.centred * centred + (1 - page.every - page.centred) * towards
    field, _ = page.field(0.75 / genes.scale)
    t = (t + 0.11 * field * page.presence(0.5)).clamp(0, 1)
    steps = torch.round(genes.between("count", 5, 8))
    cells = t * steps
    base = torch.floor(cells)
    stepped = (base + ((cells - base - 1 + STEPS_SOFTNESS) / STEPS_SOFTNESS).clamp(0, 1)) / steps
    t = t + flat * (stepped - t)
    fold = torch.tanh((page.ramp(genes.turn("tilt")) + 0.2 * field) / (2 * page.pixel))
    t = (t + translucent * 0.10 * fold * t).clamp(0, 1)

    place = t * accents
    slots = torch.arange(SLOTS, device=t.device, dtype=t.dtype).reshape(1, SLOTS, 1, 1)
    near = (1 - (place - slots).abs()).clamp(0, 1)
    shares = near * near * (3 - 2 * near)
    sheen = torch.exp(-(((t - 0.62) / 0.06) ** 2)) + 0.6 * torch.exp(-(((t - 0.3) / 0.03) ** 2))
    rows = t * 9
    # How many pixels wide a level is: the slope across the whole ramp, about.
    line = ((0.035 - (rows - torch.round(rows)).abs()) / 0.03).clamp(0, 1) * (t > 0.03).to(t.dtype) * (t < 0.97).to(t.dtype)
    light = glossy * 0.045 * genes.contrast * sheen - outlined * 0.1 * line
    grain = grainy * (0.03 + 0.05 * (1 - (2 * t - 1).abs()))
    return Painted(shares, light + 0 * shares[:, :1], grain + 0 * shares[:, :1])
