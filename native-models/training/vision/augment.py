"""What happens to pictures in daily use: cropping, resizing, slight recolouring, JPEG, blur."""

import io

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from .network import IMAGE_SIZE


def to_tensor(pixels: np.ndarray) -> Tensor:
    """uint8 [B, H, W, 3] to float [B, 3, H, W] in -1..1."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1


def compress(pixels: np.ndarray, quality: int) -> np.ndarray:
    """Through JPEG and back."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def augment(pixels: np.ndarray, rng: np.random.Generator, crop: float = 0.22, strength: float = 1.0) -> Tensor:
    """Changed copies [B, 3, 96, 96]. `crop` is the largest share of the side cut away; `strength` scales the recolouring."""
    pixels = pixels.copy()
    for index in np.flatnonzero(rng.random(len(pixels)) < 0.3):
        pixels[index] = compress(pixels[index], int(rng.integers(35, 95)))
    batch = to_tensor(pixels)
    count = len(pixels)
    scale = 1 - crop * rng.random((count, 2))
    centre = (1 - scale) * (2 * rng.random((count, 2)) - 1)
    theta = np.zeros((count, 2, 3), np.float32)
    theta[:, 0, 0], theta[:, 1, 1], theta[:, :, 2] = scale[:, 0], scale[:, 1], centre
    grid = functional.affine_grid(torch.from_numpy(theta), (count, 3, IMAGE_SIZE, IMAGE_SIZE), align_corners=False)
    batch = functional.grid_sample(batch, grid, mode="bilinear", padding_mode="border", align_corners=False)
    gain = 1 + strength * 0.10 * rng.standard_normal((count, 1)) + strength * 0.05 * rng.standard_normal((count, 3))
    shift = strength * (0.05 * rng.standard_normal((count, 1)) + 0.03 * rng.standard_normal((count, 3)))
    batch = batch * torch.tensor(gain, dtype=torch.float32)[:, :, None, None] + torch.tensor(shift, dtype=torch.float32)[:, :, None, None]
    soft = functional.avg_pool2d(batch, 3, 1, 1)
    blur = torch.tensor(rng.random(count) * (rng.random(count) < 0.25), dtype=torch.float32)[:, None, None, None]
    return batch.lerp(soft, blur).clamp(-1, 1)
