"""From a brief to the three assistant answers: persona, gap, concept. Limits are those of the product's schemas."""

import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from . import concepts, gaps, personas
from .briefs import Brief, audience_head
from .names import FIRST_NAMES

_VOCABULARY = json.loads((Path(__file__).resolve().parent.parent / "vocabulary.json").read_text(encoding="utf-8"))
_MOODS: list[str] = _VOCABULARY["moods"]
_OPEN_COMPOSITIONS = ["open space at the top", "open space at the bottom", "on the left third", "on the right third"]
_COLOURS = list(_VOCABULARY["colours"])
# Small colour harmonies: picking three free colours looks random, neighbours on this list look chosen.
_HARMONIES = [
    "navy sky ivory", "forest sage cream", "terracotta peach cream", "indigo lavender white", "teal mint ivory", "burgundy blush sand",
    "charcoal silver amber", "cobalt azure lemon", "plum rose peach", "moss lime ivory", "chocolate tan cream", "coral apricot white",
    "emerald mint gold", "violet pink ivory", "rust mustard beige", "turquoise sky white", "crimson salmon blush", "black grey yellow",
    "olive sand ivory", "purple magenta apricot", "blue cyan white", "brown orange cream", "azure coral ivory", "green lemon white",
]
_VERB_GOALS = "make get win bring sell fill turn replace let help earn place be explain move show give keep invite find reach raise grow build introduce".split()


class Frame:
    """Fills frames for one brief; refuses those that need what the brief lacks, break a limit or use an avoided word."""

    def __init__(self, rng: random.Random, brief: Brief, name: str = "") -> None:
        self._rng = rng
        self._avoid = re.compile("|".join(rf"\b{re.escape(word)}" for word in brief.avoid), re.IGNORECASE) if brief.avoid else None
        facts = rng.sample(brief.facts, len(brief.facts))
        audience = _lower_first(brief.audience)
        self._slots = {"p": brief.product, "w": brief.what, "a": audience, "h": audience_head(audience), "n": name, "goal": _verb_goal(brief.goal)}
        if facts:
            self._slots |= {"f": facts[0], "F": _upper_first(facts[0])}
        if len(facts) > 1:
            self._slots |= {"g": facts[1], "G": _upper_first(facts[1])}

    def fill(self, frame: str, limit: int) -> str | None:
        """The frame with its slots filled, or None when it cannot be used."""
        if self._avoid and self._avoid.search(re.sub(r"\{\w+\}", "", frame)):
            return None
        try:
            text = frame.format_map(_Strict(self._slots))
        except KeyError:
            return None
        return text if len(text) <= limit else None

    def pick(self, frames: Sequence[str], limit: int, accept: Callable[[str], bool] = lambda _: True) -> str | None:
        """One usable frame at random, filled."""
        for frame in self._rng.sample(frames, len(frames)):
            text = self.fill(frame, limit)
            if text and accept(text):
                return text
        return None


