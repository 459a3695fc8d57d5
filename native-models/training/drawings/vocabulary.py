"""The closed set of words that captions are made of, read from vocabulary.json."""

import json
from pathlib import Path

VOCABULARY_PATH = Path(__file__).resolve().parent.parent / "vocabulary.json"

_words = json.loads(VOCABULARY_PATH.read_text(encoding="utf-8"))

FAMILIES: tuple[str, ...] = tuple(_words["families"])
STYLES: tuple[str, ...] = tuple(_words["styles"])
COMPOSITIONS: tuple[str, ...] = tuple(_words["compositions"])
MOODS: tuple[str, ...] = tuple(_words["moods"])
COLOURS: dict[str, str] = dict(_words["colours"])
