"""Drawings made of scattered shapes: circles, blobs, chips, confetti, leaves, strokes."""

import numpy as np

from ..scene import Scene


def draw_overlapping_circles(scene: Scene) -> None:
    """Large discs that overlap; where they do, their colours mix unless the style is flat."""
    rng, temper = scene.rng, scene.temper
    points = scene.scatter(7 * temper.density, 0.16 * temper.scale, 0.06)
    points = (points * 2)[: max(len(points), len(scene.palette))]
    for index, (px, py) in enumerate(points):
        radius = rng.uniform(0.12, 0.24) * temper.scale ** 0.7
        if scene.spec.composition != "all over":
            radius *= 0.72
        found = scene.region(px, py, radius * 1.6 + 0.05)
        if found is None:
            continue
        region, dx, dy = found
        before = scene.lab[region].copy()
        distance = np.hypot(dx, dy) - radius
        scene.paint(region, distance, scene.accent(index), radius)
        if scene.style in ("glossy", "grainy"):
            scene.lab[region] += 0.28 * scene.cover(distance)[..., None] * (before - scene.lab[region])


def draw_organic_blobs(scene: Scene) -> None:
    """Rounded, irregular pebbles."""
    rng, temper = scene.rng, scene.temper
    points = scene.scatter(6 * temper.density, 0.26 * temper.scale, 0.08)
    points = (points * 3)[: max(len(points), len(scene.palette) - 1)]
    for index, (px, py) in enumerate(points):
        radius = rng.uniform(0.13, 0.2) * temper.scale
        if scene.spec.composition != "all over":
            radius *= 0.78
        found = scene.region(px, py, radius * 1.9 + 0.05)
        if found is None:
            continue
        region, dx, dy = found
        angle = np.arctan2(dy, dx)
        wobble = sum(
            rng.uniform(0.05, 0.16) / k * np.cos(k * angle + rng.uniform(0, 2 * np.pi)) * 1.6 for k in (2, 3, 4))
        distance = (np.hypot(dx, dy) - radius * (1 + wobble)) * 0.9
        scene.paint(region, distance, scene.accent(index), radius)


def _polygon(rng: np.random.Generator, dx: np.ndarray, dy: np.ndarray, radius: float, sides: int) -> np.ndarray:
    """Signed distance of an irregular convex polygon."""
    start = rng.uniform(0, 2 * np.pi)
    distance = None
    for side in range(sides):
        angle = start + 2 * np.pi * (side + rng.uniform(-0.28, 0.28)) / sides
        plane = dx * np.cos(angle) + dy * np.sin(angle) - radius * rng.uniform(0.6, 1.0)
        distance = plane if distance is None else np.maximum(distance, plane)
    return distance


def draw_terrazzo_chips(scene: Scene) -> None:
    """Stone chips of several sizes set into the ground."""
    rng, temper = scene.rng, scene.temper
    gap = 0.105 * temper.scale ** 0.8
    for index, (px, py) in enumerate(scene.scatter(52 * temper.density / temper.scale, gap, 0.01)):
        radius = gap * rng.choice([0.3, 0.45, 0.65]) * rng.uniform(0.9, 1.25)
        found = scene.region(px, py, radius * 2.0)
        if found is None:
            continue
        region, dx, dy = found
        distance = _polygon(rng, dx, dy, radius, int(rng.integers(4, 7)))
        scene.paint(region, distance, scene.accent(index), radius)


def draw_scattered_confetti(scene: Scene) -> None:
    """Small discs, bars, triangles, rings and squiggles thrown about."""
    rng, temper = scene.rng, scene.temper
    gap = 0.14 * temper.scale ** 0.8
    for index, (px, py) in enumerate(scene.scatter(38 * temper.density / temper.scale, gap, 0.02)):
        size = gap * rng.uniform(0.22, 0.42)
        found = scene.region(px, py, size * 2.4)
        if found is None:
            continue
        region, dx, dy = found
        angle = rng.uniform(0, np.pi)
        u, v = dx * np.cos(angle) + dy * np.sin(angle), dy * np.cos(angle) - dx * np.sin(angle)
        kind = rng.integers(5)
        if kind == 0:
            distance = np.hypot(u, v) - size * 0.7
        elif kind == 1:
            distance = np.hypot(np.maximum(np.abs(u) - size, 0), v) - size * 0.3
        elif kind == 2:
            distance = np.maximum(np.abs(u) * 0.866 + v * 0.5, -v) - size * 0.5
        elif kind == 3:
            distance = np.abs(np.hypot(u, v) - size * 0.65) - size * 0.2
        else:
            wave = v - size * 0.45 * np.sin(u * 3.4 / size)
            distance = np.maximum(np.abs(wave) * 0.6 - size * 0.2, np.abs(u) - size * 1.3)
        scene.paint(region, distance, scene.accent(index), size * 0.5)


def _leaf(u: np.ndarray, v: np.ndarray, length: float, width: float) -> np.ndarray:
    """Signed distance of a pointed leaf from (0, 0) along u: two circles crossed."""
    half = length / 2
    bow = (half * half - width * width) / (2 * width)
    radius = bow + width
    return np.hypot(u - half, np.abs(v) + bow) - radius


