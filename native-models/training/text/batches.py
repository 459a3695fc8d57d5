"""Batches of examples of similar length, so that little is padded and no example sees another."""

import collections
import itertools
import multiprocessing
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .corpus import END, START, make_drill, make_example

POOL_EXAMPLES = 768


@dataclass(frozen=True)
class Batch:
    """tokens [B, T]; `places` and `targets` [N]: flat positions whose next token is learnt, and that token."""

    tokens: Tensor
    places: Tensor
    targets: Tensor


def encode_example(tokenizer: Tokenizer, seed: int) -> tuple[list[int], list[bool]]:
    """Token ids of the whole exchange, and which of them are learnt.

    Learnt are the answer and, in the prompt, the lines that the model itself wrote earlier: persona, gap, headlines.
    """
    example = make_example(seed)
    encoded = tokenizer.encode(example.prompt)
    starts = [example.prompt.find(f"\n{line}: ") + len(line) + 3 for line in ("Persona", "Gap", "Used headlines") if f"\n{line}: " in example.prompt]
    first, last = (min(starts), example.prompt.find("\nAngle: ")) if starts else (1, 0)
    learnt = [first <= begin < last for begin, _ in encoded.offsets]
    answer = tokenizer.encode(example.answer + END).ids
    return encoded.ids + answer, learnt + [True] * len(answer)


def copy_batch(step: int, batch_tokens: int, vocab: int) -> Batch:
    """Random spans, then the same spans in another order; learnt is all but each span's first token of the second half.

    Nothing but looking up and copying solves this, so the heads that do it form within minutes.
    """
    rng = random.Random(f"housestyle-copy-{step}")
    spans, length = rng.choice(((12, 4), (8, 6), (6, 9), (5, 12)))
    time = 2 * spans * (length + 1)
    rows = max(1, batch_tokens // time)
    separator = 1
    tokens = torch.full((rows, time + 1), separator, dtype=torch.long)
    learnt = [half_start + offset for half_start in range(time // 2, time, length + 1) for offset in range(1, length)]
    for row in range(rows):
        parts = [rng.sample(range(4, vocab - 4), length) for _ in range(spans)]
        order = parts + rng.sample(parts, spans)
        tokens[row, :time] = torch.tensor([token for part in order for token in (*part, separator)])
    places = torch.tensor([row * time + position - 1 for row in range(rows) for position in learnt])
    targets = torch.stack([tokens[row, position] for row in range(rows) for position in learnt])
    return Batch(tokens[:, :time], places, targets)


def drill_batch(tokenizer: Tokenizer, step: int, batch_tokens: int) -> Batch:
    """Short exchanges without the system turn, learnt from the answer's first words."""
    rows: list[tuple[list[int], list[bool]]] = []
    longest = 0
    for index in range(batch_tokens):
        example = make_drill(step * batch_tokens + index)
        prompt = tokenizer.encode(f"{END}\n{START}user\n{example.user}{END}\n{START}assistant\n").ids
        answer = tokenizer.encode(example.answer).ids
        longest = max(longest, len(prompt) + len(answer))
        if (len(rows) + 1) * longest > batch_tokens:
            break
        rows.append((prompt + answer, [False] * len(prompt) + [True] * len(answer)))
    return _collate(rows)


def _collate(rows: list[tuple[list[int], list[bool]]]) -> Batch:
    length = max(len(ids) for ids, _ in rows) - 1
    tokens = torch.zeros(len(rows), length, dtype=torch.long)
    places: list[int] = []
    targets: list[int] = []
    for index, (ids, learnt) in enumerate(rows):
        tokens[index, : len(ids) - 1] = torch.tensor(ids[:-1])
        wanted = [position for position in range(1, len(ids)) if learnt[position]]
        places.extend(index * length + position - 1 for position in wanted)
        targets.extend(ids[position] for position in wanted)
    return Batch(tokens, torch.tensor(places), torch.tensor(targets))


Rows = list[tuple[list[int], list[bool]]]


def _encode_pool(task: tuple[str, int]) -> Rows:
    """The examples of one pool. The tokenizer comes as text, as processes cannot share it."""
    text, pool = task
    tokenizer = Tokenizer.from_str(text)
    return [encode_example(tokenizer, pool * POOL_EXAMPLES + index) for index in range(POOL_EXAMPLES)]


def _iterate_pools(tokenizer: Tokenizer, first_pool: int, processes: int) -> Iterator[Rows]:
    """Pools in their order, written ahead by other processes where there are any."""
    tasks = ((tokenizer.to_str(), pool) for pool in itertools.count(first_pool))
    if processes == 0:
        yield from map(_encode_pool, tasks)
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as workers:
        ahead = collections.deque(workers.submit(_encode_pool, next(tasks)) for _ in range(2 * processes))
        while True:
            rows = ahead.popleft().result()
            ahead.append(workers.submit(_encode_pool, next(tasks)))
            yield rows


def iterate_batches(tokenizer: Tokenizer, first_pool: int, batch_tokens: int, context: int, processes: int = 0) -> Iterator[tuple[int, Batch]]:
    """Endless (pool number, batch). A pool is a fixed range of examples; resuming starts at the next pool."""
    pool = first_pool
    for encoded in _iterate_pools(tokenizer, first_pool, processes):
        rows = sorted((row for row in encoded if len(row[0]) <= context), key=lambda row: len(row[0]))
        groups: list[list[tuple[list[int], list[bool]]]] = [[]]
        for row in rows:
            if (len(groups[-1]) + 1) * len(row[0]) > batch_tokens:
                groups.append([])
            groups[-1].append(row)
        random.Random(pool).shuffle(groups)
        for group in groups:
            yield pool, _collate(group)
        pool += 1