class _Strict(dict[str, str]):
    def __getitem__(self, key: str) -> str:
        value = super().__getitem__(key)
        if not value:
            raise KeyError(key)
        return value


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower_first(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.istitle() and first.lower() in _COMMON_STARTS else text


_COMMON_STARTS = set("people parents families students young older busy local small adults readers couples women men travellers owners teams".split())


def _verb_goal(goal: str) -> str:
    return goal if goal.split(" ", 1)[0] in _VERB_GOALS else ""


def _or(rng: random.Random, share: float, first: Sequence[str], second: Sequence[str]) -> Sequence[str]:
    """The first list with the given probability, else the second."""
    return first if rng.random() < share else second


def write_persona(rng: random.Random, brief: Brief, angle: int) -> dict[str, object]:
    """Keys name, summary, needs, frustrations, quote. `angle` is 1..12."""
    theme = personas.THEMES[angle - 1]
    first = rng.choice(FIRST_NAMES)
    frame = Frame(rng, brief, first)
    label = frame.pick(theme.labels, 34) or theme.labels[0]
    summary = frame.pick([f"{a} {b}" for a in personas.ANY_SUMMARIES for b in theme.traits], 160) or theme.traits[0]
    needs = [frame.pick(personas.ANY_NEEDS, 80), frame.pick(theme.needs, 80)]
    third = frame.pick(theme.needs, 80, lambda text: text not in needs) if rng.random() < 0.5 else None
    needs = [need for need in (*needs, third) if need]
    rng.shuffle(needs)
    frustrations = [frame.pick(theme.frustrations, 80), frame.pick(_or(rng, 0.45, personas.ANY_FRUSTRATIONS, theme.frustrations), 80)]
    while frustrations[1] == frustrations[0] or frustrations[1] is None:
        frustrations[1] = rng.choice(theme.frustrations)
    quote = frame.pick(_or(rng, 0.4, personas.ANY_QUOTES, theme.quotes), 120) or frame.pick(theme.quotes, 120)
    return {
        "name": f"{first}, {label}", "summary": summary, "needs": needs if len(needs) > 1 else [*needs, theme.needs[1]],
        "frustrations": [frustrations[0] or theme.frustrations[0], frustrations[1]], "quote": quote or theme.quotes[0],
    }


def write_gap(rng: random.Random, brief: Brief, angle: int, persona_name: str) -> dict[str, str]:
    """Keys title, observation, opportunity. `persona_name` may be empty."""
    theme = gaps.THEMES[angle - 1]
    frame = Frame(rng, brief, persona_name.split(",")[0])
    opportunities = _or(rng, 0.45, gaps.ANY_OPPORTUNITIES, theme.opportunities)
    fallback = "{p} can speak to {h} in plain words."
    return {
        "title": frame.pick(theme.titles, 60) or theme.titles[1],
        "observation": frame.pick(theme.observations, 160) or frame.pick(("Most {h} feel that something is missing.",), 160) or "Something is missing here.",
        "opportunity": frame.pick(opportunities, 160) or frame.pick(theme.opportunities, 160) or frame.pick((fallback,), 160) or f"{brief.product} can fill it.",
    }


def write_concept(rng: random.Random, brief: Brief, angle: int, used_headlines: Sequence[str]) -> dict[str, str]:
    """Keys title, headline, body, callToAction, imagePrompt; the headline is none of the used ones."""
    theme = concepts.THEMES[angle - 1]
    frame = Frame(rng, brief)
    used = {headline.lower() for headline in used_headlines}
    headline = frame.pick(theme.headlines, 60, lambda text: text.lower() not in used) or brief.product
    return {
        "title": frame.pick(theme.titles, 40) or theme.titles[0], "headline": headline, "body": _write_body(rng, frame, brief, theme.closers),
        "callToAction": _pick_call(rng, frame, brief.goal), "imagePrompt": write_image_prompt(rng, brief.tone),
    }


def _write_body(rng: random.Random, frame: Frame, brief: Brief, closers: Sequence[str]) -> str:
    """Audience sentence, fact sentence, closing sentence, as long as 180 characters allow."""
    opener = frame.pick(_or(rng, 0.55, concepts.WHAT_OPENERS, concepts.OPENERS), 118) or frame.pick(concepts.OPENERS, 150)
    opener = opener or frame.pick([text.replace("{a}", "{h}") for text in concepts.OPENERS], 150) or f"{brief.product} is here."
    fact = frame.pick(concepts.FACT_LINES, 178 - len(opener))
    body = f"{opener} {fact}" if fact else opener
    tones = [tone for tone in brief.tone.split(", ") if tone in concepts.TONE_CLOSERS]
    pool = concepts.TONE_CLOSERS[rng.choice(tones)] if tones and rng.random() < 0.45 else closers
    closer = frame.pick(pool, 179 - len(body)) if len(body) < 165 else None
    return f"{body} {closer}" if closer else body


def _pick_call(rng: random.Random, frame: Frame, goal: str) -> str:
    for key, calls in concepts.CALLS_BY_GOAL.items():
        if key in goal.lower() and rng.random() < 0.85:
            text = frame.pick(calls, 24)
            if text:
                return text
    return frame.pick(concepts.CALLS, 24) or "Learn more"


def write_image_prompt(rng: random.Random, tone: str) -> str:
    """A prompt in the image model's words; the mood follows the tone where both share a word."""
    shared = [mood for mood in _MOODS if mood in tone]
    mood = rng.choice(shared) if shared and rng.random() < 0.8 else rng.choice(_MOODS)
    colours = rng.choice(_HARMONIES).split() if rng.random() < 0.7 else rng.sample(_COLOURS, 3)
    rng.shuffle(colours)
    composition = rng.choice(_OPEN_COMPOSITIONS if rng.random() < 0.8 else _VOCABULARY["compositions"])
    family, style = rng.choice(_VOCABULARY["families"]), rng.choice(_VOCABULARY["styles"])
    return f"{mood} {family}, {style}, {composition}, in {colours[0]}, {colours[1]} and {colours[2]}"
