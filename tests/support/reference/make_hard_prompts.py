"""Write tests/support/fixtures/hard-prompts.json: hard strings and the ids that the CLIP tokenizer of transformers 5 gives them.

    python make_hard_prompts.py <tokenizer folder of a published Stable Diffusion 1 model>

Needs transformers and tokenizers, no torch. The strings are drawn from one seed: signs of many scripts and planes, words
whose capitals have more than one small form, spaces of all kinds, and the marks of the vocabulary in every spelling.
Only needed to make the fixture again.
"""

import json
import random
import sys
import unicodedata
from pathlib import Path

from transformers import CLIPTokenizer

COUNT = 2000
FIXTURE = Path(__file__).parent.parent / "fixtures" / "hard-prompts.json"
MARKS = ["<|startoftext|>", "<|endoftext|>", "</w>", "<|", "|>", "<|endoftext|", "endoftext|>", "<|pad|>", "[CLS]", "<s>", "</s>"]
WORDS = ["Café", "naïve", "straße", "GROẞE", "İstanbul", "ΟΔΟΣ", "ΑΣ", "ΣΑΣ", "Σ", "ΑΣ'", "Σίσυφος", "ǅungla", "ﬁne", "Ωmega", "K", "it's", "JOHN'S",
         "they'LL", "don'T", "we'Ve", "'tis", "''s", "Ещё", "ЁЖ", "ԱՐԵՎ", "ქართული", "ᲥᲐᲠᲗᲣᲚᲘ", "日本語", "ｶﾀｶﾅ", "한국어", "ไทย", "हिन्दी", "مرحبا", "שלום",
         "😀", "👨‍👩‍👧", "🏳️‍🌈", "½", "№", "Ⅷ", "①", "٣", "२", "𝔘𝔫𝔦", "𝟘", "x²", "8k", "3.5mm", "1,000,000", "under_score", "@handle", "#brand", "$5.99",
         "(((bold)))", "[bad]:1.2", "(dots:1.4)", "a/b\\c", "--no", "C++", "…", "—", "“quoted”", "ﷺ", "e\u0301", "q\u0307\u0323", "\u1100\u1161\u11a8", "Å", "\u212b"]
SPACES = [" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u0085", "\u2003", "\u3000", "\u2028", "\u202f", "\u1680", "\ufeff", "\u200b", "\u180e", "\x1c", "\x1f", "\x0b", ""]
RANGES = [(0x20, 0x7e), (0x00, 0x1f), (0x7f, 0xff), (0x100, 0x24f), (0x250, 0x36f), (0x370, 0x3ff), (0x400, 0x52f), (0x530, 0x5ff), (0x600, 0x6ff), (0x900, 0xdff),
          (0x10a0, 0x10ff), (0x1e00, 0x1fff), (0x2000, 0x206f), (0x2100, 0x218f), (0x2190, 0x23ff), (0x2c00, 0x2dff), (0x3000, 0x30ff), (0x4e00, 0x9fff), (0xa640, 0xa7ff),
          (0xac00, 0xd7a3), (0xe000, 0xe0ff), (0xfb00, 0xfb4f), (0xfe00, 0xffef), (0x10400, 0x1044f), (0x1d400, 0x1d7ff), (0x1f300, 0x1faff), (0x20000, 0x200ff)]


def spell(chance: random.Random, text: str) -> str:
    """The same letters, small, large, as they are, or each as it falls."""
    way = chance.randrange(4)
    return (text, text.upper(), text.lower(), "".join(chance.choice((sign.upper(), sign.lower())) for sign in text))[way]


def draw_sign(chance: random.Random) -> str:
    while True:
        sign = chr(chance.randint(*chance.choice(RANGES)))
        # What no version of Unicode names yet is read differently by old and new tables.
        if unicodedata.category(sign) != "Cn":
            return sign


def draw_string(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randint(1, 6)):
        kind = chance.random()
        if kind < 0.2:
            parts.append(spell(chance, chance.choice(MARKS)))
        elif kind < 0.6:
            parts.append(spell(chance, chance.choice(WORDS)))
        else:
            parts.append("".join(draw_sign(chance) for _ in range(chance.randint(1, 5))))
        parts.append(chance.choice(SPACES))
    return "".join(parts)


def main() -> None:
    tokenizer = CLIPTokenizer.from_pretrained(sys.argv[1])
    chance = random.Random(20251126)
    texts = sorted({draw_string(chance) for _ in range(COUNT * 2)} - {""})
    chance.shuffle(texts)
    texts = [*MARKS, *(mark.upper() for mark in MARKS), *WORDS, *(word.upper() for word in WORDS), *texts]
    texts = list(dict.fromkeys(texts))[:COUNT]
    rows = [json.dumps([text, tokenizer(text, add_special_tokens=False).input_ids], separators=(",", ":")) for text in texts]
    FIXTURE.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")
    print(f"{len(rows)} strings, {FIXTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
