"""Measurements of the training pictures, taken once and kept beside them: `python -m vision.measured`.

View 0 of a picture is changed slightly (its caption still fits), view 1 more strongly.
"""

import argparse
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from drawings import Spec, sample_spec
from text.memory import keep_freed_memory

from .augment import augment
from .measurements import Measurements
from .pictures import SHARD, WORK, count_shards, training_start

STRENGTHS = (0.4, 1.0)  # of the recolouring, by view
_SEED = 20263
_BATCH = 50


@dataclass(frozen=True)
class Measured:
    """views[v] is [N_v, MEASUREMENTS] float16; pictures are the same in order, later views may have fewer. specs [N_0]."""

    views: list[np.ndarray]
    specs: list[Spec]


def _path(work: Path, shard: int, view: int) -> Path:
    return work / "measured" / f"{shard:03}-{view}.npy"


@torch.no_grad()
def measure_shard(work: Path, shard: int, view: int, network: Measurements) -> None:
    """One view of one shard, where it is missing."""
    path = _path(work, shard, view)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.load(work / "pictures" / f"{shard:03}.npy", mmap_mode="r")
    rng = np.random.default_rng([_SEED, shard, view])
    parts = [network(augment(np.array(pixels[start : start + _BATCH]), rng, strength=STRENGTHS[view])).numpy() for start in range(0, SHARD, _BATCH)]
    part = path.with_suffix(".part.npy")
    np.save(part, np.concatenate(parts).astype(np.float16))
    os.replace(part, path)


def count_measured(work: Path, view: int) -> int:
    """Shards whose view is there, from the first without a gap."""
    shard = 0
    while _path(work, shard, view).exists():
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
    if count_measured(work, 0) == 0:
        measure_shard(work, 0, 0, Measurements())
    counts = [count_measured(work, view) for view in range(len(STRENGTHS))]
    views = [np.concatenate([np.load(_path(work, shard, view)) for shard in range(count)]) if count else np.zeros((0, 0), np.float16) for view, count in enumerate(counts)]
    return Measured(views, [spec for shard in range(counts[0]) for spec in _read_specs(work, shard)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--first-views", type=int, default=24, help="shards of which view 0 is taken")
    parser.add_argument("--second-views", type=int, default=12, help="shards of which view 1 is taken")
    options = parser.parse_args()
    keep_freed_memory()
    torch.set_num_threads(1)
    network = Measurements()
    for view, count in enumerate((options.first_views, options.second_views)):
        for shard in range(min(count, count_shards(options.work))):
            measure_shard(options.work, shard, view, network)
            print(f"view {view}: {(shard + 1) * SHARD} pictures measured", flush=True)


if __name__ == "__main__":
    main()
