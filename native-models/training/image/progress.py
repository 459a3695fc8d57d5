"""Progress lines, loss logs and the loss curve picture."""

import json
import time
from pathlib import Path

from PIL import Image, ImageDraw


class Progress:
    """Prints one line every `every` steps and keeps every line in a JSON-lines log."""

    def __init__(self, log_path: Path, total_steps: int, every: int = 50) -> None:
        self.log_path, self.total_steps, self.every = log_path, total_steps, every
        self.started_s = time.perf_counter()
        self.samples, self.loss_sum, self.count = 0, 0.0, 0

    def add(self, step: int, samples: int, loss: float, **extra: float) -> None:
        """Count one step; print when a line is due."""
        self.samples += samples
        self.loss_sum += loss
        self.count += 1
        if (step + 1) % self.every:
            return
        passed_s = time.perf_counter() - self.started_s
        line = {"step": step + 1, "loss": round(self.loss_sum / self.count, 5),
                "samples_per_s": round(self.samples / passed_s, 1), **{k: round(v, 6) for k, v in extra.items()}}
        left_s = (self.total_steps - step - 1) * passed_s / self.count
        print(f"step {step + 1}/{self.total_steps}  " + "  ".join(f"{k} {v}" for k, v in line.items() if k != "step")
              + f"  left {left_s / 60:.1f} min", flush=True)
        with self.log_path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        self.started_s, self.samples, self.loss_sum, self.count = time.perf_counter(), 0, 0.0, 0


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
