"""Soft and mesh gradients: colour that flows, without shapes."""

import numpy as np

from ..scene import WHOLE, Scene


def _finish(scene: Scene, t: np.ndarray) -> None:
    """The mark of a style on a gradient whose ramp position is `t` in 0..1."""
    if scene.style == "grainy":
        scene.grain += 0.03 + 0.05 * (1 - np.abs(2 * t - 1))
    elif scene.style == "glossy":
        sheen = np.exp(-(((t - 0.62) / 0.06) ** 2)) + 0.6 * np.exp(-(((t - 0.3) / 0.03) ** 2))
        scene.lab[..., 0] += 0.045 * scene.temper.contrast * sheen
    elif scene.style == "outlined":
        cells = t * 9
        slope = np.hypot(*np.gradient(cells)) + 1e-6
        line = np.abs(cells - np.round(cells)) / slope
        cover = np.clip(0.5 * scene.stroke / scene.pixel * 0.5 + 0.5 - line, 0, 1)
        scene.lab[..., 0] += 0.09 * cover * np.where(scene.palette[0][0] > 0.6, -1, 1)


def draw_soft_gradient(scene: Scene) -> None:
    """One direction, slightly bent, with the ground colour kept over the open space."""
    rng = scene.rng
    name = scene.spec.composition
    if name == "all over":
        t = 0.5 + 0.5 * scene.plane(rng.uniform(0, 2 * np.pi))
    elif name == "centred":
        distance = np.hypot((scene.x - scene.width / 2) / scene.width, (scene.y - scene.height / 2) / scene.height)
        t = 1 - distance / rng.uniform(0.48, 0.6)
    else:
        _, v, end = scene.along()
        begin = 0.3 if "third" not in name else 0.48
        t = (v / end - begin) / (1 - begin)
    bend = 0.10 * scene.field(0.8 / scene.temper.scale, 4) * scene.presence(0.5)
    t = np.clip(t + bend, 0, 1)
    if scene.style == "flat":
        steps = int(rng.integers(5, 9))
        softness = 0.02
        cells = t * steps
        base = np.floor(cells)
        t = (base + np.clip((cells - base - 1 + softness) / softness, 0, 1)) / steps
    if scene.style == "translucent":
        t = np.clip(t + 0.10 * np.sign(scene.plane(rng.uniform(0, 6)) + 0.2 * scene.field(0.7, 3)) * t, 0, 1)
    scene.lab[:] = scene.ramp(t)
    _finish(scene, t)


def draw_mesh_gradient(scene: Scene) -> None:
    """Blurred pools of colour over the ground, their borders bent by noise."""
    rng, temper = scene.rng, scene.temper
    warp_x = 0.12 * scene.field(1.1 / temper.scale, 4)
    warp_y = 0.12 * scene.field(1.1 / temper.scale, 4)
    x, y = scene.x + warp_x, scene.y + warp_y
    sharp = {"flat": 0.35, "outlined": 0.5, "soft focus": 1.4, "glossy": 0.7}.get(scene.style, 1.0)
    points = scene.scatter(7 * temper.density, 0.2 * temper.scale, 0.03)
    points = (points * 3)[: max(len(points), len(scene.palette) - 1)]
    for index, (px, py) in enumerate(points):
        radius = rng.uniform(0.28, 0.46) * temper.scale ** 0.6
        if scene.spec.composition != "all over":
            radius *= 0.78
        distance = np.hypot(x - px, y - py)
        # A logistic edge: as soft as a blur, and one exponential cheap.
        cover = 1 / (1 + np.exp(np.clip((distance - radius) / (0.085 * sharp), -30, 30)))
        scene.blend(WHOLE, 0.92 * cover * scene.presence(0.22), scene.accent(index))
        if scene.style == "translucent":
            rim = np.exp(-(((distance - radius) / 0.012) ** 2)) * scene.presence(0.22)
            scene.lab[..., 0] += 0.04 * rim
    t = 0.5 + 0.5 * np.tanh(2 * (warp_x + warp_y) / 0.12)
    _finish(scene, t * scene.presence(0.22))
