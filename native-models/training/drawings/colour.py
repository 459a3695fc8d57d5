"""Conversions between sRGB and OKLab, and palettes in OKLab.

OKLab (Bjorn Ottosson, 2020) is the working space of every drawing: mixes stay clean and
lightness steps look even. Arrays are float32; sRGB is in [0, 1], OKLab L in [0, 1].
"""

import numpy as np

from .vocabulary import COLOURS

_LINEAR_TO_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929],
     [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]], np.float32)
_LMS_TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468],
     [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]], np.float32)
_LMS_TO_LINEAR = np.linalg.inv(_LINEAR_TO_LMS).astype(np.float32)
_LAB_TO_LMS = np.linalg.inv(_LMS_TO_LAB).astype(np.float32)

_ENCODE_STEPS = 8192
_levels = np.linspace(0.0, 1.0, _ENCODE_STEPS + 1)
_ENCODE = np.where(
    _levels <= 0.0031308, 12.92 * _levels, 1.055 * _levels ** (1 / 2.4) - 0.055
).astype(np.float32)


def srgb_to_oklab(srgb: np.ndarray) -> np.ndarray:
    """(..., 3) sRGB in [0, 1] to (..., 3) OKLab."""
    srgb = np.asarray(srgb, np.float32)
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear.astype(np.float32) @ _LINEAR_TO_LMS.T) @ _LMS_TO_LAB.T


def oklab_to_srgb(lab: np.ndarray) -> np.ndarray:
    """(..., 3) OKLab to (..., 3) sRGB, clipped to [0, 1]."""
    lms = lab @ _LAB_TO_LMS.T
    linear = (lms * lms * lms) @ _LMS_TO_LINEAR.T
    index = np.clip(linear * _ENCODE_STEPS + 0.5, 0, _ENCODE_STEPS).astype(np.int32)
    return _ENCODE[index]


def hex_to_srgb(text: str) -> np.ndarray:
    """'#2f86e8' to three floats in [0, 1]."""
    return np.array([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


NAMED_OKLAB: dict[str, np.ndarray] = {
    name: srgb_to_oklab(hex_to_srgb(value)) for name, value in COLOURS.items()
}


def jitter_colour(rng: np.random.Generator, lab: np.ndarray) -> np.ndarray:
    """A neighbour of a named colour, near enough to keep its name."""
    return (lab + rng.normal(0, [0.012, 0.006, 0.006])).astype(np.float32)


def choose_colours(rng: np.random.Generator, count: int) -> tuple[str, ...]:
    """Names of `count` colours that can be told apart; of five draws, the most harmonious."""
    names = list(NAMED_OKLAB)
    best: tuple[str, ...] = ()
    best_score = -np.inf
    tries = 5 if rng.random() < 0.6 else 1
    while tries > 0 or not best:
        tries -= 1
        picked = [names[i] for i in rng.choice(len(names), count, replace=False)]
        labs = np.stack([NAMED_OKLAB[name] for name in picked])
        gaps = np.linalg.norm(labs[:, None] - labs[None], axis=-1)[np.triu_indices(count, 1)]
        if gaps.min() < 0.1:
            continue
        score = _harmony(labs)
        if score > best_score:
            best, best_score = tuple(picked), score
    return best


def _harmony(labs: np.ndarray) -> float:
    """Higher for a wide range of lightness and for hues that are near or opposite."""
    chroma = np.hypot(labs[:, 1], labs[:, 2])
    hue = np.arctan2(labs[:, 2], labs[:, 1])
    turn = np.abs(np.sin(hue[:, None] - hue[None])) * np.sqrt(chroma[:, None] * chroma[None])
    return float(np.ptp(labs[:, 0]) - 2.5 * turn.mean())
