"""Pictures from the drawing generator with their captions: for training the image model's own sets, for measuring new ones."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from drawings import Spec, draw, sample_spec
from image.dataset import draw_set

STORED_SIZE = 112
# Width, height and count of the sets that training uses; larger ones are shrunk, so that grain looks as after a real resize.
_TRAINING_SETS = ((128, 128, 18000), (256, 256, 4000), (224, 280, 1700), (192, 336, 1700), (336, 192, 1700))
_TRAINING_SEED = 1
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


def load_training_gallery(image_work: Path, work: Path) -> Gallery:
    """The training pictures, shuffled; sets that are not on disk yet are drawn first."""
    specs: list[Spec] = []
    parts: list[np.ndarray] = []
    cached = work / "train.npy"
    for width, height, count in _TRAINING_SETS:
        folder = draw_set(image_work, width, height, count, _TRAINING_SEED)
        captions = json.loads((folder / "captions.json").read_text(encoding="utf-8"))
        # A set's spec is the first thing its picture's generator draws, so it can be had again without the picture.
        found = [sample_spec(np.random.default_rng([_TRAINING_SEED, width, height, index])) for index in range(count)]
        assert [spec.text for spec in found] == captions[:count], f"{folder.name}: captions do not belong to this drawing generator"
        specs += found
        if not cached.exists():
            pictures = np.load(folder / "pictures.npy", mmap_mode="r")
            parts.append(np.stack([shrink(pictures[index], STORED_SIZE) for index in range(count)]))
    if parts:
        work.mkdir(parents=True, exist_ok=True)
        np.save(cached, np.concatenate(parts))
    order = np.random.default_rng(_TRAINING_SEED).permutation(len(specs))
    return Gallery(np.load(cached)[order], [specs[index] for index in order])


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
