"""Measures the checkpoint on fifty briefs from fields it never saw: `python -m text.evaluate`.

Rules, all by string, without regard to case: the product counts when its whole name stands in headline or body; the
audience when its short name (up to 'who', 'with', 'in' and so on) stands in headline or body; a fact when the first
three words of one fact from the brief stand in the body or headline. Persona, gap and ten concepts (angles 1 to 10)
are chained as in the studio; nothing is repaired and nothing is asked for twice.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import torch

from .briefs import Brief, audience_head
from .corpus import Example, user_message
from .export import load_model
from .heldout import held_out_briefs
from .sample import generate
from .tokenizer import load_tokenizer
from .train import WORK

_LIMITS = {
    "persona": {"name": 40, "summary": 160, "needs": 80, "frustrations": 80, "quote": 120},
    "gap": {"title": 60, "observation": 160, "opportunity": 160},
    "concept": {"title": 40, "headline": 60, "body": 180, "callToAction": 24, "imagePrompt": 160},
}
CONCEPTS = 10
BATCH = 50

Answer = dict[str, object]


@dataclass
class Chain:
    """Everything written for one brief."""

    brief: Brief
    persona: Answer | None
    gap: Answer | None
    concepts: list[Answer | None]


def parse_answer(task: str, text: str) -> Answer | None:
    """The answer when it is JSON with exactly the right keys within their limits, else None."""
    try:
        answer = json.loads(text)
    except json.JSONDecodeError:
        return None
    limits = _LIMITS[task]
    if not isinstance(answer, dict) or list(answer) != list(limits):
        return None
    for key, limit in limits.items():
        values = answer[key] if isinstance(answer[key], list) else [answer[key]]
        if any(not isinstance(value, str) or not value or len(value) > limit for value in values):
            return None
    return answer


def _says(text: str, part: str) -> bool:
    return part.lower() in text.lower()


def _concept_text(concept: Answer) -> str:
    return f"{concept['headline']} {concept['body']}"


def names_product(brief: Brief, concept: Answer) -> bool:
    return _says(_concept_text(concept), brief.product)


def names_audience(brief: Brief, concept: Answer) -> bool:
    return _says(_concept_text(concept), audience_head(brief.audience))


def names_fact(brief: Brief, concept: Answer) -> bool:
    return any(_says(_concept_text(concept), " ".join(fact.split()[:3])) for fact in brief.facts)


class Writer:
    """Asks the model in batches."""

    def __init__(self, work: Path, temperature: float) -> None:
        self._model, self._tokenizer = load_model(work / "checkpoint.pt"), load_tokenizer(work / "tokenizer.json")
        self._temperature = temperature
        self._seed = 0

    def ask(self, task: str, users: list[str]) -> list[Answer | None]:
        answers: list[Answer | None] = []
        for start in range(0, len(users), BATCH):
            self._seed += 1
            prompts = [Example(task, user, "").prompt for user in users[start : start + BATCH]]
            answers += [parse_answer(task, text) for text in generate(self._model, self._tokenizer, prompts, self._seed, self._temperature)]
        return answers


def write_chains(writer: Writer, briefs: list[Brief]) -> list[Chain]:
    """Persona, gap and concepts of every brief."""
    angle = lambda index: index % 12 + 1
    personas = writer.ask("persona", [user_message("persona", brief.lines(), angle(i)) for i, brief in enumerate(briefs)])
    lines = [f"{persona['name']}, {persona['summary']}" if persona else "" for persona in personas]
    gaps = writer.ask("gap", [user_message("gap", brief.lines(), angle(i), line) for i, (brief, line) in enumerate(zip(briefs, lines, strict=True))])
    chains = [Chain(brief, persona, gap, []) for brief, persona, gap in zip(briefs, personas, gaps, strict=True)]
    for number in range(1, CONCEPTS + 1):
        users = []
        for chain, line in zip(chains, lines, strict=True):
            gap_line = f"{chain.gap['title']}: {chain.gap['opportunity']}" if chain.gap else ""
            used = [str(concept["headline"]) for concept in chain.concepts if concept][-4:]
            users.append(user_message("concept", chain.brief.lines(), number, line, gap_line, used))
        for chain, concept in zip(chains, writer.ask("concept", users), strict=True):
            chain.concepts.append(concept)
    return chains


def measure(chains: list[Chain]) -> dict[str, float]:
    """Shares of 0..1; a broken answer counts as a miss everywhere."""
    pairs = [(chain.brief, concept) for chain in chains for concept in chain.concepts]
    share = lambda test: sum(1 for brief, concept in pairs if concept and test(brief, concept)) / len(pairs)
    answers = [answer for chain in chains for answer in (chain.persona, chain.gap, *chain.concepts)]
    distinct = [len({str(concept["headline"]).lower() for concept in chain.concepts if concept}) / len(chain.concepts) for chain in chains]
    return {
        "valid": sum(1 for answer in answers if answer) / len(answers),
        "product": share(names_product),
        "audience": share(names_audience),
        "product and audience": share(lambda brief, concept: names_product(brief, concept) and names_audience(brief, concept)),
        "fact": share(names_fact),
        "avoided word": share(lambda brief, concept: any(_says(_concept_text(concept), word) for word in brief.avoid)),
        "distinct headlines": sum(distinct) / len(distinct),
        "all ten headlines differ": sum(1 for value in distinct if value == 1) / len(distinct),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--briefs", type=int, default=50)
    parser.add_argument("--temperature", type=float, default=0.7)
    parser.add_argument("--show", type=int, default=3, help="print everything written for the first N briefs")
    options = parser.parse_args()
    torch.set_num_threads(1)  # steps are too small to share, and busy cores make sharing slow
    chains = write_chains(Writer(options.work, options.temperature), held_out_briefs()[: options.briefs])
    for chain in chains[: options.show]:
        print(f"\n# {chain.brief.product}: {chain.brief.what} for {chain.brief.audience}")
        for answer in (chain.persona, chain.gap, *chain.concepts):
            print(json.dumps(answer, ensure_ascii=False) if answer else "(broken)")
    print()
    for name, value in measure(chains).items():
        print(f"{name:28} {value:.3f}")


if __name__ == "__main__":
    main()
