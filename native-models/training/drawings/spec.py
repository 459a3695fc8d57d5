"""What a drawing shows, and the caption that says so."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from .colour import choose_colours
from .vocabulary import COMPOSITIONS, FAMILIES, MOODS, STYLES


@dataclass(frozen=True)
class Spec:
    """One drawing in words. `colours` run from the ground to the smallest share."""

    family: str
    style: str
    composition: str
    mood: str
    colours: tuple[str, ...]
    text: str


def join_colours(colours: tuple[str, ...]) -> str:
    """'in navy, coral and cream'."""
    if len(colours) == 1:
        return f"in {colours[0]}"
    return f"in {', '.join(colours[:-1])} and {colours[-1]}"


def make_spec(family: str, style: str, composition: str, mood: str, colours: tuple[str, ...]) -> Spec:
    """A spec with its caption in the canonical word order."""
    text = f"{mood} {family}, {style}, {composition}, {join_colours(colours)}"
    return Spec(family, style, composition, mood, colours, text)


def is_held_out(family: str, style: str, composition: str) -> bool:
    """True for one in twelve combinations: never trained on, kept for measuring."""
    return crc32(f"{family}|{style}|{composition}".encode()) % 12 == 0


def sample_spec(rng: np.random.Generator, accept: Callable[[str, str, str], bool] | None = None) -> Spec:
    """A random spec. `accept(family, style, composition)` defaults to all that is not held out."""
    while True:
        family, style, composition = (
            words[rng.integers(len(words))] for words in (FAMILIES, STYLES, COMPOSITIONS))
        wanted = accept(family, style, composition) if accept else not is_held_out(family, style, composition)
        if wanted:
            break
    mood = MOODS[rng.integers(len(MOODS))]
    colours = choose_colours(rng, int(rng.choice([2, 3, 4], p=[0.2, 0.5, 0.3])))
    spec = make_spec(family, style, composition, mood, colours)
    return Spec(family, style, composition, mood, colours, vary_caption(rng, spec))


def held_out_specs(count: int, seed: int) -> list[Spec]:
    """`count` prompts in canonical words whose combination is held out."""
    rng = np.random.default_rng(seed)
    return [sample_spec(rng, is_held_out) for _ in range(count)]


def vary_caption(rng: np.random.Generator, spec: Spec) -> str:
    """The canonical caption two times in three, else with words dropped or moved."""
    if rng.random() < 0.65:
        return spec.text
    subject = spec.family if rng.random() < 0.3 else f"{spec.mood} {spec.family}"
    parts = [word for word in (spec.style, spec.composition) if rng.random() > 0.2]
    parts.append(join_colours(spec.colours))
    if rng.random() < 0.4:
        parts = [parts[i] for i in rng.permutation(len(parts))]
    if rng.random() < 0.2:
        return ", ".join([*parts, subject])
    return ", ".join([subject, *parts])
