"""The loss curve of a log: `python -m image.loss_curve --log FOLDER/scene.jsonl --out ../starter/image/loss.png`."""

import argparse
import json
from pathlib import Path

from PIL import Image, ImageDraw


def draw_loss_curve(log_path: Path, picture_path: Path, size: tuple[int, int] = (720, 320)) -> None:
    """The logged losses as a line, with the first, lowest and last value written on it."""
    if not log_path.exists():
        return
    lines = [json.loads(text) for text in log_path.read_text(encoding="utf-8").splitlines() if text]
    if len(lines) < 2:
        return
    losses = [line["loss"] for line in lines]
    ordered = sorted(losses)
    low, high = ordered[0], ordered[int(len(ordered) * 0.97)]
    picture = Image.new("RGB", size, "#fafafa")
    pen = ImageDraw.Draw(picture)
    left, top, right, bottom = 20, 34, size[0] - 20, size[1] - 20
    pen.rectangle((left, top, right, bottom), outline="#c3c6ca")
    points = [
        (left + (right - left) * i / (len(losses) - 1),
         bottom - (bottom - top) * min(1.0, (loss - low) / max(high - low, 1e-9)))
        for i, loss in enumerate(losses)]
    pen.line(points, fill="#2352d1", width=2)
    pen.text((left, 12), f"loss, step {lines[0]['step']} to {lines[-1]['step']}: first {losses[0]:.4f}, "
             f"lowest {low:.4f}, last {losses[-1]:.4f}", fill="#36393f")
    picture.save(picture_path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("loss.png"))
    options = parser.parse_args()
    draw_loss_curve(options.log, options.out)


if __name__ == "__main__":
    main()
