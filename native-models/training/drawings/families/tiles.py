"""Drawings made of tiles that follow a field: halftone dots and triangle mosaics; and window light."""

import numpy as np

from ..scene import WHOLE, Scene, smoothstep


def draw_halftone_dots(scene: Scene) -> None:
    """A grid of dots whose size follows a gradient."""
    rng, temper = scene.rng, scene.temper
    step = rng.uniform(0.06, 0.085) * temper.scale ** 0.8
    angle = rng.uniform(0.2, 0.9)
    c, s = np.cos(angle), np.sin(angle)
    column = np.round((scene.x * c + scene.y * s) / step)
    row = np.round((scene.y * c - scene.x * s) / step)
    # The size of a dot is read at its centre, so that dots stay round.
    cx, cy = (column * c - row * s) * step, (column * s + row * c) * step
    if scene.spec.composition == "all over":
        way = rng.uniform(0, 2 * np.pi)
        tone = 0.55 + 0.5 * ((cx / scene.width - 0.5) * np.cos(way) + (cy / scene.height - 0.5) * np.sin(way)) * 1.4
    else:
        tone = _tone_of_window(scene, cx, cy)
    tone = tone + 0.10 * np.sin(cx * 5 + rng.uniform(0, 6)) * np.sin(cy * 5 + rng.uniform(0, 6)) * (tone > 0.1)
    radius = step * 0.62 * np.sqrt(np.clip(tone, 0, 1))
    distance = np.where(tone > 0.02, np.hypot(scene.x - cx, scene.y - cy) - radius, 1.0)
    accents = len(scene.palette) - 1
    which = np.clip(tone * accents * 0.999, 0, accents - 1).astype(np.int32) if rng.random() < 0.5 else np.mod(
        column + row, accents).astype(np.int32)
    for index in range(accents):
        scene.paint(WHOLE, np.where(which == index, distance, 1.0), scene.accent(index), step * 0.4)


def _tone_of_window(scene: Scene, cx: np.ndarray, cy: np.ndarray) -> np.ndarray:
    """0 in the open space, rising to 1 inside the busy part, read at the dots' centres."""
    x, y = scene.x, scene.y
    scene.x, scene.y = cx, cy
    window = scene.window()
    scene.x, scene.y = x, y
    return np.clip(-window / 0.26, 0, 1)


def draw_triangle_mosaic(scene: Scene) -> None:
    """Triangles in a slanted grid, each in one tone of a ramp through the palette."""
    rng, temper = scene.rng, scene.temper
    step = rng.uniform(0.17, 0.24) * temper.scale
    angle = rng.uniform(0, np.pi)
    x = scene.x * np.cos(angle) + scene.y * np.sin(angle)
    y = scene.y * np.cos(angle) - scene.x * np.sin(angle)
    v = y / (step * 0.866)
    u = x / step - v / 2
    column, row = np.floor(u), np.floor(v)
    fu, fv = u - column, v - row
    upper = fu + fv > 1
    # A tile's tone comes from its own number: the fraction of a large sine, a cheap hash.
    number = np.sin(column * 127.1 + row * 311.7 + upper * 74.7 + rng.uniform(0, 6)) * 43758.5
    jitter = number - np.floor(number)
    shade = np.where(upper, np.minimum(np.minimum(1 - fu, 1 - fv), fu + fv - 1), np.minimum(np.minimum(fu, fv), 1 - fu - fv))
    distance = -shade * step * 0.7
    way = rng.uniform(0, 2 * np.pi)
    ramp = 0.5 + 0.42 * ((column + row / 2) * np.cos(way) + row * np.sin(way)) * step / max(scene.width, scene.height)
    tone = np.clip(np.mod(ramp + 0.55 * (jitter - 0.5), 1.0), 0, 1)
    tiles = scene.ramp(np.round(tone * 8) / 8)
    tiles[..., 0] += (jitter - 0.5) * 0.07 * temper.contrast
    gap = 0.0 if scene.style in ("flat", "glossy") and rng.random() < 0.6 else 0.006
    window = scene.window()
    inside = distance + gap if window is None else np.maximum(distance + gap, window)
    if scene.style == "glossy":
        tiles[..., 0] += 0.07 * (fu - 0.5)
    scene.paint(WHOLE, inside, tiles, step * 0.3)


def draw_window_light_and_shadow(scene: Scene) -> None:
    """Light through a window on a wall: slanted panes with soft edges, bars and leaf shadows between."""
    rng, temper = scene.rng, scene.temper
    cx, cy = scene.focus()
    cx, cy = cx + rng.uniform(-0.05, 0.05), cy + rng.uniform(-0.05, 0.05)
    skew, lean = rng.uniform(0.25, 0.6) * rng.choice([-1, 1]), rng.uniform(-0.2, 0.2)
    u = (scene.x - cx) + skew * (scene.y - cy)
    v = (scene.y - cy) + lean * (scene.x - cx)
    columns, rows = int(rng.integers(2, 4)), int(rng.integers(2, 4))
    half_u, half_v = 0.3 * temper.scale ** 0.4, 0.4 * temper.scale ** 0.4
    if scene.spec.composition != "all over":
        half_u, half_v = half_u * 0.62, half_v * 0.62
    pane_u, pane_v = 2 * half_u / columns, 2 * half_v / rows
    du = np.abs(np.mod(u + half_u, pane_u) - pane_u / 2) - pane_u * 0.44
    dv = np.abs(np.mod(v + half_v, pane_v) - pane_v / 2) - pane_v * 0.45
    panes = np.maximum(np.maximum(du, dv), np.maximum(np.abs(u) - half_u, np.abs(v) - half_v))
    panes = panes + 0.0 * v
    edge = {"flat": 0.004, "outlined": 0.004, "soft focus": 0.08}.get(scene.style, 0.022)
    light = scene.cover(panes, edge) * scene.presence(0.1)
    if len(scene.palette) > 2:
        wall = scene.plane(rng.uniform(0, 6))
        scene.blend(WHOLE, 0.8 * smoothstep(-0.1, 1.0, wall) * scene.presence(0.3), scene.accent(1))
    if len(scene.palette) > 3:
        floor = scene.clip((scene.height * 0.86 - scene.y) + 0 * scene.x)
        scene.paint(WHOLE, floor, scene.accent(2), 0.2)
    if rng.random() < 0.5:
        leaves = scene.field(3.2, 6) - 0.55
        light = light * (1 - 0.75 * smoothstep(-0.2, 0.25, leaves))
    if scene.style == "outlined":
        scene.paint(WHOLE, np.where(scene.presence(0.1) > 0.5, panes, 1.0), scene.accent(0), 0.2)
        return
    scene.blend(WHOLE, 0.85 * light, scene.accent(0))
    if scene.style == "glossy":
        scene.lab[..., 0] += 0.05 * light * -scene.light
    if scene.style == "grainy":
        scene.grain += 0.045 * (1 - light)
