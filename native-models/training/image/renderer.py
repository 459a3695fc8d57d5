"""Draws scenes cell by cell inside the exported graph, one group of families at a time: the others are not computed."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from drawings.genes import PLACES, SLOTS, Genes
from drawings.page import Page
from drawings.scene import GROUPS, SMOOTHED, blend_paint, draw_group, read_code, read_palette, share_out
from drawings.vocabulary import FAMILIES

PLACEHOLDER = "housestyle"  # domain of the nodes that `branches.py` turns into branches
PLANES = SLOTS + 2


class GroupRenderer(nn.Module):
    """Shares of colours, light and grain of one group (B, PLANES, h, w), each cell the mean of several points where the group needs it."""

    def __init__(self, group: str) -> None:
        super().__init__()
        self.group = group

    def forward(self, scene: Tensor, like: Tensor) -> Tensor:
        times = SMOOTHED[self.group]
        finer = F.interpolate(like[:1, :1], scale_factor=float(times), mode="nearest") if times > 1 else like[:1, :1]
        family, style, composition = (read_code(scene, name) for name in ("family", "style", "composition"))
        page = Page(finer, Genes(scene[:, PLACES["genes"]].clamp(-3, 3)), composition)
        own = {name: family[:, FAMILIES.index(name)][:, None, None, None] for name in GROUPS[self.group]}
        _, accents = read_palette(scene)
        painted = draw_group(page, accents, share_out(own), style, self.group)
        stacked = torch.cat([painted.shares, painted.light, painted.grain + 0 * painted.light], 1)
        return F.avg_pool2d(stacked, times) if times > 1 else stacked


class _Placeholder(torch.autograd.Function):
    """Stands for a group in a traced graph."""

    @staticmethod
    def forward(ctx, weight: Tensor, scene: Tensor, like: Tensor, group: str) -> Tensor:
        return weight * like[:, :1].expand(-1, PLANES, -1, -1)

    @staticmethod
    def symbolic(g, weight, scene, like, group: str):
        return g.op(f"{PLACEHOLDER}::{group}", weight, scene, like)


class Renderer(nn.Module):
    """Scenes (B, numbers) to cells' mean sRGB (B, 3, h, w) in 0..1 and grain (B, 1, h, w)."""

    def __init__(self) -> None:
        super().__init__()
        self.groups = nn.ModuleDict({group: GroupRenderer(group) for group in GROUPS})

    def forward(self, scene: Tensor, like: Tensor) -> tuple[Tensor, Tensor]:
        family = read_code(scene, "family")
        stacked = 0.0
        for group, names in GROUPS.items():
            weight = sum(family[:, FAMILIES.index(name)] for name in names)[:, None, None, None]
            if torch.onnx.is_in_onnx_export():
                stacked = stacked + _Placeholder.apply(weight, scene, like, group)
            elif weight.max() > 0.01:
                stacked = stacked + weight * self.groups[group](scene, like)
        page = Page(like, Genes(scene[:, PLACES["genes"]].clamp(-3, 3)), read_code(scene, "composition"))
        return blend_paint(page, scene, stacked[:, :SLOTS], stacked[:, SLOTS : SLOTS + 1], stacked[:, SLOTS + 1 :])
