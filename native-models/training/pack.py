"""Writes what `npm run bench -- starter` measures against: `python -m pack`. The bench itself needs no Python.

- `held-out`: 1,000 drawings with captions whose seeds no training draws, squashed to 112 pixels.
- `training`: 1,000 of the vision model's kind of training drawings, 96 pixels: its probes are fitted on them.
- `scenes`: 1,000 drawings of combinations that the image model was trained on, 96 pixels: the probe for its pictures is fitted on them,
  and they are the sample against which memorisation is measured.
- `prompts`: 100 prompts whose family, style and composition were never seen together, each with its drawing, 256 pixels.
- `siblings`: 64 drawings for each of 4 such prompts, 96 pixels: how far pictures of one prompt lie apart.
- `briefs`: the fifty held-out briefs of the text model.

A sheet holds its pictures row by row; the JSON beside it says how large they are and what each shows.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from drawings import Spec, draw
from drawings.spec import held_out_specs
from text.briefs import audience_head
from text.heldout import held_out_briefs
from vision.pictures import WORK, load_held_out_gallery, shrink

TARGET = Path(__file__).resolve().parents[2] / "tests" / "support" / "starter-pack"
COLUMNS = 40
PROMPT_SEED, SIBLING_PROMPTS, SIBLINGS = 17, (3, 20, 41, 77), 64


def describe(spec: Spec) -> dict[str, object]:
    """A spec as the bench reads it."""
    return {"text": spec.text, "family": spec.family, "style": spec.style, "composition": spec.composition, "mood": spec.mood, "colours": list(spec.colours)}


def write_sheet(target: Path, name: str, pictures: np.ndarray, specs: Iterable[Spec], quality: int) -> None:
    """One WebP with all pictures and one JSON."""
    count, size = len(pictures), pictures.shape[1]
    columns = min(COLUMNS, count)
    rows = -(-count // columns)
    sheet = np.zeros((rows * size, columns * size, 3), np.uint8)
    for index, picture in enumerate(pictures):
        top, left = index // columns * size, index % columns * size
        sheet[top : top + size, left : left + size] = picture
    Image.fromarray(sheet).save(target / f"{name}.webp", quality=quality, method=6)
    shown = [json.dumps(describe(spec)) for spec in specs]
    lines = ",\n".join(f"    {line}" for line in shown)
    (target / f"{name}.json").write_text(f'{{\n  "edge": {size},\n  "columns": {columns},\n  "pictures": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    print(f"{name}: {count} pictures, {(target / f'{name}.webp').stat().st_size / 1e6:.2f} MB", flush=True)


def write_briefs(target: Path) -> None:
    """Fields as the studio's briefs have them; `audienceHead` is the short name that counts as naming the audience."""
    rows = [{"product": brief.product, "what": brief.what, "audience": brief.audience, "goal": brief.goal, "tone": brief.tone, "avoid": brief.avoid,
             "facts": brief.facts, "audienceHead": audience_head(brief.audience)} for brief in held_out_briefs()]
    (target / "briefs.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def draw_training(count: int, seed: int) -> tuple[np.ndarray, list[Spec]]:
    """Drawings of combinations that are not held out."""
    drawn = [draw(np.random.default_rng([seed, 128, 128, index]), 128, 128) for index in range(count)]
    return np.stack([shrink(picture, 96) for picture, _ in drawn]), [spec for _, spec in drawn]


def write_vision(target: Path) -> None:
    """What the vision part measures against; to be written again whenever the vision model is trained on new drawings."""
    held_out = load_held_out_gallery(WORK, 1000)
    write_sheet(target, "held-out", held_out.pixels, held_out.specs, 82)
    write_sheet(target, "training", *draw_training(1000, 1), 80)


def write_image(target: Path) -> None:
    """What the image part measures against."""
    write_sheet(target, "scenes", *draw_training(1000, 2), 80)
    prompts = held_out_specs(100, PROMPT_SEED)
    pictures = np.stack([draw(1000 + index, 256, 256, spec)[0] for index, spec in enumerate(prompts)])
    write_sheet(target, "prompts", pictures, prompts, 88)
    chosen = [prompts[index] for index in SIBLING_PROMPTS for _ in range(SIBLINGS)]
    again = np.stack([shrink(draw(5000 + index, 192, 192, spec)[0], 96) for index, spec in enumerate(chosen)])
    write_sheet(target, "siblings", again, chosen, 80)


def main() -> None:
    parts = {"text": write_briefs, "vision": write_vision, "image": write_image}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--part", choices=list(parts), action="append", help="only this; several allowed")
    options = parser.parse_args()
    options.target.mkdir(parents=True, exist_ok=True)
    for name in options.part or parts:
        parts[name](options.target)


if __name__ == "__main__":
    main()
