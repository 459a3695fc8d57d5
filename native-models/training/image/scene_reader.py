"""From a picture to the scene that it may show: what lets a variation keep its layout."""

from torch import Tensor, nn
from torch.nn import functional as F

from .scene_planes import NUMBERS

EDGE = 48


class SceneReader(nn.Module):
    """A picture (B, 3, H, W) in -1..1 to scene numbers (B, NUMBERS); any size, seen as a square of EDGE points."""

    def __init__(self) -> None:
        super().__init__()
        sides = (3, 48, 96, 160)
        self.shrink = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in zip(sides, sides[1:], strict=False))
        self.last = nn.Conv2d(sides[-1], 128, 3, padding=1)
        self.sum_up = nn.Linear(128 * (EDGE // 8) ** 2, 384)
        self.leave = nn.Linear(384, NUMBERS)

    def forward(self, picture: Tensor) -> Tensor:
        x = F.interpolate(picture, size=(EDGE, EDGE), mode="bilinear", align_corners=False)
        for layer in (*self.shrink, self.last):
            x = F.silu(layer(x))
        return self.leave(F.silu(self.sum_up(x.flatten(1))))
