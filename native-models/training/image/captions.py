"""Captions for training: the drawings' own, and the same in the looser words that people use."""

import numpy as np

from drawings.spec import Spec, join_colours, sample_spec

# Other words for the same thing. A phrase that fits several is drawn for each of them.
FAMILY_WORDS: dict[str, tuple[str, ...]] = {
    "soft gradient": ("gradient", "soft colour gradient"), "mesh gradient": ("blurred colours", "mesh"), "flowing waves": ("waves", "wavy bands"),
    "diagonal stripes": ("stripes", "diagonal lines"), "overlapping circles": ("circles", "large circles"), "concentric rings": ("rings",),
    "sunburst rays": ("rays", "sunburst"), "terrazzo chips": ("terrazzo", "stone chips"), "halftone dots": ("halftone", "dots"),
    "triangle mosaic": ("triangles", "mosaic"), "organic blobs": ("blobs", "organic shapes"), "layered paper cutouts": ("layered paper", "paper cutouts"),
    "contour lines": ("contours", "line art", "lines"), "leaf silhouettes": ("leaves", "botanical silhouettes", "plants"),
    "rolling hills": ("hills", "landscape"), "window light and shadow": ("light and shadow", "window light"), "grainy paper texture": ("torn paper", "paper texture"),
    "scattered confetti": ("confetti", "small shapes"), "stacked arches": ("arches", "rainbow arches"), "checkerboard grid": ("checkerboard", "checks", "grid"),
    "scallop pattern": ("scallops", "scales"), "brush strokes": ("brush", "brush marks", "strokes"),
}
STYLE_WORDS: dict[str, tuple[str, ...]] = {
    "flat": ("flat shapes", "clean", "minimal"), "grainy": ("with grain", "textured"), "glossy": ("shiny",), "outlined": ("outline", "line drawing"),
    "translucent": ("transparent",), "soft focus": ("soft", "blurry"),
}
COMPOSITION_WORDS: dict[str, tuple[str, ...]] = {
    "all over": ("pattern", "everywhere"), "centred": ("centered", "in the centre"), "on the left third": ("on the left", "open space on the right"),
    "on the right third": ("on the right", "open space on the left"), "open space at the top": ("space at the top",),
    "open space at the bottom": ("space at the bottom",),
}
MOOD_WORDS: dict[str, tuple[str, ...]] = {
    "calm": ("gentle",), "bold": ("vivid", "large"), "playful": ("fun",), "elegant": ("simple",), "warm": (), "cool": (), "fresh": ("light",),
    "energetic": ("lively",), "quiet": ("minimal",), "dense": ("busy",),
}
FILLERS = ("abstract background", "brand graphic", "poster", "social post", "pattern", "picture")


def loosen(rng: np.random.Generator, spec: Spec) -> str:
    """The caption in other words: phrases exchanged, left out, moved, or with a filler."""
    def choose(word: str, words: dict[str, tuple[str, ...]]) -> str:
        others = (word, word, *words[word])
        return others[rng.integers(len(others))]

    subject = choose(spec.family, FAMILY_WORDS)
    if rng.random() < 0.7:
        subject = f"{choose(spec.mood, MOOD_WORDS)} {subject}"
    parts = [choose(spec.style, STYLE_WORDS)] if rng.random() < 0.8 else []
    if rng.random() < 0.8:
        parts.append(choose(spec.composition, COMPOSITION_WORDS))
    if rng.random() < 0.85:
        parts.append(join_colours(spec.colours))
    if rng.random() < 0.2:
        parts.append(FILLERS[rng.integers(len(FILLERS))])
    if rng.random() < 0.12:
        subject = FILLERS[rng.integers(len(FILLERS))]
    parts.insert(0 if rng.random() < 0.75 else int(rng.integers(len(parts) + 1)), subject)
    return ", ".join(parts)


def sample_caption(rng: np.random.Generator) -> tuple[Spec, str]:
    """A spec of those that are not held out, and words for it; none at all for one in twenty-five."""
    spec = sample_spec(rng)
    draw = rng.random()
    if draw < 0.04:
        return spec, ""
    return spec, spec.text if draw < 0.6 else loosen(rng, spec)
