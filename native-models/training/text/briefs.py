"""Seeded briefs: a field's phrases, mixed with phrases from elsewhere and with nonsense, as messy as people write them."""

import random
import re
from dataclasses import dataclass, field

from .fields import ANY_AUDIENCES, ANY_FACTS, AVOIDED, DAYS, FIELDS, GROUPS, HABITS, MATERIALS, MONTHS, THINGS, TONES
from .names import make_person, make_place, make_product, make_word

MAX_VALUE_CHARS = 200
_HEAD_END = re.compile(r"\s+(?:who|that|with|without|in|on|at|near|whose|from|of|between|aged|by|under|over|for|along)\b|,")


@dataclass
class Brief:
    """What the product knows before ideation. Facts may be empty; the shown values may carry extra words at the end."""

    product: str
    what: str
    audience: str
    goal: str
    tone: str
    avoid: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    what_tail: str = ""
    audience_tail: str = ""

    def lines(self) -> list[str]:
        """The brief as prompt lines, values cut at 200 characters, absent lines left out."""
        rows = [
            ("Product", self.product), ("What", self.what + self.what_tail), ("Audience", self.audience + self.audience_tail),
            ("Goal", self.goal), ("Tone", self.tone), ("Avoid", ", ".join(self.avoid)), ("Facts", "; ".join(self.facts)),
        ]
        return [f"{key}: {value[:MAX_VALUE_CHARS].strip()}" for key, value in rows if value]


def audience_head(audience: str) -> str:
    """The short name of an audience: 'city families who cook at home' gives 'city families'."""
    head = _HEAD_END.split(audience, maxsplit=1)[0].strip()
    return audience if head in ("people", "guests", "") or len(head) < 4 else head


def fill_slots(rng: random.Random, phrase: str) -> str:
    """Replaces every slot of a phrase by something new."""
    if "{" not in phrase:
        return phrase
    group, group2 = rng.sample(GROUPS, 2)
    number = rng.choice((rng.randrange(2, 13), rng.randrange(2, 100), rng.randrange(2, 400)))
    return phrase.format(
        place=make_place(rng), place2=make_place(rng), n=number, n2=rng.randrange(2, 9), day=rng.choice(DAYS), month=rng.choice(MONTHS),
        month2=rng.choice(MONTHS), person=make_person(rng), material=rng.choice(MATERIALS), word=make_word(rng), group=group,
        group2=group2, habit=rng.choice(HABITS), thing=rng.choice(THINGS),
    )


def _swap_words(rng: random.Random, phrase: str, share: float) -> str:
    """Replaces some longer words by nonsense, which can only be copied."""
    words = phrase.split(" ")
    return " ".join(make_word(rng) if len(w) > 4 and w.isalpha() and rng.random() < share else w for w in words)


def _article(rng: random.Random, what: str) -> str:
    return what[2:] if what.startswith("a ") and rng.random() < 0.4 else what


def make_brief(rng: random.Random) -> Brief:
    """One brief. About a third hold nonsense words, a fifth mix fields, some lack lines or run long."""
    home = rng.choice(FIELDS)
    away = rng.choice(FIELDS) if rng.random() < 0.2 else home
    audiences = ANY_AUDIENCES if rng.random() < 0.4 else away.audiences
    facts = rng.sample(home.facts, rng.choice((1, 2, 3, 3, 4))) + rng.sample(ANY_FACTS, rng.choice((0, 0, 1, 2)))
    rng.shuffle(facts)
    brief = Brief(
        product=make_product(rng),
        what=_article(rng, fill_slots(rng, rng.choice(home.whats))),
        audience=fill_slots(rng, rng.choice(audiences)),
        goal=fill_slots(rng, rng.choice(away.goals)),
        tone=", ".join(rng.sample(TONES, rng.choice((1, 2, 2, 3)))),
        avoid=rng.sample(AVOIDED, rng.choice((1, 2, 2, 3, 4))) if rng.random() < 0.8 else [],
        facts=[fill_slots(rng, fact) for fact in facts[:4]] if rng.random() < 0.92 else [],
    )
    if rng.random() < 0.35:
        share = rng.choice((0.3, 0.6))
        brief.what = _swap_words(rng, brief.what, share)
        brief.audience = _swap_words(rng, brief.audience, share)
        brief.facts = [_swap_words(rng, fact, share) for fact in brief.facts]
    if rng.random() < 0.2:
        brief.product = _name_after(rng, brief)
    _add_noise(rng, brief)
    return brief


def _name_after(rng: random.Random, brief: Brief) -> str:
    """A product that carries a word of what it is or whom it serves, as 'Lumen Oat' for an oat drink: copying must not slip from one to the other."""
    words = [word for word in f"{brief.what} {brief.audience}".split() if len(word) > 2 and word.isalpha()]
    if not words:
        return brief.product
    first, shared = brief.product.split(" ")[0], rng.choice(words).capitalize()
    return f"{first} {shared}" if rng.random() < 0.7 else f"{shared} {first}"


def _add_noise(rng: random.Random, brief: Brief) -> None:
    """Long values, missing goal or tone, a doubled audience."""
    if rng.random() < 0.1:
        brief.what_tail = f", {fill_slots(rng, rng.choice(('made for everyday use', 'with a new look this year', 'developed over {n} months with people in {place}', 'now also in {place} and {place2}')))}"
    if rng.random() < 0.08:
        brief.audience_tail = f", and also {fill_slots(rng, rng.choice(ANY_AUDIENCES))}"
    if rng.random() < 0.06:
        brief.goal = ""
    if rng.random() < 0.06:
        brief.tone = ""
