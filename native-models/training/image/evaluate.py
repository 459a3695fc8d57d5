"""Measure the exported model over held-out prompts, through onnxruntime.

    python -m image.evaluate --count 40

Held-out prompts combine a family, a style and a composition never seen together in training.
Three figures, each also for drawings of the same prompts, which is the most a model can reach:

- colours: a picture's pixels are sorted into up to 8 clusters (k-means in Lab, seeded); for every
  named colour the CIEDE2000 distance to the nearest cluster is taken, clusters of under 1 % of
  the picture left out; weighted by the shares that those clusters have, a prompt is hit when the
  mean is at most 12.
- every colour: the share of named colours with such a cluster within 20.
- calm: where the prompt asks for open space, the mean step between neighbouring pixels there is at
  most a third of that in the rest, or under 0.004 of full scale.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
from PIL import Image

from drawings import Spec, draw, is_held_out, sample_spec
from drawings.vocabulary import COLOURS

from .colour_difference import hex_to_lab, measure_ciede2000, srgb_to_lab
from .sample import MODEL_FOLDER, ImageModel

HIT_DISTANCE, NEAR_DISTANCE = 12.0, 20.0


def held_out_specs(count: int, seed: int) -> list[Spec]:
    """`count` prompts in canonical words whose combination is held out."""
    rng = np.random.default_rng(seed)
    return [sample_spec(rng, is_held_out) for _ in range(count)]


def find_clusters(picture: np.ndarray, most: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Lab centres (K, 3) and shares (K) of a picture's colours, shares of at least 1 %."""
    small = np.asarray(Image.fromarray(picture).resize((64, 64), Image.Resampling.BOX))
    lab = srgb_to_lab(small.reshape(-1, 3) / 255)
    rng = np.random.default_rng(5)
    centres = [lab[rng.integers(len(lab))]]
    while len(centres) < most:
        gap = np.min([np.square(lab - c).sum(1) for c in centres], 0)
        centres.append(lab[np.argmax(gap)])
    middle = np.stack(centres)
    for _ in range(12):
        nearest = np.argmin(np.square(lab[:, None] - middle[None]).sum(-1), 1)
        middle = np.stack([lab[nearest == k].mean(0) if (nearest == k).any() else middle[k] for k in range(most)])
    shares = np.bincount(nearest, minlength=most) / len(lab)
    keep = shares >= 0.01
    return middle[keep], shares[keep]


def measure_colours(picture: np.ndarray, spec: Spec) -> tuple[float, float]:
    """Share-weighted distance of the named colours to their clusters, and the share of colours within reach."""
    centres, shares = find_clusters(picture)
    named = np.stack([hex_to_lab(COLOURS[name]) for name in spec.colours])
    distance = measure_ciede2000(named[:, None], centres[None])
    nearest = distance.argmin(1)
    lowest, weight = distance.min(1), shares[nearest]
    return float((lowest * weight).sum() / weight.sum()), float((lowest <= NEAR_DISTANCE).mean())


def measure_calm(picture: np.ndarray, composition: str) -> bool | None:
    """Whether the open space is calm; None when the prompt asks for none."""
    grey = picture.mean(2) / 255
    # Grain is not busyness: steps are taken between averages of 4 x 4 pixels.
    height, width = (side // 4 * 4 for side in grey.shape)
    grey = grey[:height, :width].reshape(height // 4, 4, width // 4, 4).mean((1, 3))
    h, w = grey.shape
    spaces = {
        "open space at the top": (slice(0, int(h * 0.38)), slice(None)),
        "open space at the bottom": (slice(int(h * 0.62), h), slice(None)),
        "on the left third": (slice(None), slice(int(w * 0.5), w)),
        "on the right third": (slice(None), slice(0, int(w * 0.5))),
    }
    if composition not in spaces:
        return None
    steps = np.abs(np.diff(grey, axis=0))[:, :-1] + np.abs(np.diff(grey, axis=1))[:-1]
    inside = np.zeros(steps.shape, bool)
    inside[spaces[composition]] = True
    calm, busy = steps[inside].mean(), steps[~inside].mean()
    return bool(calm < 0.004 or calm < busy / 3)


def summarise(pictures: list[np.ndarray], specs: list[Spec]) -> dict[str, float]:
    """The three figures over pictures and their prompts."""
    colours = [measure_colours(picture, spec) for picture, spec in zip(pictures, specs, strict=True)]
    calm = [measure_calm(picture, spec.composition) for picture, spec in zip(pictures, specs, strict=True)]
    asked = [value for value in calm if value is not None]
    return {
        "colourHits": float(np.mean([mean <= HIT_DISTANCE for mean, _ in colours])),
        "colourDistance": float(np.mean([mean for mean, _ in colours])),
        "everyColour": float(np.mean([share for _, share in colours])),
        "calm": float(np.mean(asked)) if asked else float("nan"),
    }


def evaluate(options: argparse.Namespace) -> dict:
    """Make the pictures, measure them, and measure drawings of the same prompts."""
    specs = held_out_specs(options.count, options.seed)
    model = ImageModel(options.model, options.threads)
    started, made = time.perf_counter(), []
    for index, spec in enumerate(specs):
        made.append(model.make_picture(spec.text, options.size, options.size, index, options.steps, options.guidance))
        if (index + 1) % 10 == 0:
            print(f"{index + 1}/{len(specs)} pictures, {(time.perf_counter() - started) / (index + 1):.2f} s each", flush=True)
    drawn = [draw(1000 + index, options.size, options.size, spec)[0] for index, spec in enumerate(specs)]
    figures = {"count": len(specs), "steps": options.steps, "guidance": options.guidance, "size": options.size,
               "model": summarise(made, specs), "drawings": summarise(drawn, specs)}
    if options.montage:
        rows = [np.concatenate(pictures[:12], 1) for pictures in (made, drawn)]
        Image.fromarray(np.concatenate(rows, 0)).save(options.montage)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--guidance", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--montage", help="write the first pictures over drawings of the same prompts")
    print(json.dumps(evaluate(parser.parse_args())))


if __name__ == "__main__":
    main()
