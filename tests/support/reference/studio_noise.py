"""Lets diffusers draw the studio's own noise, so that pictures of both can be compared.

Stream 0 of a seed is the first noise, stream k + 1 the noise of step k, and the last stream chooses the latents that an
encoded picture stands for. See native-models/image/random-normals.ts.
"""

import inspect
import sys

import numpy as np
import torch

from reference_pipeline import philox

POSTERIOR_STREAM = 0xFFFF0000
current_seed = 0


def draw(seed: int, stream: int, shape) -> torch.Tensor:
    count = int(np.prod(shape))
    words = philox(np.arange((count + 3) // 4), stream, (seed, 0x486F7573)).astype(np.float64)
    radius = np.sqrt(-2 * np.log((words[:, [0, 2]] + 0.5) / 2**32))
    angle = 2 * np.pi * (words[:, [1, 3]] + 0.5) / 2**32
    numbers = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 2).reshape(-1)[:count].astype(np.float32)
    return torch.from_numpy(numbers).reshape(tuple(shape))


def use_seed(seed: int) -> None:
    global current_seed
    current_seed = seed


def install() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("diffusers.") and "randn_tensor" in vars(module):
            module.randn_tensor = make_source(name)


def make_source(module: str):
    def randn_tensor(shape, generator=None, device=None, dtype=None, layout=None):
        stream = 0
        if module.startswith("diffusers.schedulers"):
            stream = inspect.currentframe().f_back.f_locals["self"].step_index + 1
        elif "autoencoders" in module:
            stream = POSTERIOR_STREAM
        return draw(current_seed, stream, shape).to(dtype or torch.float32)

    return randn_tensor
