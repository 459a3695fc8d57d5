"""Drawings made of layers one behind the other: waves, hills, paper cutouts, torn paper."""

import numpy as np

from ..scene import WHOLE, Scene


def _crest(scene: Scene, u: np.ndarray, frequency: float, height: float) -> np.ndarray:
    """A wavy line over u: two sines, `height` tall."""
    rng = scene.rng
    first, second = rng.uniform(0, 2 * np.pi, 2)
    ratio = rng.uniform(1.6, 2.4)
    return height * (np.sin(2 * np.pi * frequency * u + first) + 0.4 * np.sin(2 * np.pi * frequency * ratio * u + second))


def _shade(colour: np.ndarray, amount: float) -> np.ndarray:
    """The colour lighter or darker by `amount` of L."""
    return colour + np.array([amount, 0, 0], np.float32)


def draw_flowing_waves(scene: Scene) -> None:
    """Bands that ripple, from the open side to the far edge."""
    rng, temper = scene.rng, scene.temper
    u, v, end = scene.along()
    begin = scene.shore() * end
    count = int(np.clip(round(5.5 * temper.density), 3, 9))
    frequency = rng.uniform(0.5, 0.9) / temper.scale
    height = rng.uniform(0.03, 0.06) * temper.scale
    window = scene.window() if scene.spec.composition == "centred" else None
    tilt = rng.uniform(-0.12, 0.12)
    for index in range(count):
        base = begin + (end - begin) * index / count
        distance = (base + _crest(scene, u, frequency, height) + tilt * (u - 0.5) - v) * 0.85
        if window is not None:
            distance = np.maximum(distance, window)
        colour = scene.palette[(index + 1) % len(scene.palette)] if index >= len(scene.palette) else scene.accent(index)
        scene.paint(WHOLE, distance, colour, (end - begin) / count)


def draw_rolling_hills(scene: Scene) -> None:
    """A landscape: far hills pale, near ones strong, a sun or moon where there is sky."""
    rng, temper = scene.rng, scene.temper
    name = scene.spec.composition
    x, y = scene.x + 0 * scene.y, scene.y + 0 * scene.x
    horizon = {"open space at the top": 0.64, "open space at the bottom": 0.3}.get(name, 0.46) * scene.height
    lean = {"on the left third": 0.32, "on the right third": -0.32}.get(name, 0.0)
    if scene.style not in ("flat", "outlined"):
        scene.lab[..., 0] += 0.05 * (y / scene.height - 0.5)
    focus_x, _ = scene.focus()
    sun = 0.07 * temper.scale
    sun_y = horizon - rng.uniform(0.05, 0.2)
    scene.paint(WHOLE, np.hypot(x - focus_x - rng.uniform(-0.1, 0.1), y - sun_y) - sun, scene.accent(len(scene.palette)), sun)
    count = int(np.clip(round(4.5 * temper.density), 3, 7))
    floor = 0.62 * scene.height if name == "open space at the bottom" else scene.height
    window = scene.window() if name == "centred" else None
    for index in range(count):
        base = horizon + (floor - horizon) * index / count
        crest = _crest(scene, x, rng.uniform(0.35, 0.8) / temper.scale, rng.uniform(0.025, 0.055) * temper.scale)
        distance = (base + crest + lean * (x / scene.width - 0.2 if lean > 0 else x / scene.width - 0.8) - y) * 0.85
        if window is not None:
            distance = np.maximum(distance, window)
        haze = 0.35 * (1 - index / count)
        colour = scene.accent(index) * (1 - haze) + scene.palette[0] * haze
        scene.paint(WHOLE, distance, colour, 0.12)
    if name == "open space at the bottom":
        lake = (floor + _crest(scene, x, 0.4, 0.012) - y)
        scene.blend(WHOLE, scene.cover(lake), scene.palette[0])


def draw_layered_paper_cutouts(scene: Scene) -> None:
    """Sheets with curved holes over each other, each throwing a shadow on the one below."""
    rng, temper = scene.rng, scene.temper
    field = scene.field(rng.uniform(0.6, 0.9) / temper.scale, 4)
    window = scene.window()
    if window is None:
        height = field * 0.9
    else:
        height = field * 0.45 + np.clip(-window / 0.22, -3, 1.5)
    count = int(np.clip(round(4.5 * temper.density), 3, 7))
    slope = 0.16 * temper.scale
    for index in range(count):
        level = -0.55 + 1.7 * (index + 0.5) / count
        distance = (level - height) * slope
        if scene.style not in ("flat", "outlined"):
            scene.shadow(WHOLE, distance, 0.045, 0.26)
        colour = scene.accent(index) if index < len(scene.palette) - 1 else _shade(scene.palette[index % len(scene.palette)], rng.uniform(-0.03, 0.03))
        scene.paint(WHOLE, distance, colour, 0.1)


def draw_grainy_paper_texture(scene: Scene) -> None:
    """Sheets of rough paper with torn edges and fibres."""
    rng, temper = scene.rng, scene.temper
    scene.grain += 0.03
    u, v, end = scene.along()
    begin = scene.shore() * end
    count = int(np.clip(round(2.5 * temper.density), 1, 4)) + (len(scene.palette) > 3)
    count = max(count, len(scene.palette) - 1)
    window = scene.window() if scene.spec.composition == "centred" else None
    for index in range(count):
        tear = 0.012 * scene.field(7, 6) + 0.02 * scene.field(2.0, 4)
        tilt = rng.uniform(-0.25, 0.25) * (u - 0.5)
        if "third" in scene.spec.composition:
            tilt *= 0.3
        distance = begin + (end - begin) * index / count + tilt + tear - v
        if window is not None:
            distance = np.maximum(distance, window + tear)
        rim = distance - 0.014 * (1 + 0.6 * scene.field(5, 4))
        if scene.style != "flat":
            scene.shadow(WHOLE, rim, 0.03, 0.2)
        colour = scene.accent(index)
        if scene.style != "outlined":
            scene.blend(WHOLE, scene.cover(rim), _shade(colour, 0.07))
        scene.paint(WHOLE, distance, colour, 0.2)
    scene.lab[..., 0] += 0.008 * scene.field(14, 6) * temper.contrast
    scene.grain[:] = np.clip(scene.grain + 0.03, 0.035, 0.11)
