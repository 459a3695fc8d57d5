"""Pictures from the drawing generator with their captions: shards for training, drawn once, and new ones for measuring.

    python -m vision.pictures --count 24000
"""

import argparse
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from drawings import Spec, draw, sample_spec

STORED_SIZE = 112
SHARD = 1000
WORK = Path(__file__).resolve().parents[3] / ".training" / "vision"
# Shapes with their shares; the larger ones are shrunk, so that grain looks as after a real resize.
_TRAINING_SHAPES = ((112, 112), (144, 144), (128, 160), (160, 128), (112, 200), (200, 112), (192, 192), (256, 256), (224, 280), (192, 336))
_TRAINING_SHARES = (0.26, 0.18, 0.13, 0.08, 0.09, 0.09, 0.07, 0.05, 0.025, 0.025)
_TRAINING_SEED = 3
_HELD_OUT_SHAPES = ((112, 112), (144, 144), (192, 192), (128, 160), (112, 200), (200, 112))
_HELD_OUT_SEED = 900_000_000


@dataclass(frozen=True)
class Gallery:
    """pixels [N, 112, 112, 3] uint8 and what each picture shows."""

    pixels: np.ndarray
    specs: list[Spec]


def shrink(pixels: np.ndarray, size: int) -> np.ndarray:
    """To a square of `size` pixels, squashing other aspect ratios as the studio's preprocessing does."""
    return np.asarray(Image.fromarray(pixels).resize((size, size), Image.Resampling.BICUBIC))


def training_start(index: int) -> tuple[np.random.Generator, int, int]:
    rng = np.random.default_rng([_TRAINING_SEED, index])
    width, height = _TRAINING_SHAPES[int(rng.choice(len(_TRAINING_SHAPES), p=_TRAINING_SHARES))]
    return rng, width, height


def draw_shard(work: Path, number: int) -> None:
    """Draws one shard of SHARD pictures, (SHARD, 112, 112, 3) uint8, where it is missing."""
    path = work / "pictures" / f"{number:03}.npy"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.empty((SHARD, STORED_SIZE, STORED_SIZE, 3), np.uint8)
    for row in range(SHARD):
        rng, width, height = training_start(number * SHARD + row)
        pixels[row] = shrink(draw(rng, width, height)[0], STORED_SIZE)
    part = path.with_suffix(".part.npy")
    np.save(part, pixels)
    os.replace(part, path)


def count_shards(work: Path) -> int:
    """Shards drawn so far, from the first without a gap."""
    number = 0
    while (work / "pictures" / f"{number:03}.npy").exists():
        number += 1
    return number


def load_training_gallery(work: Path, first: int = 0, last: int | None = None) -> Gallery:
    """The pictures of the shards from `first` up to `last`; the first shard is drawn when there is none."""
    if count_shards(work) == 0:
        draw_shard(work, 0)
    numbers = range(first, count_shards(work) if last is None else last)
    # A picture's spec is the first thing that its generator draws after the shape, so it can be had without the picture.
    specs = [sample_spec(training_start(number * SHARD + row)[0]) for number in numbers for row in range(SHARD)]
    return Gallery(np.concatenate([np.load(work / "pictures" / f"{number:03}.npy") for number in numbers]), specs)


def load_held_out_gallery(work: Path, count: int) -> Gallery:
    """`count` pictures whose seeds training never uses, drawn once."""
    path = work / f"held-out-{count}.npy"
    pairs = [_draw_held_out(_HELD_OUT_SEED + index, not path.exists()) for index in range(count)]
    if not path.exists():
        work.mkdir(parents=True, exist_ok=True)
        np.save(path, np.stack([pixels for pixels, _ in pairs]))
    return Gallery(np.load(path), [spec for _, spec in pairs])


def _draw_held_out(seed: int, paint: bool) -> tuple[np.ndarray, Spec]:
    rng = np.random.default_rng(seed)
    width, height = _HELD_OUT_SHAPES[int(rng.integers(len(_HELD_OUT_SHAPES)))]
    if not paint:
        return np.zeros(0, np.uint8), sample_spec(rng)
    pixels, spec = draw(rng, width, height)
    return shrink(pixels, STORED_SIZE), spec


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--count", type=int, default=24000)
    parser.add_argument("--processes", type=int, default=1, help="that draw side by side, one shard each")
    options = parser.parse_args()
    shards = -(-options.count // SHARD)
    with ProcessPoolExecutor(options.processes, multiprocessing.get_context("spawn"), torch.set_num_threads, (1,)) as workers:
        for number, _ in enumerate(workers.map(draw_shard, [options.work] * shards, range(shards))):
            print(f"{(number + 1) * SHARD} pictures drawn", flush=True)


if __name__ == "__main__":
    main()
