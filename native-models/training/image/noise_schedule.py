"""The noise schedule and the sampler of training and measuring.

The ratio of noise to picture is SHIFT * tan(pi t / 2) at the t-th part of 1,000 steps: a cosine schedule (Nichol and
Dhariwal 2021) moved towards noise, because a scene, read off many cells, is still to be told under noise that hides a photograph. The
last step is all but pure noise; the net predicts v = a * noise - s * picture.
"""

import math

import torch
from torch import Tensor

STEPS = 1000
SHIFT = 5.0
LEAST_SIGNAL = 2e-5  # share of the variance at the last step: as good as nothing, and schedulers that divide by it work


def make_alphas() -> Tensor:
    """(1000,) share of the picture's variance."""
    part = torch.arange(1, STEPS + 1, dtype=torch.float64) / STEPS
    angle = torch.atan(SHIFT * torch.tan(part * (math.pi / 2)))
    return (torch.cos(angle) ** 2).clamp(min=LEAST_SIGNAL).float()


def make_betas() -> list[float]:
    """The betas whose running product of 1 - beta is `make_alphas`: `trained_betas` of a scheduler's config."""
    alphas = make_alphas().double()
    before = torch.cat([torch.ones(1, dtype=torch.float64), alphas[:-1]])
    return (1 - alphas / before).tolist()


def add_noise(alphas: Tensor, picture: Tensor, noise: Tensor, steps: Tensor) -> tuple[Tensor, Tensor]:
    """The noisy latents at `steps` (B), and the v to predict."""
    share = alphas[steps][:, None, None, None]
    a, s = share.sqrt(), (1 - share).sqrt()
    return a * picture + s * noise, a * noise - s * picture


def trailing_steps(count: int) -> list[int]:
    """The training steps that `count` sampling steps visit, from pure noise down."""
    return [round(STEPS - i * STEPS / count) - 1 for i in range(count)]


def ddim_step(alphas: Tensor, sample: Tensor, v: Tensor, step: int, following: int | None) -> Tensor:
    """One deterministic DDIM step from `step` to `following` (None: to the clean picture)."""
    a, s = alphas[step].sqrt(), (1 - alphas[step]).sqrt()
    picture, noise = a * sample - s * v, a * v + s * sample
    if following is None:
        return picture
    share = alphas[following]
    return share.sqrt() * picture + (1 - share).sqrt() * noise
