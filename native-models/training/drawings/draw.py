"""Draw a picture from a seed."""

from dataclasses import dataclass

import numpy as np

from .colour import oklab_to_srgb
from .families import PAINTERS
from .scene import Scene
from .spec import Spec, sample_spec


@dataclass(frozen=True)
class Drawing:
    """A picture in parts: `clean` (H, W, 3) sRGB in 0..1, `grain` (H, W) amplitude of the noise over it."""

    spec: Spec
    clean: np.ndarray
    grain: np.ndarray

    def to_bytes(self, rng: np.random.Generator) -> np.ndarray:
        """The finished picture, (H, W, 3) uint8, with its grain laid on."""
        noise = rng.standard_normal(self.grain.shape, np.float32) * self.grain
        return np.clip((self.clean + noise[..., None]) * 255 + 0.5, 0, 255).astype(np.uint8)


def draw_parts(rng: np.random.Generator, width: int, height: int, spec: Spec | None = None) -> Drawing:
    """One drawing, width x height pixels, grain apart."""
    spec = spec or sample_spec(rng)
    scene = Scene(rng, width, height, spec)
    PAINTERS[spec.family](scene)
    scene.tint()
    return Drawing(spec, oklab_to_srgb(scene.lab), np.clip(0.75 * scene.grain, 0, 0.085))


def draw(
    seed: int | np.random.Generator, width: int, height: int, spec: Spec | None = None
) -> tuple[np.ndarray, Spec]:
    """One finished picture, (height, width, 3) uint8 sRGB, and what it shows (`.text` is the caption).

    The same seed and size give the same bytes. Without `spec` a random one is drawn from those
    that are not held out.
    """
    rng = np.random.default_rng(seed) if isinstance(seed, int) else seed
    drawing = draw_parts(rng, width, height, spec)
    return drawing.to_bytes(rng), drawing.spec
