"""Pictures from the drawing generator with their captions, drawn once and kept as one array on disk."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from drawings import Spec, draw, make_spec

STORED_SIZE = 112
# Width and height at which drawings are made before shrinking, so that grain looks as it does after a real resize.
_SHAPES = ((112, 112), (144, 144), (192, 192), (128, 160), (112, 200), (200, 112))
_HELD_OUT_SEED = 900_000_000


@dataclass(frozen=True)
class Gallery:
    """pixels [N, 112, 112, 3] uint8 and what each picture shows."""

    pixels: np.ndarray
    specs: list[Spec]


def shrink(pixels: np.ndarray, size: int) -> np.ndarray:
    """To a square of `size` pixels, squashing other aspect ratios as the studio's preprocessing does."""
    return np.asarray(Image.fromarray(pixels).resize((size, size), Image.Resampling.BICUBIC))


def draw_pair(seed: int) -> tuple[np.ndarray, Spec]:
    """Picture number `seed`, stored size, and its spec."""
    rng = np.random.default_rng(seed)
    width, height = _SHAPES[int(rng.integers(len(_SHAPES)))]
    pixels, spec = draw(rng, width, height)
    return shrink(pixels, STORED_SIZE), spec


def load_gallery(folder: Path, count: int, held_out: bool = False) -> Gallery:
    """The first `count` pictures, drawing those that are not on disk yet. Held-out seeds never meet training seeds."""
    first = _HELD_OUT_SEED if held_out else 0
    stem = "held-out" if held_out else "train"
    pixel_path, spec_path = folder / f"{stem}.npy", folder / f"{stem}.json"
    pixels = np.load(pixel_path) if pixel_path.exists() else np.zeros((0, STORED_SIZE, STORED_SIZE, 3), np.uint8)
    rows: list[dict[str, object]] = json.loads(spec_path.read_text(encoding="utf-8")) if spec_path.exists() else []
    if len(rows) < count:
        new = [draw_pair(first + seed) for seed in range(len(rows), count)]
        pixels = np.concatenate([pixels, np.stack([picture for picture, _ in new])])
        rows += [{"family": s.family, "style": s.style, "composition": s.composition, "mood": s.mood, "colours": s.colours, "text": s.text} for _, s in new]
        folder.mkdir(parents=True, exist_ok=True)
        np.save(pixel_path, pixels)
        spec_path.write_text(json.dumps(rows), encoding="utf-8")
    return Gallery(pixels[:count], [_spec(row) for row in rows[:count]])


def _spec(row: dict[str, object]) -> Spec:
    colours = tuple(row["colours"])
    spec = make_spec(row["family"], row["style"], row["composition"], row["mood"], colours)
    return Spec(spec.family, spec.style, spec.composition, spec.mood, colours, str(row["text"]))
