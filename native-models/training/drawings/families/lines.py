"""Drawings made of lines and bands: stripes, rings, rays, contours, arches, scallops, checkers."""

import numpy as np

from ..scene import WHOLE, Scene


def _paint_bands(scene: Scene, position: np.ndarray, step: float, length: np.ndarray | float = 1.0) -> None:
    """Bands of the palette's colours along `position`; every other one shows the ground.

    `length` turns a distance along `position` into units of the short side.
    """
    accents = len(scene.palette) - 1
    period = step * 2 * accents
    fat = scene.rng.uniform(0.4, 0.6)
    for index in range(accents):
        phase = np.mod(position - 2 * step * index, period) - step
        distance = (np.abs(phase) - step * fat) * length
        scene.paint(WHOLE, scene.clip(distance), scene.accent(index), step * 0.5)


def draw_diagonal_stripes(scene: Scene) -> None:
    """Parallel stripes at a slant."""
    rng = scene.rng
    angle = rng.choice([-1, 1]) * rng.uniform(0.5, 1.1)
    step = rng.uniform(0.06, 0.11) * scene.temper.scale
    _paint_bands(scene, scene.x * np.cos(angle) + scene.y * np.sin(angle), step)


def draw_concentric_rings(scene: Scene) -> None:
    """Rings around one centre in the busy part."""
    rng = scene.rng
    cx, cy = scene.focus()
    if scene.spec.composition == "all over":
        cx, cy = cx + rng.uniform(-0.4, 0.4), cy + rng.uniform(-0.4, 0.4)
    radius = np.hypot(scene.x - cx, scene.y - cy)
    step = rng.uniform(0.04, 0.075) * scene.temper.scale
    accents = len(scene.palette) - 1
    outer = {"all over": 2.0, "centred": scene.badge}.get(scene.spec.composition, 0.42)
    fat = rng.uniform(0.4, 0.6)
    for index in range(accents):
        phase = np.mod(radius - 2 * step * index, step * 2 * accents) - step
        distance = np.maximum(np.abs(phase) - step * fat, radius - outer)
        scene.paint(WHOLE, scene.clip(distance), scene.accent(index), step * 0.5)


def draw_sunburst_rays(scene: Scene) -> None:
    """Rays from one centre, with a disc where they meet."""
    rng = scene.rng
    cx, cy = scene.focus()
    dx, dy = scene.x - cx, scene.y - cy
    radius, angle = np.hypot(dx, dy), np.arctan2(dy, dx)
    accents = len(scene.palette) - 1
    rays = accents * int(np.clip(round(rng.uniform(9, 14) * scene.temper.density / accents), 3, 16))
    turn = 2 * np.pi / rays
    start = rng.uniform(0, turn)
    for index in range(accents):
        phase = np.mod(angle - start - turn * index, turn * accents) - turn / 2
        distance = (np.abs(phase) - turn / 4) * radius
        scene.paint(WHOLE, scene.clip(distance), scene.accent(index), 0.08)
    disc = rng.uniform(0.07, 0.12)
    scene.paint(WHOLE, radius - disc - 0.03, scene.palette[0], disc)
    scene.paint(WHOLE, radius - disc, scene.accent(accents - 1), disc)


def draw_contour_lines(scene: Scene) -> None:
    """Level lines of a smooth height field, like a map."""
    rng, temper = scene.rng, scene.temper
    field = scene.field(rng.uniform(0.8, 1.2) / temper.scale, 5)
    slope_y, slope_x = np.gradient(field, scene.pixel)
    slope = np.hypot(slope_x, slope_y) + 0.4
    lines = np.clip(6 * temper.density, 4, 9)
    presence = scene.presence(0.2)
    if len(scene.palette) > 2 and scene.style not in ("outlined", "flat"):
        hill = np.clip(0.5 + 0.4 * field, 0, 1) * presence
        scene.blend(WHOLE, 0.35 * hill * hill, scene.accent(1))
    level = field * lines / 2
    distance = np.abs(level - np.round(level)) * 2 / lines / slope
    which = np.mod(np.round(level), len(scene.palette) - 1).astype(np.int32)
    colours = np.stack(scene.palette[1:])[which]
    width = rng.uniform(0.012, 0.018) * (1.5 if scene.style == "outlined" else 1.0)
    edge = 0.02 if scene.style == "soft focus" else None
    if scene.style == "grainy":
        scene.grain += 0.035 * presence
    if scene.style == "glossy":
        scene.shadow(WHOLE, distance - width / 2, 0.02, 0.2)
    scene.blend(WHOLE, scene.cover(distance - width * presence / 2 + 0.02 * (1 - presence), edge), colours)


