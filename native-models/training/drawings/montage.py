"""Contact sheet of drawings, every family, and the speed of drawing.

    python -m drawings.montage --out montage.png --columns 6
    python -m drawings.montage --speed
"""

import argparse
import time

import numpy as np
from PIL import Image

from .draw import draw
from .spec import Spec, make_spec, sample_spec
from .vocabulary import COMPOSITIONS, FAMILIES, STYLES


def make_montage(size: int, columns: int, seed: int, families: list[str]) -> Image.Image:
    """A row for each family; styles and compositions change along the row."""
    sheet = np.zeros((len(families) * size, columns * size, 3), np.uint8)
    for row, family in enumerate(families):
        for column in range(columns):
            rng = np.random.default_rng([seed, row, column])
            base = sample_spec(rng)
            spec: Spec = make_spec(
                family, STYLES[column % len(STYLES)], COMPOSITIONS[(column + row) % len(COMPOSITIONS)],
                base.mood, base.colours)
            picture, _ = draw(rng, size, size, spec)
            sheet[row * size : (row + 1) * size, column * size : (column + 1) * size] = picture
    return Image.fromarray(sheet)


def print_speed(sizes: tuple[int, ...] = (128, 256), count: int = 132) -> None:
    """Pictures per second on one core, over all families."""
    for size in sizes:
        started = time.perf_counter()
        for seed in range(count):
            draw(seed, size, size)
        print(f"{size} px: {count / (time.perf_counter() - started):.0f} pictures/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="montage.png")
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--columns", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", nargs="*", default=list(FAMILIES))
    parser.add_argument("--speed", action="store_true", help="print pictures per second and stop")
    options = parser.parse_args()
    if options.speed:
        print_speed()
        return
    make_montage(options.size, options.columns, options.seed, options.families).save(options.out)
    print(f"wrote {options.out}")


if __name__ == "__main__":
    main()
