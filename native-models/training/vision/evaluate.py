"""Measures the exported encoders with onnxruntime: `python -m vision.evaluate`.

Held out are seeds that training never draws. Retrieval: 1,000 picture and caption pairs; a caption that occurs twice
counts for both pictures. Probe: a linear classifier fitted on 3,000 training pictures' embeddings, tried on the 1,000.
Near duplicates: a changed copy (crop up to 15 % of the side, resize, JPEG 50 to 90, slight recolouring) against the
original, and against that, pairs of different pictures, half of them drawn from one and the same caption.
"""

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from PIL import Image
from torch.nn import functional

from drawings import draw

from .augment import augment
from .export import TARGET
from .network import IMAGE_SIZE
from .pictures import STORED_SIZE, WORK, Gallery, load_held_out_gallery, load_training_gallery, shrink
from .train import attribute_targets
from .words import build_tokenizer

PAIRS, PROBE = 1000, 3000


class Encoders:
    """The shipped networks."""

    def __init__(self, folder: Path) -> None:
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 1
        self._vision = onnxruntime.InferenceSession(str(folder / "onnx" / "vision_model.onnx"), settings)
        self._text = onnxruntime.InferenceSession(str(folder / "onnx" / "text_model.onnx"), settings)
        self._tokenizer = build_tokenizer()
        self._tokenizer.enable_padding(length=None)

    def see(self, pixels: np.ndarray) -> np.ndarray:
        """pixel values [B, 3, 96, 96] to unit vectors [B, 128]."""
        parts = [self._vision.run(None, {"pixel_values": pixels[start : start + 50]})[0] for start in range(0, len(pixels), 50)]
        return _unit(np.concatenate(parts))

    def read(self, captions: list[str]) -> np.ndarray:
        """Captions to unit vectors [B, 128]."""
        ids = np.array([row.ids for row in self._tokenizer.encode_batch(captions)], np.int64)
        return _unit(self._text.run(None, {"input_ids": ids})[0])


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def _plain(pixels: np.ndarray) -> np.ndarray:
    """Stored pictures as the network takes them, unchanged."""
    small = np.stack([shrink(picture, IMAGE_SIZE) for picture in pixels])
    return np.ascontiguousarray(small.transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1)


def retrieval(images: np.ndarray, texts: np.ndarray, captions: list[str]) -> dict[str, float]:
    """Recall in both directions; equal captions count as equal."""
    scores = images @ texts.T
    same = np.array(captions)[:, None] == np.array(captions)[None, :]
    result = {}
    for name, table, truth in (("caption for picture", scores, same), ("picture for caption", scores.T, same.T)):
        order = np.argsort(-table, axis=1)
        hits = np.take_along_axis(truth, order, 1)
        for count in (1, 10):
            result[f"recall@{count} {name}"] = float(hits[:, :count].any(1).mean())
    return result


def probe(train: np.ndarray, train_gallery: Gallery, test: np.ndarray, test_gallery: Gallery) -> dict[str, float]:
    """Accuracy of linear classifiers on frozen embeddings."""
    torch.manual_seed(0)
    result = {}
    wanted, truth = attribute_targets(train_gallery.specs), attribute_targets(test_gallery.specs)
    features, tests = torch.from_numpy(train * 8), torch.from_numpy(test * 8)
    for name in ("family", "style", "composition", "mood"):
        weight = torch.zeros(int(wanted[name].max()) + 1, features.shape[1] + 1, requires_grad=True)
        optimiser = torch.optim.LBFGS([weight], max_iter=60)

        def closure() -> torch.Tensor:
            optimiser.zero_grad()
            loss = functional.cross_entropy(features @ weight[:, :-1].T + weight[:, -1], wanted[name]) + 1e-5 * weight.square().sum()
            loss.backward()
            return loss

        optimiser.step(closure)
        guess = (tests @ weight[:, :-1].T + weight[:, -1]).argmax(-1)
        result[f"probe {name}"] = float((guess == truth[name]).float().mean())
    return result


def near_duplicates(encoders: Encoders, gallery: Gallery, originals: np.ndarray) -> dict[str, float]:
    """Area under the curve, and detection at one false alarm in a hundred."""
    rng = np.random.default_rng(5)
    copies = encoders.see(augment(gallery.pixels, rng, crop=0.15, strength=0.7).numpy())
    alike = (originals * copies).sum(1)
    shifted = np.roll(np.arange(len(originals)), 1)
    strangers = (originals * originals[shifted]).sum(1)[: len(originals) // 2]
    again = [shrink(draw(np.random.default_rng(950_000_000 + i), STORED_SIZE, STORED_SIZE, spec)[0], STORED_SIZE) for i, spec in enumerate(gallery.specs[: len(originals) // 2])]
    siblings = (originals[: len(again)] * encoders.see(_plain(np.stack(again)))).sum(1)
    result = {}
    for name, others in (("any other picture", strangers), ("another picture of the same caption", siblings), ("half and half", np.concatenate((strangers, siblings)))):
        threshold = np.quantile(others, 0.99)
        result[f"near duplicate AUC against {name}"] = float((alike[:, None] > others[None, :]).mean())
        result[f"near duplicate found at 1 % false alarms, {name}"] = float((alike > threshold).mean())
        result[f"threshold, {name}"] = float(threshold)
    return result


def draw_search(gallery: Gallery, images: np.ndarray, texts: np.ndarray, path: Path, queries: int = 8) -> None:
    """For the first captions the three nearest pictures and, set apart, the caption's own."""
    gap, size = 24, STORED_SIZE
    sheet = np.full((queries * (size + 4), 4 * (size + 4) + gap, 3), 255, np.uint8)
    for row in range(queries):
        nearest = np.argsort(-(images @ texts[row]))[:3]
        for column, index in enumerate((*nearest, row)):
            left = column * (size + 4) + (gap if column == 3 else 0)
            sheet[row * (size + 4) : row * (size + 4) + size, left : left + size] = gallery.pixels[index]
    Image.fromarray(sheet).save(path, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--model", type=Path, default=TARGET)
    parser.add_argument("--search", type=Path, help="write the first captions' search results as a PNG")
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoders = Encoders(options.model)
    held_out, known = load_held_out_gallery(options.work, PAIRS), load_training_gallery(options.work, 0, 3)
    known = Gallery(known.pixels[:PROBE], known.specs[:PROBE])
    images, training = encoders.see(_plain(held_out.pixels)), encoders.see(_plain(known.pixels))
    captions = [spec.text for spec in held_out.specs]
    texts = encoders.read(captions)
    if options.search:
        draw_search(held_out, images, texts, options.search)
    results = {"different captions": len(set(captions)), **retrieval(images, texts, captions)}
    results |= probe(training, known, images, held_out) | near_duplicates(encoders, held_out, images)
    for name, value in results.items():
        print(f"{name:72} {value:.3f}")


if __name__ == "__main__":
    main()
