"""Sets of drawings on disk: pictures of one size with captions, and their latents.

Sizes here are those that the encoder sees, half of the finished pictures' (see autoencoder.py).

    python -m image.dataset --size 64x64:80000 --size 192x192:12000 --seed 1
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from numpy.lib.format import open_memmap

from drawings import draw

from .autoencoder import CELL, LATENT_CHANNELS, Encoder


def set_folder(work: Path, width: int, height: int, seed: int) -> Path:
    """Where the set of a size and seed lies."""
    return work / "sets" / f"{width}x{height}-{seed}"


def draw_set(work: Path, width: int, height: int, count: int, seed: int) -> Path:
    """Draw `count` pictures, (count, H, W, 3) uint8, with their captions; done once."""
    folder = set_folder(work, width, height, seed)
    captions_path = folder / "captions.json"
    if captions_path.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    pictures = open_memmap(folder / "pictures.npy", "w+", np.uint8, (count, height, width, 3))
    captions = []
    for index in range(count):
        rng = np.random.default_rng([seed, width, height, index])
        pictures[index], spec = draw(rng, width, height)
        captions.append(spec.text)
        if (index + 1) % 2000 == 0:
            print(f"{folder.name}: {index + 1}/{count} drawn", flush=True)
    pictures.flush()
    captions_path.write_text(json.dumps(captions), encoding="utf-8")
    return folder


@torch.no_grad()
def encode_set(folder: Path, encoder: Encoder, batch: int = 64) -> np.ndarray:
    """The latents of a set, (count, 4, H/4, W/4) float16, made once and kept beside the pictures."""
    path = folder / "latents4.npy"
    if path.exists():
        return np.load(path, mmap_mode="r")
    pictures = np.load(folder / "pictures.npy", mmap_mode="r")
    count, height, width, _ = pictures.shape
    latents = np.empty((count, LATENT_CHANNELS, height // CELL, width // CELL), np.float16)
    device = encoder.to_colour.device
    for start in range(0, count, batch):
        chunk = torch.from_numpy(np.array(pictures[start : start + batch])).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1
        latents[start : start + len(chunk)] = encoder(chunk).cpu().numpy().astype(np.float16)
    np.save(path, latents)
    return latents


def parse_size(text: str) -> tuple[int, int]:
    """'256x320' to (256, 320): width and height in pixels."""
    width, height = (int(part) for part in text.split("x"))
    return width, height


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", default="../../.training/image")
    parser.add_argument("--size", action="append", required=True, help="WIDTHxHEIGHT:COUNT, several allowed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for item in options.size:
        size, count = item.split(":")
        draw_set(Path(options.work), *parse_size(size), int(count), options.seed)


if __name__ == "__main__":
    main()
