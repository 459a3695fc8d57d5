"""How this model writes best, declared in the GGUF file: `python -m text.habits` writes it into the shipped one.

Stand-ins are words that the model copies without fail. The engine lets it read and write these in the place of a brief's own names
and facts and puts the brief's words back. They are from the corpus, short in tokens, and in no sentence frame.
"""

import json
from pathlib import Path

import gguf
from gguf.scripts.gguf_new_metadata import MetadataDetails, copy_with_new_metadata

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


def declare(path: Path) -> None:
    """Writes the declaration into a GGUF file, in the place of an earlier one."""
    part = path.with_suffix(".part")
    writer = gguf.GGUFWriter(part, "llama")
    value = MetadataDetails(gguf.GGUFValueType.STRING, json.dumps(HABITS))
    copy_with_new_metadata(gguf.GGUFReader(path), writer, {KEY: value}, [])
    part.replace(path)


if __name__ == "__main__":
    declare(TARGET)
