"""The styles: layers to shares of colours, light and grain.

A style is a set of weights (B, 6) in the vocabulary's order: flat, grainy, glossy, outlined, translucent, soft focus.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from .layers import Layers
from .page import Page, smoothstep


@dataclass
class Painted:
    """`shares` (B, slots, H, W) sum to 1; `light` (B, 1, H, W) is added to OKLab's L; `grain` (B, 1, H, W) is the noise's amplitude in sRGB."""

    shares: Tensor
    light: Tensor
    grain: Tensor


def paint(page: Page, layers: Layers, style: Tensor) -> Painted:
    """Layers one over the other in a style."""
    genes, d, size = page.genes, layers.distance, layers.size
    wide_rim, lift = layers.rim + 0 * size, layers.lift + 0 * size
    _, grainy, glossy, outlined, translucent, soft = style[:, :, None, None].split(1, 1)
    pixel = 1.25 * page.pixel
    blur = torch.minimum(genes.between("blur", 0.05, 0.1), size * 0.9)
    edge = torch.maximum(torch.maximum(soft * blur, layers.edge * (1 - 0.55 * outlined) + 0 * size), pixel + 0 * size)
    fill = (0.5 - d / edge).clamp(0, 1)
    fill = torch.where(edge > 4 * page.pixel, fill * fill * (3 - 2 * fill), fill)
    stroke = torch.maximum(torch.minimum(genes.between("stroke", 0.010, 0.017) * genes.scale**0.5, size * 0.3), 1.4 * page.pixel)
    line = (0.5 - ((d + stroke / 2).abs() - stroke / 2) / pixel).clamp(0, 1)
    cover = (1 - outlined) * fill * (1 - 0.32 * translucent) + outlined * torch.maximum(0.16 * fill, line)

    light_here = page.light
    depth = smoothstep(0.0, torch.minimum(size * 0.9, 0 * size + 0.14), -d)
    shine = -0.05 * light_here * genes.contrast + 0.05 * depth - 0.03
    shine = shine + 0.06 * (0.5 - ((d + 0.1 * size).abs() - 0.006) / 0.012).clamp(0, 1) * (0.2 - light_here).clamp(0, 1)
    turn = (0.5 + 0.5 * light_here).clamp(0, 1)
    tone = (1 - depth) * (0.35 + 0.65 * turn)
    rim = (0.5 - ((d + 0.004).abs() - 0.003) / pixel).clamp(0, 1)
    lit = glossy * shine - grainy * 0.085 * tone * genes.contrast.clamp(max=1.3) + translucent * 0.04 * rim
    lit = lit + (1 - outlined) * 0.075 * (wide_rim > 0).to(d.dtype) * (1 - smoothstep(0.6 * wide_rim, wide_rim + 1e-4, -d))
    speck = grainy * (0.022 + 0.055 * tone)
    # What lies under a glossy body or a lifted sheet is in its shade.
    halo = 0.2 * glossy * torch.exp(-d.clamp(min=0) / (0.3 * size + 0.004))
    if layers.below is not None:
        cast = 1 - smoothstep(-0.012, 0.03, layers.below)
        halo = torch.maximum(halo * (1 - (lift > 0).to(d.dtype)), lift * cast * (1 - outlined))
    return stack(page, layers, style, cover, lit, speck, halo)


def stack(page: Page, layers: Layers, style: Tensor, cover: Tensor, lit: Tensor, speck: Tensor, halo: Tensor) -> Painted:
    """Every layer as far as those over it leave it free."""
    grainy = style[:, 1:2, None, None]
    free = torch.log(1 - 0.9999 * cover)
    total = free.sum(1, keepdim=True)
    over = torch.exp(total - torch.cumsum(free, 1))
    seen = cover * over
    batch, count, height, width = cover.shape
    shares = (layers.colour.transpose(1, 2) @ seen.flatten(2)).reshape(batch, -1, height, width)
    ground = torch.exp(total)
    shares = torch.cat([shares[:, :1] + ground, shares[:, 1:]], 1)
    light = (seen * lit).sum(1, keepdim=True) - 0.55 * (over * (1 - cover) * halo).amax(1, keepdim=True)
    soft_ground = (1 - style[:, 0:1, None, None]) * (1 - style[:, 3:4, None, None])
    light = light - 0.02 * page.genes.contrast * page.light * soft_ground
    grain = (seen * speck).sum(1, keepdim=True) + ground * grainy * (0.008 + 0.006 * (0.5 + 0.5 * page.light))
    return Painted(shares, light, grain)