def draw_leaf_silhouettes(scene: Scene) -> None:
    """Stems with paired leaves, grown from the edges of the busy part."""
    rng, temper = scene.rng, scene.temper
    left, top, right, bottom = scene.box()
    count = int(np.clip(round(4 * temper.density * max(0.5, (right - left) * (bottom - top) * 1.6)), 2, 8))
    upside = scene.spec.composition == "open space at the bottom"
    for index in range(max(count, len(scene.palette) - 1)):
        px = left + (right - left) * (index + rng.uniform(0.2, 0.8)) / max(count, len(scene.palette) - 1)
        py = top if upside else bottom
        if scene.spec.composition == "all over" and index % 2:
            py = rng.uniform(0.45, 0.75) * scene.height
        lean = rng.uniform(-0.35, 0.35)
        angle = (np.pi / 2 if upside else -np.pi / 2) + lean
        reach = min(abs(bottom - top) * 0.98, 0.85 * temper.scale) * rng.uniform(0.7, 1.0)
        _grow_stem(scene, px, py, angle, reach, index)


def _grow_stem(scene: Scene, px: float, py: float, angle: float, reach: float, index: int) -> None:
    """One stem: a row of leaf pairs that shrink towards a leaf at the tip."""
    rng = scene.rng
    pairs = int(np.clip(round(reach / 0.11 / scene.temper.scale ** 0.6), 3, 7))
    bend = rng.uniform(-0.5, 0.5)
    length = reach / pairs * rng.uniform(1.25, 1.6)
    slim = rng.uniform(0.16, 0.26)
    for pair in range(pairs + 1):
        turn = angle + bend * pair / pairs
        px, py = px + np.cos(turn) * reach / (pairs + 1), py + np.sin(turn) * reach / (pairs + 1)
        size = length * (1 - 0.45 * pair / pairs)
        sides = (0.0,) if pair == pairs else (-0.8, 0.8)
        for side in sides:
            found = scene.region(px, py, size * 1.15)
            if found is None:
                continue
            region, dx, dy = found
            way = turn + side
            u, v = dx * np.cos(way) + dy * np.sin(way), dy * np.cos(way) - dx * np.sin(way)
            distance = _leaf(u, v, size, size * slim)
            if scene.style not in ("outlined", "soft focus"):
                distance = np.maximum(distance, 0.006 - np.abs(v) * 1.0 - 0.02 * (u > size * 0.85)) if size > 0.14 else distance
            scene.paint(region, distance, scene.accent(index), size * slim)


def draw_brush_strokes(scene: Scene) -> None:
    """Broad dry strokes with bristle marks and ragged ends."""
    rng, temper = scene.rng, scene.temper
    points = scene.scatter(5.5 * temper.density, 0.2 * temper.scale, 0.1)
    points = (points * 3)[: max(len(points), len(scene.palette) - 1)]
    slant = rng.uniform(-0.6, 0.6) + (np.pi / 2 if "third" in scene.spec.composition else 0)
    for index, (px, py) in enumerate(points):
        length, width = rng.uniform(0.26, 0.42) * temper.scale ** 0.5, rng.uniform(0.06, 0.1) * temper.scale
        found = scene.region(px, py, length * 1.35 + width)
        if found is None:
            continue
        region, dx, dy = found
        angle = slant + rng.uniform(-0.25, 0.25)
        u, v = dx * np.cos(angle) + dy * np.sin(angle), dy * np.cos(angle) - dx * np.sin(angle)
        v = v + rng.uniform(-0.6, 0.6) * u * u / length
        _paint_stroke(scene, region, u, v, length, width, index)


def _paint_stroke(scene: Scene, region, u: np.ndarray, v: np.ndarray, length: float, width: float, index: int) -> None:
    """One stroke along u: hairs are streaks across v that run dry at different lengths."""
    rng = scene.rng
    hairs = np.zeros_like(v)
    for k in (3.0, 7.0, 13.0):
        hairs += np.sin(k * v / width * np.pi + rng.uniform(0, 6)) / 3
    ragged = length * (1 + 0.16 * hairs + 0.03 * np.sin(u * 40))
    distance = np.maximum(np.abs(v) - width * (1 + 0.05 * np.sin(u * 23 + index)), np.abs(u) - ragged)
    if scene.style not in ("flat", "outlined"):
        dry = smooth_dry(u, length) * 0.030
        distance = np.maximum(distance, (np.abs(hairs) - 0.75) * 0.02 + dry - 0.022)
    scene.paint(region, distance, scene.accent(index), width)
    if scene.style != "outlined":
        scene.lab[region][..., 0] += 0.022 * hairs * scene.temper.contrast * scene.cover(distance)


def smooth_dry(u: np.ndarray, length: float) -> np.ndarray:
    """How dry the brush is along a stroke: 0 at the start, 1 at the end."""
    return np.clip((u / length + 0.2) / 1.2, 0, 1) ** 2
