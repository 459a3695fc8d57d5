"""How this model writes best, declared in the GGUF file: `python -m text.habits` writes it into the shipped one.

Stand-ins are words that the model copies without fail. The engine lets it read and write these in the place of a brief's own names
and facts and puts the brief's words back. They are from the corpus, short in tokens, and in no sentence frame.

Words are all that the corpus writes of itself; what is neither among them nor in the brief is garbled, and the studio asks again.
"""

import json
import re
from pathlib import Path

import gguf
from gguf.scripts.gguf_new_metadata import MetadataDetails, copy_with_new_metadata

from .corpus import make_example
from .shipped import TARGET

KEY = "housestyle.writing"
HABITS = {
    "standIns": {
        "product": [["Wren"], ["Heron"], ["Juniper"], ["Pebble"], ["Saddle"], ["Ember"]],
        "audience": [["gardeners"], ["nurses"], ["singers"]],
        "what": [["seed crackers"], ["fruit bars"]],
        "fact": [["packed by hand"], ["family business"], ["checked twice"], ["no deposit"], ["ships in paper"], ["bound by hand"]],
    },
    "minP": 0.1,
    "guardTokens": 40,
}


WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
EXAMPLES = 20_000  # twice as many bring no further word


def list_words(text: str) -> set[str]:
    """The words of a text, in lower case."""
    return {word.lower() for word in WORD.findall(text)}


def list_corpus_words(count: int = EXAMPLES) -> list[str]:
    """Words of the corpus's answers that do not come from their briefs, in order."""
    words: set[str] = set()
    for seed in range(count):
        example = make_example(seed)
        values = json.loads(example.answer).values()
        answer = " ".join(" ".join(value) if isinstance(value, list) else str(value) for value in values)
        words |= list_words(answer) - list_words(example.user)
    return sorted(words)


def declare(path: Path) -> None:
    """Writes the declaration into a GGUF file, in the place of an earlier one."""
    part = path.with_suffix(".part")
    writer = gguf.GGUFWriter(part, "llama")
    value = MetadataDetails(gguf.GGUFValueType.STRING, json.dumps({**HABITS, "words": " ".join(list_corpus_words())}, ensure_ascii=False))
    copy_with_new_metadata(gguf.GGUFReader(path), writer, {KEY: value}, [])
    part.replace(path)


if __name__ == "__main__":
    declare(TARGET)