def draw_stacked_arches(scene: Scene) -> None:
    """Rainbow arches standing side by side and on top of each other."""
    rng = scene.rng
    radius = rng.uniform(0.15, 0.22) * scene.temper.scale ** 0.7
    if scene.spec.composition == "centred":
        radius = 0.32
    left, top, right, bottom = scene.box()
    if scene.spec.composition == "all over":
        left, top, right, bottom = -0.05, 0.0, scene.width, scene.height + radius
    columns = max(1, int(round((right - left) / (2 * radius))))
    radius = (right - left) / (2 * columns) if scene.spec.composition != "centred" else radius
    rows = max(1, int((bottom - top) / (1.45 * radius)))
    if scene.spec.composition == "centred":
        columns, rows = 1, 1
    bands = len(scene.palette) - 1 + int(rng.integers(1, 3))
    for row in range(rows):
        for column in range(columns):
            cx = (left + right) / 2 + (column - (columns - 1) / 2) * 2 * radius
            cy = bottom - (rows - 1 - row) * 1.45 * radius - 0.35 * radius
            _paint_arch(scene, cx, cy, radius, bands, row + column)


def _paint_arch(scene: Scene, cx: float, cy: float, radius: float, bands: int, shift: int) -> None:
    """Nested arches, the outermost with `radius`; legs reach 0.35 of it below the centre."""
    found = scene.region(cx, cy, radius * 1.6)
    if found is None:
        return
    region, dx, dy = found
    above = np.hypot(dx, dy)
    leg = np.abs(dx) + 0 * dy
    base = np.where(dy < 0, above, leg)
    floor = dy - 0.35 * radius + 0 * dx
    for band in range(bands):
        size = radius * 0.96 * (1 - band / (bands + 0.35))
        colour = scene.palette[0] if band % len(scene.palette) == len(scene.palette) - 1 else scene.accent(band + shift)
        scene.paint(region, np.maximum(base - size, floor), colour, size * 0.4)


def draw_scallop_pattern(scene: Scene) -> None:
    """Rows of half circles that overlap like scales."""
    rng = scene.rng
    radius = rng.uniform(0.12, 0.17) * scene.temper.scale
    rings = int(rng.integers(2, 4))
    presence = scene.window()
    rows = int(scene.height / (radius * 0.5)) + 3
    x, zero = scene.x, 0 * scene.y
    for row in range(rows):
        cy = row * radius * 0.5 - radius * 0.5
        y0 = max(0, int((cy - radius * 1.05) / scene.pixel))
        y1 = min(scene.grain.shape[0], int((cy + radius * 1.05) / scene.pixel) + 1)
        if y0 >= y1:
            continue
        offset = radius * (row % 2)
        column = np.round((x - offset) / (2 * radius))
        dx = x - offset - column * 2 * radius
        distance = np.hypot(dx, scene.y[y0:y1] - cy)
        region = (slice(y0, y1), slice(None))
        inside = None if presence is None else presence[region] + 0 * zero[y0:y1]
        for ring in range(rings):
            size = radius * (1 - ring / rings)
            shape = distance - size
            if inside is not None:
                shape = np.maximum(shape, inside)
            colour = scene.palette[(ring + 1 + (row // 2 if ring == 0 else 0)) % len(scene.palette)]
            if scene.style == "outlined" and ring == 0:
                scene.blend(region, scene.cover(shape), scene.palette[0])
                colour = scene.accent(row)
            scene.paint(region, shape, colour, size * 0.6)


def draw_checkerboard_grid(scene: Scene) -> None:
    """Squares in turn, straight, slanted or gently warped."""
    rng = scene.rng
    step = rng.uniform(0.13, 0.2) * scene.temper.scale ** 0.8
    angle = rng.choice([0.0, 0.0, np.pi / 4, rng.uniform(-0.3, 0.3)])
    u = scene.x * np.cos(angle) + scene.y * np.sin(angle)
    v = scene.y * np.cos(angle) - scene.x * np.sin(angle)
    if rng.random() < 0.35:
        u = u + 0.25 * step * np.sin(2 * np.pi * v / (step * 5))
        v = v + 0.25 * step * np.sin(2 * np.pi * u / (step * 5))
    column, row = np.floor(u / step), np.floor(v / step)
    du, dv = np.abs(u / step - column - 0.5) * step, np.abs(v / step - row - 0.5) * step
    corner = rng.choice([0.0, 0.0, 0.25, 0.5]) * step
    qx, qy = du - step / 2 + corner, dv - step / 2 + corner
    square = np.hypot(np.maximum(qx, 0), np.maximum(qy, 0)) + np.minimum(np.maximum(qx, qy), 0) - corner
    accents = len(scene.palette) - 1
    which = np.mod(column + row, 2)
    kind = np.mod(np.floor((column - row) / 2) + 7 * accents, accents)
    for index in range(accents):
        off = np.where((which == 0) & (kind == index), square, np.maximum(step / 2 - np.maximum(du, dv), 0.0) + 1e-3)
        scene.paint(WHOLE, scene.clip(off), scene.accent(index), step * 0.4)
