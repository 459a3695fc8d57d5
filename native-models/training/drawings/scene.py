"""A drawing in progress: coordinates, palette, open space, and the painter that knows the styles.

Lengths are in units of the short side, so a scene looks the same at every resolution. Shapes are
signed distances (negative inside); edges are antialiased from the distance, without supersampling.
"""

from dataclasses import dataclass

import numpy as np

from .colour import NAMED_OKLAB, jitter_colour
from .spec import Spec

Region = tuple[slice, slice]
WHOLE: Region = (slice(None), slice(None))


@dataclass(frozen=True)
class Temper:
    """What a mood means in numbers, each around 1."""

    density: float
    scale: float
    contrast: float
    warmth: float


TEMPERS: dict[str, Temper] = {
    "calm": Temper(0.65, 1.30, 0.6, 0.0),
    "bold": Temper(0.80, 1.45, 1.3, 0.0),
    "playful": Temper(1.20, 0.90, 1.0, 0.0),
    "elegant": Temper(0.70, 1.05, 0.8, 0.0),
    "warm": Temper(1.00, 1.00, 0.9, 1.0),
    "cool": Temper(1.00, 1.00, 0.9, -1.0),
    "fresh": Temper(1.00, 0.95, 0.9, -0.3),
    "energetic": Temper(1.35, 0.85, 1.4, 0.3),
    "quiet": Temper(0.50, 1.15, 0.4, 0.0),
    "dense": Temper(1.55, 0.76, 1.0, 0.0),
}


def smoothstep(low: float, high: float, value: np.ndarray) -> np.ndarray:
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


