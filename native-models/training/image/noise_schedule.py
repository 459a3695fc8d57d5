"""The noise schedule and the sampler of training and measuring.

Betas are 'scaled_linear' from 0.00085 to 0.012 over 1,000 steps, rescaled so that the last step is
pure noise (Lin et al. 2023, zero terminal SNR); the net predicts v = a * noise - s * picture.
"""

import torch
from torch import Tensor

STEPS = 1000
BETA_START, BETA_END = 0.00085, 0.012


def make_alphas() -> Tensor:
    """(1000,) share of the picture's variance, last entry 0."""
    betas = torch.linspace(BETA_START**0.5, BETA_END**0.5, STEPS, dtype=torch.float64) ** 2
    root = torch.cumprod(1 - betas, 0).sqrt()
    root = (root - root[-1]) * (root[0] / (root[0] - root[-1]))
    return (root**2).float()


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
