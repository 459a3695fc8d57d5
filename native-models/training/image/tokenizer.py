"""A small byte-pair vocabulary in CLIP's file format.

Every word of the shared vocabulary is one token; any other text falls apart into bytes. The four
files that `write_tokenizer` leaves are read by a standard CLIP tokenizer as they are.
"""

import json
from collections import Counter
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

from drawings.vocabulary import COLOURS, COMPOSITIONS, FAMILIES, MOODS, STYLES

START, END = "<|startoftext|>", "<|endoftext|>"
WORD_END = "</w>"
MAX_TOKENS = 48

_SPLIT = (
    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
)

# Words that prompts and negative prompts have beside the vocabulary's: one token each as well.
_OTHER_WORDS = (
    "abstract background brand graphic poster banner social post story square portrait landscape picture image "
    "of the a an with no without and or for light dark bright pale deep muted vivid pastel neon clean minimal modern "
    "simple blurry blur noise text letters words logo photo people face watermark low quality busy cluttered ugly "
    "texture pattern shape shapes lines dots colour colours color colors mood style large small wide soft hard edges"
)


def _byte_letters() -> list[str]:
    """A printable character for each byte, in the order of CLIP's vocabulary."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in printable]
    return [chr(b) for b in printable] + [chr(256 + i) for i in range(len(rest))]


def _count_words() -> Counter[tuple[str, ...]]:
    """How often each word appears, as its letters with the last one marked."""
    text = " ".join([*FAMILIES, *STYLES, *COMPOSITIONS, *MOODS, *COLOURS, _OTHER_WORDS]).lower()
    return Counter((*word[:-1], word[-1] + WORD_END) for word in text.split())


def learn_merges() -> list[tuple[str, str]]:
    """Merges, the most frequent pair first, until every word is one piece."""
    words = dict(_count_words())
    merges: list[tuple[str, str]] = []
    while True:
        pairs: Counter[tuple[str, str]] = Counter()
        for pieces, count in words.items():
            for pair in zip(pieces, pieces[1:], strict=False):
                pairs[pair] += count
        if not pairs:
            return merges
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        words = {_merge(pieces, best): count for pieces, count in words.items()}


def _merge(pieces: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    """The pieces with every occurrence of the pair joined."""
    merged: list[str] = []
    index = 0
    while index < len(pieces):
        if pieces[index : index + 2] == pair:
            merged.append(pair[0] + pair[1])
            index += 2
        else:
            merged.append(pieces[index])
            index += 1
    return tuple(merged)


def build_vocabulary(merges: list[tuple[str, str]]) -> dict[str, int]:
    """Bytes, bytes at a word's end, merges, then the two marks."""
    letters = _byte_letters()
    tokens = [*letters, *(letter + WORD_END for letter in letters), *(a + b for a, b in merges), START, END]
    return {token: index for index, token in enumerate(tokens)}


def write_tokenizer(folder: Path) -> None:
    """Write vocab.json, merges.txt, tokenizer_config.json and special_tokens_map.json."""
    folder.mkdir(parents=True, exist_ok=True)
    merges = learn_merges()
    vocabulary = build_vocabulary(merges)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    lines = ["#version: 0.2", *(f"{a} {b}" for a, b in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    specials = {"bos_token": START, "eos_token": END, "unk_token": END, "pad_token": END}
    config = {
        "tokenizer_class": "CLIPTokenizer", "do_lower_case": True, "add_prefix_space": False,
        "errors": "replace", "model_max_length": MAX_TOKENS, **specials}
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (folder / "special_tokens_map.json").write_text(json.dumps(specials, indent=2) + "\n", encoding="utf-8")


class PromptTokenizer:
    """Text to exactly MAX_TOKENS ids: start, words, end, and the end mark again as padding."""

    def __init__(self) -> None:
        merges = learn_merges()
        vocabulary = build_vocabulary(merges)
        self.start, self.end, self.size = vocabulary[START], vocabulary[END], len(vocabulary)
        inner = Tokenizer(models.BPE(
            vocabulary, merges, end_of_word_suffix=WORD_END, unk_token=END))
        inner.normalizer = normalizers.Sequence(
            [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
        inner.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(_SPLIT), "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
        inner.decoder = decoders.ByteLevel()
        self._inner = inner

    def encode(self, text: str) -> list[int]:
        """MAX_TOKENS ids; what does not fit is cut, the end mark stays."""
        ids = self._inner.encode(text, add_special_tokens=False).ids[: MAX_TOKENS - 2]
        ids = [self.start, *ids, self.end]
        return ids + [self.end] * (MAX_TOKENS - len(ids))
