"""Drawings for what is trained on pictures: the decoder on finished ones, the reader of scenes on small ones.

    python -m image.pictures --count 800
"""

import argparse
import os
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from drawings.genes import PLACES, encode_code, sample_genes
from drawings.draw import draw_parts, write_palette
from drawings.colour import NAMED_OKLAB, choose_colours, jitter_colour
from drawings.scene import GROUPS, draw_scene, draw_smooth
from drawings.vocabulary import COMPOSITIONS, FAMILIES, MOODS, STYLES

EDGE = 192
SHARD = 50
CARD_BATCH = 16  # of 192 pixels with 48 shapes each: some gigabytes


def draw_shard(folder: Path, number: int) -> None:
    """SHARD clean drawings of EDGE pixels, (SHARD, EDGE, EDGE, 3) uint8, where they are missing."""
    path = folder / f"{number:03}.npy"
    if path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    pixels = np.empty((SHARD, EDGE, EDGE, 3), np.uint8)
    for row in range(SHARD):
        drawing = draw_parts(np.random.default_rng([11, number, row]), EDGE, EDGE)
        pixels[row] = np.clip(drawing.clean * 255 + 0.5, 0, 255)
    part = path.with_suffix(".part.npy")
    np.save(part, pixels)
    os.replace(part, path)


def load_shards(folder: Path) -> Tensor:
    """All pictures that are there, (N, EDGE, EDGE, 3) uint8."""
    return torch.from_numpy(np.concatenate([np.load(path) for path in sorted(folder.glob("[0-9]*.npy")) if ".part" not in path.name]))


class PalettePool:
    """Palettes chosen once and drawn from for ever, as they cost more than the scenes."""

    def __init__(self, count: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        rows = []
        for _ in range(count):
            names = choose_colours(rng, int(rng.choice([2, 3, 4], p=[0.2, 0.5, 0.3])))
            rows.append(write_palette(np.stack([jitter_colour(rng, NAMED_OKLAB[name]) for name in names])))
        self.rows = torch.stack(rows)

    def sample(self, count: int) -> Tensor:
        return self.rows[torch.randint(len(self.rows), (count,))]


@torch.no_grad()
def draw_batch(group: str, count: int, edge: int, palettes: PalettePool, numbers_used: int, device: torch.device, smooth: bool = False) -> tuple[Tensor, Tensor]:
    """Random scenes of a group, drawn on the device: their numbers (B, used) and clean sRGB (B, 3, edge, edge)."""
    names = GROUPS[group]
    numbers = torch.zeros(count, numbers_used, device=device)
    family = torch.tensor([FAMILIES.index(name) for name in names], device=device)[torch.randint(len(names), (count,), device=device)]
    numbers[:, PLACES["family"]] = encode_code(family, "family")
    for name, words in (("style", STYLES), ("composition", COMPOSITIONS)):
        numbers[:, PLACES[name]] = encode_code(torch.randint(len(words), (count,), device=device), name)
    numbers[:, PLACES["palette"]] = palettes.sample(count).to(device)
    numbers[:, PLACES["genes"]] = sample_genes(torch.randint(len(MOODS), (count,), device=device))
    draw = draw_smooth if smooth else draw_scene
    return numbers, draw(numbers, torch.zeros(1, 1, edge, edge, device=device), group)[0]


def draw_on_card(count: int, palettes: PalettePool, numbers_used: int, device: torch.device) -> Tensor:
    """`count` drawings for the decoder, about (count, EDGE, EDGE, 3) uint8, a group of families at a time."""
    names = [group for group, members in GROUPS.items() for _ in members]
    parts = []
    for index in range(-(-count // CARD_BATCH)):
        _, clean = draw_batch(names[index % len(names)], CARD_BATCH, EDGE, palettes, numbers_used, device, smooth=True)
        parts.append((clean * 255).round().to(torch.uint8).permute(0, 2, 3, 1))
    return torch.cat(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("../../.training/image"))
    parser.add_argument("--count", type=int, default=800)
    options = parser.parse_args()
    torch.set_num_threads(1)
    for number in range(-(-options.count // SHARD)):
        draw_shard(options.work / "pictures", number)
        print(f"{(number + 1) * SHARD} drawn", flush=True)


if __name__ == "__main__":
    main()
