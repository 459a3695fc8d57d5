"""The contact sheet of the model card: the first seeds of held-out prompts, nothing selected.

    python -m image.montage --out ../starter/image/samples.png
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from drawings.spec import held_out_specs

from .sample import MODEL_FOLDER, ImageModel


def make_montage(model: ImageModel, columns: int, rows: int, size: int, cell: int, steps: int, guidance: float) -> Image.Image:
    """Seed n under prompt n of the held-out list, made at `size` and shown at `cell` pixels."""
    specs = held_out_specs(columns * rows, 11)
    sheet = Image.new("RGB", (columns * cell, rows * cell))
    for index, spec in enumerate(specs):
        picture = Image.fromarray(model.make_picture(spec.text, size, size, index, steps, guidance))
        picture = picture.resize((cell, cell), Image.Resampling.LANCZOS)
        sheet.paste(picture, (index % columns * cell, index // columns * cell))
        print(f"{index}: {spec.text}", flush=True)
    return sheet


def save_small(sheet: Image.Image, path: Path, most_bytes: int) -> None:
    """As a PNG of at most `most_bytes`: with fewer colours, then smaller, until it fits."""
    for scale in (1.0, 0.85, 0.7, 0.55, 0.4):
        size = (int(sheet.width * scale), int(sheet.height * scale))
        sheet.resize(size, Image.Resampling.LANCZOS).quantize(256).save(path, optimize=True)
        if path.stat().st_size <= most_bytes:
            return
    raise ValueError(f"{path} stays over {most_bytes} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--out", type=Path, default=Path("samples.png"))
    parser.add_argument("--columns", type=int, default=6)
    parser.add_argument("--rows", type=int, default=4)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--cell", type=int, default=160)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--guidance", type=float, default=1.0)
    options = parser.parse_args()
    model = ImageModel(options.model)
    sheet = make_montage(
        model, options.columns, options.rows, options.size, options.cell, options.steps, options.guidance)
    save_small(sheet, options.out, 400_000)


if __name__ == "__main__":
    main()
