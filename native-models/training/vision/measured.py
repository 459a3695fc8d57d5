"""Measurements of the training pictures, each changed slightly, taken once and kept beside them: `python -m vision.measured`."""

import argparse
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from drawings import Spec, sample_spec
from text.memory import keep_freed_memory
from training_clock import choose_device

from .augment import augment
from .measurements import Measurements
from .pictures import SHARD, WORK, count_shards, training_start

STRENGTH = 0.4  # of the recolouring
_SEED = 20263
_BATCH = 50


@dataclass(frozen=True)
class Measured:
    """values [N, MEASUREMENTS] float16 and specs [N], in the order of the shards."""

    values: np.ndarray
    specs: list[Spec]


def _path(work: Path, shard: int) -> Path:
    return work / "measured" / f"{shard:03}.npy"


@torch.no_grad()
def measure_shard(work: Path, shard: int, network: Measurements) -> None:
    """One shard, where it is missing."""
    path = _path(work, shard)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.load(work / "pictures" / f"{shard:03}.npy", mmap_mode="r")
    rng = np.random.default_rng([_SEED, shard])
    device = choose_device()
    parts = [network(augment(np.array(pixels[start : start + _BATCH]), rng, strength=STRENGTH).to(device)).cpu().numpy() for start in range(0, SHARD, _BATCH)]
    part = path.with_suffix(".part.npy")
    np.save(part, np.concatenate(parts).astype(np.float16))
    os.replace(part, path)


def count_measured(work: Path) -> int:
    """Shards that are measured, from the first without a gap."""
    shard = 0
    while _path(work, shard).exists():
        shard += 1
    return shard


def _read_specs(work: Path, shard: int) -> list[Spec]:
    """What the pictures of a shard show. A spec is the first thing its generator draws after the shape; drawing them again takes a while, so they are kept."""
    path = work / "measured" / f"{shard:03}-specs.json"
    if not path.exists():
        specs = [sample_spec(training_start(shard * SHARD + row)[0]) for row in range(SHARD)]
        path.write_text(json.dumps([asdict(spec) for spec in specs]), encoding="utf-8")
        return specs
    return [Spec(**{**row, "colours": tuple(row["colours"])}) for row in json.loads(path.read_text(encoding="utf-8"))]


def load_measured(work: Path) -> Measured:
    """All that is there; the first shard is measured when nothing is."""
    if count_measured(work) == 0:
        measure_shard(work, 0, Measurements().to(choose_device()))
    count = count_measured(work)
    return Measured(
        np.concatenate([np.load(_path(work, shard)) for shard in range(count)]), [spec for shard in range(count) for spec in _read_specs(work, shard)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=WORK)
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(1)
    network = Measurements().to(choose_device())
    for shard in range(count_shards(options.work)):
        measure_shard(options.work, shard, network)
        print(f"{(shard + 1) * SHARD} pictures measured", flush=True)


if __name__ == "__main__":
    main()
