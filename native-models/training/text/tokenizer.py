"""A byte-level BPE vocabulary that makes copying easy.

Letters are merged without their leading space first; joining the space to a piece comes last and only for common
lower-case pieces. A name therefore splits into the same pieces after a space, after a quote and after a line break.
Digits are never merged. The pre-tokenizer is GPT-2's, which llama.cpp knows as 'gpt-2'.
"""

import json
from collections import Counter
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from .corpus import END, START, make_example

SPACE = "Ġ"  # how byte-level BPE writes a space
SPECIALS = ("<|endoftext|>", START, END)
VOCAB_SIZE = 3072
SPACED_PIECES = 900
CORPUS_EXAMPLES = 16000


def _unit_counts(examples: int) -> Counter[str]:
    """How often each pre-token occurs, in byte-level letters."""
    splitter = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    counts: Counter[str] = Counter()
    for seed in range(examples):
        example = make_example(10_000_000 + seed)
        counts.update(unit for unit, _ in splitter.pre_tokenize_str(f"{example.user}\n{example.answer}"))
    return counts


def _train_pieces(counts: Counter[str], size: int) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Byte alphabet and merges over units without their space."""
    bare: Counter[str] = Counter()
    for unit, count in counts.items():
        text = unit.removeprefix(SPACE)
        if text and not any(char.isdigit() for char in text):
            bare[text] += count
    trainer = trainers.BpeTrainer(vocab_size=size, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    # The 0.7 flattens the frames' dominance, so that rare words get pieces of some length too.
    tokenizer.train_from_iterator((" ".join([text] * max(1, round(count**0.7))) for text, count in sorted(bare.items())), trainer)
    state = json.loads(tokenizer.to_str())["model"]
    return state["vocab"], [(left, right) for left, right in state["merges"]]


def build_tokenizer(vocab: dict[str, int], merges: list[tuple[str, str]]) -> Tokenizer:
    """The tokenizer that training, GGUF export and llama.cpp share."""
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIALS])
    return tokenizer


def train_tokenizer() -> Tokenizer:
    """Trains the vocabulary on the corpus; the same every time."""
    counts = _unit_counts(CORPUS_EXAMPLES)
    vocab, merges = _train_pieces(counts, VOCAB_SIZE - len(SPECIALS) - SPACED_PIECES)
    pieces = build_tokenizer(dict(vocab), list(merges))
    spaced: Counter[str] = Counter()
    alphabet = set(pre_tokenizers.ByteLevel.alphabet())
    for unit, count in counts.items():
        if unit.startswith(SPACE) and len(unit) > 1:
            first = pieces.model.tokenize(unit[1:])[0].value
            if not first[0].isupper() and not first[0].isdigit() and (first.isalpha() and first.isascii() or first[0] in '"&|-'):
                spaced[first] += count
    for piece, _ in sorted(spaced.items(), key=lambda item: (-item[1], item[0]))[:SPACED_PIECES]:
        merges.append((SPACE, piece))
        vocab[SPACE + piece] = len(vocab)
    assert alphabet <= vocab.keys()
    return build_tokenizer(vocab, merges)


def load_tokenizer(path: Path) -> Tokenizer:
    """Loads the vocabulary, training it first where the file is missing."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        train_tokenizer().save(str(path))
    return Tokenizer.from_file(str(path))
