"""The loss curve as a picture."""

import math
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

_SIZE = (960, 420)
_MARGIN = 56


def draw_curve(points: Sequence[tuple[int, float]], path: Path, title: str) -> None:
    """Writes (step, loss) points as a PNG with a logarithmic loss axis."""
    if len(points) < 2:
        return
    image = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(image)
    steps = [step for step, _ in points]
    losses = [math.log10(max(loss, 1e-4)) for _, loss in points]
    low, high = min(losses), max(losses)
    place = lambda step, value: (
        _MARGIN + (_SIZE[0] - 1.5 * _MARGIN) * (step - steps[0]) / max(1, steps[-1] - steps[0]),
        _SIZE[1] - _MARGIN - (_SIZE[1] - 2 * _MARGIN) * (value - low) / max(1e-9, high - low),
    )
    for share in (0, 0.25, 0.5, 0.75, 1):
        value = low + share * (high - low)
        y = place(steps[0], value)[1]
        draw.line((_MARGIN, y, _SIZE[0] - _MARGIN / 2, y), fill="#dddddd")
        draw.text((8, y - 6), f"{10**value:.3f}", fill="#555555")
    draw.line([place(step, value) for step, value in zip(steps, losses, strict=True)], fill="#2352d1", width=2)
    draw.text((_MARGIN, 16), title, fill="#141414")
    draw.text((_MARGIN, _SIZE[1] - 32), f"step {steps[0]}", fill="#555555")
    draw.text((_SIZE[0] - 2.2 * _MARGIN, _SIZE[1] - 32), f"step {steps[-1]}", fill="#555555")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