class Scene:
    """The canvas of one drawing: `lab` (H, W, 3) OKLab and `grain` (H, W) amplitude in sRGB units."""

    def __init__(self, rng: np.random.Generator, width: int, height: int, spec: Spec) -> None:
        self.rng = rng
        self.spec = spec
        short = min(width, height)
        self.pixel = 1.0 / short
        self.width, self.height = width / short, height / short
        self.x = ((np.arange(width, dtype=np.float32) + 0.5) / short)[None, :]
        self.y = ((np.arange(height, dtype=np.float32) + 0.5) / short)[:, None]
        self.temper = TEMPERS[spec.mood]
        self.style = spec.style
        self.palette = [jitter_colour(rng, NAMED_OKLAB[name]) for name in spec.colours]
        self.lab = np.empty((height, width, 3), np.float32)
        self.grain = np.zeros((height, width), np.float32)
        self.light_angle = rng.uniform(-2.4, -0.8)
        self.light = self.plane(self.light_angle)
        self.stroke = rng.uniform(0.011, 0.019) * self.temper.scale ** 0.5
        self.blur = rng.uniform(0.06, 0.12)
        self._fade = bool(rng.random() < 0.5)
        self.badge = rng.uniform(0.33, 0.4)
        self._badge_power = float(rng.choice([2.0, 2.0, 5.0]))
        self._share = rng.uniform(0.46, 0.54)
        self.fill_ground()

    def plane(self, angle: float) -> np.ndarray:
        """A ramp over the picture along `angle`, from -1 to 1."""
        u = (self.x / self.width - 0.5) * np.cos(angle) + (self.y / self.height - 0.5) * np.sin(angle)
        reach = 0.5 * (abs(np.cos(angle)) + abs(np.sin(angle)))
        return (u / reach).astype(np.float32)

    def field(self, frequency: float, waves: int = 5) -> np.ndarray:
        """Smooth noise in about -1..1 with about `frequency` bumps per unit: a sum of plane waves."""
        total = np.zeros((self.y.shape[0], self.x.shape[1]), np.float32)
        turn = self.rng.uniform(0, np.pi)
        for index in range(waves):
            angle = turn + np.pi * (index + self.rng.uniform(-0.3, 0.3)) / waves
            k = 2 * np.pi * frequency * self.rng.uniform(0.45, 1.0)
            phase = self.rng.uniform(0, 2 * np.pi)
            # cos(a + b) by its parts: the waves cost two outer products instead of H x W cosines.
            ax = k * np.cos(angle) * self.x + phase
            ay = k * np.sin(angle) * self.y
            total += np.cos(ax) * np.cos(ay) - np.sin(ax) * np.sin(ay)
        return total / np.sqrt(waves)

    def fill_ground(self) -> None:
        """The first colour over everything, with the gentlest of light unless the style is flat."""
        self.lab[:] = self.palette[0]
        if self.style in ("flat", "outlined"):
            return
        self.lab[..., 0] -= 0.022 * self.temper.contrast * self.light
        if self.style == "grainy":
            self.grain += 0.018 + 0.012 * (self.light * 0.5 + 0.5)

    def accent(self, index: int) -> np.ndarray:
        """A colour that is not the ground: the accents in turn."""
        accents = self.palette[1:]
        return accents[index % len(accents)]

    def ramp(self, t: np.ndarray, colours: list[np.ndarray] | None = None) -> np.ndarray:
        """OKLab colours along the palette for t in [0, 1]; shape of t plus 3."""
        stops = np.stack(colours if colours is not None else self.palette)
        position = np.clip(t, 0, 1) * (len(stops) - 1)
        low = np.minimum(position.astype(np.int32), len(stops) - 2)
        part = (position - low)[..., None]
        part = part * part * (3 - 2 * part)
        return stops[low] * (1 - part) + stops[low + 1] * part

    # Composition

    def window(self) -> np.ndarray | None:
        """Signed distance of the part that may be busy; None when that is all of it."""
        name = self.spec.composition
        if name == "centred":
            px = np.abs(self.x - self.width / 2) / max(1.0, self.width * 0.8)
            py = np.abs(self.y - self.height / 2) / max(1.0, self.height * 0.8)
            power = self._badge_power
            return (px**power + py**power) ** (1 / power) - self.badge
        if name == "on the left third":
            return (self.x - self.width * 0.38) + 0 * self.y
        if name == "on the right third":
            return (self.width * 0.62 - self.x) + 0 * self.y
        if name == "open space at the top":
            return (self.height * self._share - self.y) + 0 * self.x
        if name == "open space at the bottom":
            return (self.y - self.height * (1 - self._share)) + 0 * self.x
        return None

    def presence(self, reach: float = 0.16) -> np.ndarray:
        """1 where the picture may be busy, falling to 0 over `reach` before the open space."""
        window = self.window()
        if window is None:
            return np.ones((self.y.shape[0], self.x.shape[1]), np.float32)
        return 1 - smoothstep(-reach, 0.0, window)

    def clip(self, distance: np.ndarray) -> np.ndarray:
        """A field of shapes cut to the busy part."""
        window = self.window()
        return distance if window is None else np.maximum(distance, window)

    def focus(self) -> tuple[float, float]:
        """The middle of the busy part."""
        spots = {
            "on the left third": (0.17, 0.5), "on the right third": (0.83, 0.5),
            "open space at the top": (0.5, 0.8), "open space at the bottom": (0.5, 0.2),
        }
        fx, fy = spots.get(self.spec.composition, (0.5, 0.5))
        return fx * self.width, fy * self.height

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the busy part."""
        w, h = self.width, self.height
        boxes = {
            "centred": (w / 2 - 0.3 * w, h / 2 - 0.3 * h, w / 2 + 0.3 * w, h / 2 + 0.3 * h),
            "on the left third": (0, 0, w * 0.36, h),
            "on the right third": (w * 0.64, 0, w, h),
            "open space at the top": (0, h * 0.54, w, h),
            "open space at the bottom": (0, 0, w, h * 0.46),
        }
        return boxes.get(self.spec.composition, (0, 0, w, h))

    def scatter(self, count: float, gap: float, inset: float = 0.0) -> list[tuple[float, float]]:
        """About `count` points per unit of area in the busy part, no two nearer than `gap`."""
        left, top, right, bottom = self.box()
        left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
        if right <= left or bottom <= top:
            left = right = (left + right) / 2
            top = bottom = (top + bottom) / 2
        wanted = max(3, int(count * max(0.15, (right - left) * (bottom - top))))
        points: list[tuple[float, float]] = []
        for _ in range(wanted * 6):
            px, py = self.rng.uniform(left, right), self.rng.uniform(top, bottom)
            if all((px - qx) ** 2 + (py - qy) ** 2 > gap * gap for qx, qy in points):
                points.append((px, py))
                if len(points) == wanted:
                    break
        return points

    def along(self) -> tuple[np.ndarray, np.ndarray, float]:
        """(u, v, end) for layered drawings: u runs along the layers, v from the open side to the far edge `end`."""
        zero = np.zeros((self.y.shape[0], self.x.shape[1]), np.float32)
        name = self.spec.composition
        if name == "open space at the bottom":
            return self.x + zero, self.height - self.y + zero, self.height
        if name == "on the left third":
            return self.y + zero, self.width - self.x + zero, self.width
        if name == "on the right third":
            return self.y + zero, self.x + zero, self.width
        return self.x + zero, self.y + zero, self.height

    def shore(self) -> float:
        """Where along v the layers of `along` begin, as a share of its end."""
        name = self.spec.composition
        if name == "all over":
            return self.rng.uniform(0.12, 0.25)
        if name == "centred":
            return 0.3
        return 0.64 if "third" in name else 0.54

    # Painting

    def region(self, cx: float, cy: float, reach: float) -> tuple[Region, np.ndarray, np.ndarray] | None:
        """The pixels within `reach` of a point, with their offsets from it; None when outside."""
        scale = 1 / self.pixel
        height, width = self.grain.shape
        x0, x1 = max(0, int((cx - reach) * scale)), min(width, int((cx + reach) * scale) + 2)
        y0, y1 = max(0, int((cy - reach) * scale)), min(height, int((cy + reach) * scale) + 2)
        if x0 >= x1 or y0 >= y1:
            return None
        return (slice(y0, y1), slice(x0, x1)), self.x[:, x0:x1] - cx, self.y[y0:y1] - cy

    def blend(self, region: Region, coverage: np.ndarray, colour: np.ndarray) -> None:
        """Mix a colour, or an array of colours, into the picture."""
        self.lab[region] += coverage[..., None] * (colour - self.lab[region])

    def cover(self, distance: np.ndarray, width: float | None = None) -> np.ndarray:
        """Coverage of a shape with an edge `width` wide (a pixel and a bit by default)."""
        width = max(width or 0.0, 1.25 * self.pixel)
        if width > 4 * self.pixel:
            return 1 - smoothstep(-width / 2, width / 2, distance)
        return np.clip(0.5 - distance / width, 0, 1)

    def shadow(self, region: Region, distance: np.ndarray, depth: float, strength: float) -> None:
        """A soft shadow that falls away from the light."""
        dx = int(round(-np.cos(self.light_angle) * depth * 0.5 / self.pixel))
        dy = int(round(-np.sin(self.light_angle) * depth * 0.5 / self.pixel))
        height, width = distance.shape
        rows = np.clip(np.arange(height) - dy, 0, height - 1)
        columns = np.clip(np.arange(width) - dx, 0, width - 1)
        shifted = distance[rows[:, None], columns[None]]
        self.lab[region][..., 0] *= 1 - strength * self.cover(shifted - depth * 0.15, depth * 1.6)

    def paint(self, region: Region, distance: np.ndarray, colour: np.ndarray, size: float = 0.2) -> None:
        """Draw a shape in the style of the scene. `size` is its rough radius."""
        style = self.style
        if style == "outlined":
            stroke = min(self.stroke, max(size * 0.3, 1.6 * self.pixel))
            self.blend(region, 0.22 * self.cover(distance), colour)
            self.blend(region, self.cover(np.abs(distance + stroke / 2) - stroke / 2), colour)
        elif style == "translucent":
            self.blend(region, 0.66 * self.cover(distance), colour)
            rim = self.cover(np.abs(distance + 0.004) - 0.003) * 0.35
            self.lab[region][..., 0] += rim * 0.12
        elif style == "soft focus":
            self.blend(region, 0.95 * self.cover(distance, min(self.blur, size * 0.9)), colour)
        elif style == "glossy":
            self.paint_glossy(region, distance, colour, size)
        elif style == "grainy":
            self.paint_grainy(region, distance, colour, size)
        else:
            self.blend(region, self.cover(distance), colour)

    def paint_glossy(self, region: Region, distance: np.ndarray, colour: np.ndarray, size: float) -> None:
        """A lit body: shadow below, gradient over it, a soft highlight inside the rim."""
        self.shadow(region, distance, min(0.05, 0.35 * size), 0.16)
        cover = self.cover(distance)
        self.blend(region, cover, colour)
        light = self.light[region]
        inner = smoothstep(0, min(0.12, size * 0.8), -distance)
        shine = -0.05 * light * self.temper.contrast + 0.06 * inner - 0.03
        rim = self.cover(np.abs(distance + 0.2 * size * 0.4) - 0.012, 0.03) * np.clip(-light + 0.2, 0, 1)
        self.lab[region][..., 0] += cover * (shine + 0.05 * rim)

    def paint_grainy(self, region: Region, distance: np.ndarray, colour: np.ndarray, size: float) -> None:
        """A body shaded with grain: darker and rougher towards one side."""
        cover = self.cover(distance)
        depth = 1 - smoothstep(0, max(0.04, min(0.22, size)), -distance)
        turn = np.clip(0.5 + 0.5 * self.light[region], 0, 1)
        tone = depth * (0.35 + 0.65 * turn)
        self.blend(region, cover, colour)
        self.lab[region][..., 0] -= cover * 0.075 * tone * self.temper.contrast
        grain = self.grain[region]
        grain += cover * (0.022 + 0.055 * tone - grain)

    def tint(self) -> None:
        """The light of warm and cool moods: a glow from the light's side, too weak to change a colour's name."""
        if self.temper.warmth:
            glow = 0.5 - 0.5 * self.light
            self.lab[..., 2] += 0.012 * self.temper.warmth * glow
            self.lab[..., 0] += 0.008 * glow
