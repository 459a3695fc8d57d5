"""Batches of examples of similar length, so that little is padded and no example sees another."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .corpus import END, make_example

POOL_EXAMPLES = 768


@dataclass(frozen=True)
class Batch:
    """tokens [B, T]; `places` and `targets` [N]: flat positions whose next token is learnt, and that token."""

    tokens: Tensor
    places: Tensor
    targets: Tensor


def encode_example(tokenizer: Tokenizer, seed: int) -> tuple[list[int], int]:
    """Token ids of the whole exchange and the count that belongs to the prompt."""
    example = make_example(seed)
    prompt = tokenizer.encode(example.prompt).ids
    return prompt + tokenizer.encode(example.answer + END).ids, len(prompt)


def _collate(rows: list[tuple[list[int], int]]) -> Batch:
    length = max(len(ids) for ids, _ in rows) - 1
    tokens = torch.zeros(len(rows), length, dtype=torch.long)
    places: list[int] = []
    targets: list[int] = []
    for index, (ids, prompt) in enumerate(rows):
        tokens[index, : len(ids) - 1] = torch.tensor(ids[:-1])
        places.extend(index * length + position for position in range(prompt - 1, len(ids) - 1))
        targets.extend(ids[prompt:])
    return Batch(tokens, torch.tensor(places), torch.tensor(targets))


def iterate_batches(tokenizer: Tokenizer, first_pool: int, batch_tokens: int, context: int) -> Iterator[tuple[int, Batch]]:
    """Endless (pool number, batch). A pool is a fixed range of examples; resuming starts at the next pool."""
    pool = first_pool
    while True:
        rows = [encode_example(tokenizer, pool * POOL_EXAMPLES + index) for index in range(POOL_EXAMPLES)]
        rows = sorted((row for row in rows if len(row[0]) <= context), key=lambda row: len(row[0]))
        groups: list[list[tuple[list[int], int]]] = [[]]
        for row in rows:
            if (len(groups[-1]) + 1) * len(row[0]) > batch_tokens:
                groups.append([])
            groups[-1].append(row)
        random.Random(pool).shuffle(groups)
        for group in groups:
            yield pool, _collate(group)
        pool += 1
