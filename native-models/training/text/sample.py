"""Sampling from the network in PyTorch, many prompts at a time."""

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .corpus import END
from .model import TextModel


def _choose(logits: Tensor, temperature: float, top_p: float, generator: torch.Generator) -> Tensor:
    """One token per row: greedy at temperature 0, else nucleus sampling."""
    if temperature <= 0:
        return logits.argmax(-1)
    ordered, order = (logits / temperature).softmax(-1).sort(-1, descending=True)
    ordered[(ordered.cumsum(-1) - ordered) > top_p] = 0
    return order.gather(-1, torch.multinomial(ordered, 1, generator=generator)).squeeze(-1)


@torch.no_grad()
def generate(model: TextModel, tokenizer: Tokenizer, prompts: Sequence[str], seed: int, temperature: float = 0.7, top_p: float = 0.9, max_tokens: int = 260) -> list[str]:
    """One answer per prompt. Prompts are padded on the left; rotary positions are relative, so padding shifts nothing."""
    generator = torch.Generator().manual_seed(seed)
    end = tokenizer.token_to_id(END)
    rows = [tokenizer.encode(prompt).ids for prompt in prompts]
    width = max(map(len, rows))
    max_tokens = min(max_tokens, model.config.context - width)
    tokens = torch.tensor([[0] * (width - len(row)) + row for row in rows])
    visible = torch.tensor([[False] * (width - len(row)) + [True] * len(row) for row in rows])
    causal = torch.ones(width, width, dtype=torch.bool).tril()
    # A padded row must see something, itself, or the softmax divides by zero.
    mask = (causal & visible[:, None, :] | torch.eye(width, dtype=torch.bool))[:, None]
    past: list[list[Tensor]] = [[] for _ in model.blocks]
    states = model(tokens, past, mask)
    written: list[Tensor] = []
    done = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_tokens):
        chosen = _choose(model.logits(states[:, -1]), temperature, top_p, generator).masked_fill(done, end)
        done |= chosen == end
        if done.all():
            break
        written.append(chosen)
        visible = torch.cat((visible, torch.ones(len(rows), 1, dtype=torch.bool)), 1)
        states = model(chosen[:, None], past, visible[:, None, None, :])
    columns = torch.stack(written, 1).tolist() if written else [[] for _ in rows]
    return [tokenizer.decode([token for token in row if token != end], skip_special_tokens=False) for row in columns]
