"""The trained half of the denoiser: from a noisy scene and a prompt to the scene.

The preconditioning is that of Karras et al. (2022): the net sees the noisy numbers at unit variance and predicts what keeps its
target at unit variance too, at any level of noise.
"""

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .scene_planes import NUMBERS

WAVES = 16


@dataclass(frozen=True)
class SceneNetSize:
    """Widths of the states, of the condition and of the prompt's states; blocks."""

    width: int = 384
    blocks: int = 4
    condition: int = 256
    text_width: int = 128

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


class Block(nn.Module):
    """A two-layer net beside the stream, scaled, shifted and gated by the condition."""

    def __init__(self, width: int, condition: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.modulate = nn.Linear(condition, 3 * width)
        self.rise, self.fall = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        nn.init.zeros_(self.fall.weight)
        nn.init.zeros_(self.fall.bias)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift, gate = self.modulate(condition).chunk(3, -1)
        h = self.norm(x) * (1 + scale) + shift
        return x + (1 + gate) * self.fall(F.silu(self.rise(h)))


class SceneNet(nn.Module):
    """Numbers (B, NUMBERS) with noise, at unit variance; the noise's level over the signal's, log (B, 1); the prompt's state (B, text)."""

    def __init__(self, size: SceneNetSize = SceneNetSize()) -> None:
        super().__init__()
        self.size = size
        self.level = nn.Linear(2 * WAVES, size.condition)
        self.prompt = nn.Sequential(nn.Linear(size.text_width, size.condition), nn.SiLU(), nn.Linear(size.condition, size.condition))
        self.enter = nn.Linear(NUMBERS + size.text_width, size.width)
        self.blocks = nn.ModuleList(Block(size.width, size.condition) for _ in range(size.blocks))
        self.norm = nn.LayerNorm(size.width)
        self.leave = nn.Linear(size.width, NUMBERS)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, noisy: Tensor, log_level: Tensor, prompt: Tensor) -> Tensor:
        rates = (2.0 ** torch.arange(0, WAVES // 2, 0.5, device=noisy.device))[None] * (math.pi / 16)
        waves = log_level * rates
        condition = F.silu(self.level(torch.cat([waves.sin(), waves.cos()], -1)) + self.prompt(prompt))
        x = self.enter(torch.cat([noisy, prompt], -1))
        for block in self.blocks:
            x = block(x, condition)
        return self.leave(self.norm(x))


def predict_scene(net: nn.Module, mean: Tensor, signal: Tensor, noise: Tensor, prompt: Tensor) -> Tensor:
    """The scene (B, NUMBERS) from `mean` = signal * scene + noise * normal; `signal` and `noise` are (B or 1, 1)."""
    power = signal.square() + noise.square()
    log_level = torch.log(noise.clamp(min=1e-4) / signal.clamp(min=1e-4)).clamp(-4.5, 4.5) + 0 * mean[:, :1]
    out = net(mean / power.sqrt(), log_level, prompt)
    return mean * signal / power + out * noise / power.sqrt()
