"""Where a scene is drawn: coordinates in units of the short side, the part that may be busy, and smooth noise.

Everything works on batches (B, N, H, W) with sizes that are only known when the graph runs.
"""

import math

import torch
from torch import Tensor

from .genes import Genes

WAVES = 5


def smoothstep(low: Tensor | float, high: Tensor | float, value: Tensor) -> Tensor:
    """0 below `low`, 1 above `high`, smooth between."""
    t = ((value - low) / (high - low)).clamp(0, 1)
    return t * t * (3 - 2 * t)


def length(x: Tensor, y: Tensor) -> Tensor:
    return (x * x + y * y + 1e-9).sqrt()


class Page:
    """Coordinates and composition of a batch of scenes. `composition` (B, 6) are weights in the order of the vocabulary."""

    def __init__(self, like: Tensor, genes: Genes, composition: Tensor) -> None:
        ones = torch.ones_like(like[:1, :1])
        rows, columns = ones[..., :1].sum(2, keepdim=True), ones[:, :, :1].sum(3, keepdim=True)
        short = torch.minimum(rows, columns)
        self.genes = genes
        self.pixel = 1 / short
        self.width, self.height = columns / short, rows / short
        self.x = (torch.cumsum(ones[:, :, :1], 3) - 0.5) / short
        self.y = (torch.cumsum(ones[..., :1], 2) - 0.5) / short
        every, centred, left, right, top, bottom = composition[:, :, None, None].split(1, 1)
        self.every, self.centred, self.left, self.right, self.top, self.bottom = every, centred, left, right, top, bottom
        self.third = left + right
        self.level = every + centred + top + bottom
        self.light = self.ramp(genes.between("light", -2.4, -0.8))
        self.badge = genes.between("badge", 0.33, 0.41)

    def moved(self, dx: Tensor, dy: Tensor) -> "Page":
        """The same page under a pen that is moved: what is drawn lands at an offset."""
        other = object.__new__(Page)
        other.__dict__.update(self.__dict__)
        other.x, other.y = self.x - dx, self.y - dy
        return other

    def ramp(self, angle: Tensor) -> Tensor:
        """From -1 to 1 over the picture along an angle."""
        c, s = angle.cos(), angle.sin()
        reach = 0.5 * (c.abs() + s.abs())
        return ((self.x / self.width - 0.5) * c + (self.y / self.height - 0.5) * s) / reach

    def window(self) -> Tensor:
        """Signed distance (B, 1, H, W) of the part that may be busy."""
        x, y, genes = self.x, self.y, self.genes
        px = (x - self.width / 2).abs() / self.width.clamp(max=1.25).clamp(min=1.0)
        py = (y - self.height / 2).abs() / self.height.clamp(max=1.25).clamp(min=1.0)
        square = genes.coin("badge_kind", 0.35)
        badge = (1 - square) * length(px, py) + square * (px**6 + py**6 + 1e-12) ** (1 / 6) - self.badge
        share = genes.between("share", 0.46, 0.54)
        return (-9.0 * self.every + self.centred * badge + self.left * (x - self.width * 0.38) + self.right * (self.width * 0.62 - x)
                + self.top * (self.height * share - y) + self.bottom * (y - self.height * (1 - share)))

    def presence(self, reach: float = 0.16) -> Tensor:
        """1 where the picture may be busy, falling to 0 over `reach` before the open space."""
        return 1 - smoothstep(-reach, 0.0, self.window())

    def box(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Left, top, right, bottom of the busy part, each (B, 1, 1, 1)."""
        w, h = self.width, self.height
        inset = 0.22
        return (w * (self.centred * inset + self.right * 0.64), h * (self.centred * inset + self.top * 0.54),
                w * (1 - self.centred * inset - self.left * 0.64), h * (1 - self.centred * inset - self.bottom * 0.54))

    def focus(self) -> tuple[Tensor, Tensor]:
        """The middle of the busy part."""
        fx = self.width * (0.5 * self.level + 0.17 * self.left + 0.83 * self.right)
        fy = self.height * (0.5 * (self.every + self.centred + self.third) + 0.8 * self.top + 0.2 * self.bottom)
        return fx, fy

    def along(self) -> tuple[Tensor, Tensor, Tensor]:
        """(u, v, end) of layered drawings: u runs along the layers, v from the open side to the far edge `end`."""
        x, y = self.x, self.y
        u = self.level * x + self.third * y
        v = ((self.every + self.centred + self.top) * y + self.bottom * (self.height - y)
             + self.left * (self.width - x) + self.right * x)
        return u, v, self.level * self.height + self.third * self.width

    def shore(self) -> Tensor:
        """Where along v the layers begin, as a share of its end."""
        return (self.every * self.genes.between("share", 0.12, 0.25) + self.centred * 0.3 + self.third * 0.64
                + (self.top + self.bottom) * 0.54)

    def field(self, frequency: Tensor | float, which: str = "field") -> tuple[Tensor, Tensor]:
        """Smooth noise in about -1..1 with about `frequency` bumps per unit, a sum of plane waves; and how steep it is."""
        turn = self.genes.between(f"{which}_turn", 0.0, math.pi)
        total, slope_x, slope_y = 0.0, 0.0, 0.0
        for index in range(WAVES):
            phase = self.genes.turn(f"{which}_{index + 1}")
            angle = turn + math.pi * index / WAVES + 0.12 * phase.sin()
            k = 2 * math.pi * frequency * (0.5 + 0.5 * ((index * 3) % WAVES) / (WAVES - 1))
            kx, ky = k * angle.cos(), k * angle.sin()
            place = kx * self.x + ky * self.y + phase
            total = total + place.cos()
            slope_x, slope_y = slope_x - kx * place.sin(), slope_y - ky * place.sin()
        return total / WAVES**0.5, length(slope_x, slope_y) / WAVES**0.5
