"""The search results of the model card, by the exported encoders: `python -m vision.search_sheet`.

Held out are seeds that training never draws. The figures come from `npm run bench -- starter --part vision`.
"""

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

from .export import TARGET
from .network import IMAGE_SIZE
from .pictures import STORED_SIZE, WORK, Gallery, load_held_out_gallery, shrink
from .words import build_tokenizer

PAIRS = 1000


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
    parser.add_argument("--out", type=Path, default=TARGET / "search.png")
    options = parser.parse_args()
    encoders = Encoders(options.model)
    held_out = load_held_out_gallery(options.work, PAIRS)
    draw_search(held_out, encoders.see(_plain(held_out.pixels)), encoders.read([spec.text for spec in held_out.specs]), options.out)


if __name__ == "__main__":
    main()
