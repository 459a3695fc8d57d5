"""The corpus: endless, seeded chat examples. Example i is the same on every machine."""

import json
import random
from dataclasses import dataclass

from .briefs import MAX_VALUE_CHARS, Brief, make_brief
from .names import make_product
from .writing import write_concept, write_gap, write_persona

SYSTEM = "You are a brand strategist. Answer with one JSON object and nothing else."
START, END = "<|im_start|>", "<|im_end|>"
ANGLES = 12


@dataclass(frozen=True)
class Example:
    """One exchange: what the model reads and what it has to write."""

    task: str
    user: str
    answer: str

    @property
    def prompt(self) -> str:
        """ChatML up to the assistant's first character."""
        return f"{START}system\n{SYSTEM}{END}\n{START}user\n{self.user}{END}\n{START}assistant\n"


def user_message(task: str, brief_lines: list[str], angle: int, persona: str = "", gap: str = "", used: list[str] | None = None) -> str:
    """The user turn. Lines that have no value are left out; values are cut at 200 characters."""
    lines = [f"Task: {task}", *brief_lines]
    if persona:
        lines.append(f"Persona: {persona[:MAX_VALUE_CHARS].strip()}")
    if gap:
        lines.append(f"Gap: {gap[:MAX_VALUE_CHARS].strip()}")
    if used:
        lines.append(f"Used headlines: {' | '.join(used)}")
    lines.append(f"Angle: {angle}")
    return "\n".join(lines)


def dump_answer(answer: dict[str, object] | dict[str, str]) -> str:
    """JSON with one space after colon and comma, letters of any script as they are."""
    return json.dumps(answer, ensure_ascii=False)


def make_example(seed: int) -> Example:
    """Example number `seed`: a fresh brief and one of the three tasks, concepts most often."""
    rng = random.Random(f"housestyle-text-{seed}")
    brief = make_brief(rng)
    task = rng.choices(("persona", "gap", "concept"), (0.27, 0.2, 0.53))[0]
    angle = rng.randrange(1, ANGLES + 1)
    persona_angle, gap_angle = rng.randrange(1, ANGLES + 1), rng.randrange(1, ANGLES + 1)
    if task == "persona":
        return Example(task, user_message(task, brief.lines(), angle), dump_answer(write_persona(rng, brief, angle)))
    persona = write_persona(rng, brief, persona_angle) if rng.random() < 0.88 else None
    persona_line = f"{persona['name']}, {persona['summary']}" if persona else ""
    name = str(persona["name"]) if persona else ""
    if task == "gap":
        return Example(task, user_message(task, brief.lines(), angle, persona_line), dump_answer(write_gap(rng, brief, angle, name)))
    gap = write_gap(rng, brief, gap_angle, name) if rng.random() < 0.88 else None
    gap_line = f"{gap['title']}: {gap['opportunity']}" if gap else ""
    used = _used_headlines(rng, brief, angle)
    answer = write_concept(rng, brief, angle, used)
    return Example(task, user_message(task, brief.lines(), angle, persona_line, gap_line, used), dump_answer(answer))


def _used_headlines(rng: random.Random, brief: Brief, angle: int) -> list[str]:
    """Headlines of earlier siblings; sometimes of the very same angle, so that the model learns to pass them by."""
    count = rng.choice((0, 0, 0, 0, 1, 2, 3, 4, 5, 7, 10))
    angles = [angle if rng.random() < 0.4 else rng.randrange(1, ANGLES + 1) for _ in range(count)]
    return list(dict.fromkeys(write_concept(rng, brief, other, [])["headline"] for other in angles))


def make_drill(seed: int) -> Example:
    """A short exchange without the system turn. Odd seeds practise what an angle means, even ones carrying over from the brief."""
    rng = random.Random(f"housestyle-drill-{seed}")
    return _make_carrying_drill(rng) if seed % 2 == 0 else _make_angle_drill(rng)


def _make_angle_drill(rng: random.Random) -> Example:
    """Product, angle, and the first words of an answer, so that the angle alone decides them."""
    brief = Brief(make_product(rng), "", "", "", "")
    task, angle = rng.choice(("persona", "gap", "concept", "concept")), rng.randrange(1, ANGLES + 1)
    if task == "persona":
        answer: dict[str, object] = write_persona(rng, brief, angle)
    else:
        answer = dict(write_gap(rng, brief, angle, "") if task == "gap" else write_concept(rng, brief, angle, []))
    first = dict(list(answer.items())[: 1 if task == "gap" else 2])
    if task == "persona":
        first = {"name": answer["name"]}
    return Example(task, user_message(task, [f"Product: {brief.product}"], angle), dump_answer(first)[:-1])


def _make_carrying_drill(rng: random.Random) -> Example:
    """The brief's names and facts, and headline and body of a concept: nearly every learnt token stands in the brief."""
    brief, angle = make_brief(rng), rng.randrange(1, ANGLES + 1)
    concept = write_concept(rng, brief, angle, [])
    lines = [line for line in brief.lines() if line.split(":")[0] in ("Product", "What", "Audience", "Facts")]
    written = {key: concept[key] for key in ("title", "headline", "body")}
    return Example("concept", user_message("concept", lines, angle), dump_answer(written)[:-1])
