"""A start that already knows how to look up: previous-token heads and matching heads are written into the weights.

Learning these two kinds of head ('induction', Olsson et al., 2022) is the slowest part of training a network that copies
names from its prompt; random starts spend hours on it on two CPU cores. Here block 0 moves a sketch of the previous
token to each place, block 1 looks for the place whose previous token equals the current one and copies what stands
there. Training is free to change all of it.
"""

import torch
from torch import Tensor

from .model import Block, TextModel

_PREVIOUS_HEADS = 3
_SLOW_ANGLE = 0.008  # radians a token; slower pairs hardly turn within a prompt, so they can compare contents
_CONSTANT = 8.0  # size of the shared first dimension, in units of the others
_SHARPNESS = 9.0  # score per pair of the previous-token heads
_MATCH = 3.0
_GAIN = 2.0
_LOGIT_GAIN = 2.5


def _orthonormal(rows: int, columns: int, generator: torch.Generator) -> Tensor:
    """`rows` random orthonormal vectors of `columns` dimensions that leave dimension 0 alone."""
    basis = torch.linalg.qr(torch.randn(columns - 1, columns - 1, generator=generator))[0][:rows]
    return torch.cat((torch.zeros(rows, 1), basis), 1)


@torch.no_grad()
def write_circuits(model: TextModel, seed: int) -> None:
    """Overwrites the first two blocks' attention and the embedding's first dimension."""
    generator = torch.Generator().manual_seed(seed)
    config = model.config
    size = config.width // config.heads
    angles = config.rope_base ** (-torch.arange(0, size, 2).float() / size)
    slow = [index for pair in torch.nonzero(angles < _SLOW_ANGLE).flatten().tolist() for index in (2 * pair, 2 * pair + 1)]
    deviation = model.embed.weight.std().item()
    model.embed.weight[:, 0] = _CONSTANT * deviation
    model.norm.weight.fill_(_LOGIT_GAIN)
    constant = _CONSTANT / ((_CONSTANT**2 + config.width - 1) / config.width) ** 0.5  # dimension 0 after the norm
    sketches = _orthonormal(_PREVIOUS_HEADS * len(slow), config.width, generator)
    carriers = _orthonormal(_PREVIOUS_HEADS * len(slow), config.width, generator)
    _write_previous_heads(model.blocks[0], size, slow, angles, sketches, carriers, constant, deviation)
    _write_matching_heads(model.blocks[1], size, slow, sketches, carriers, config.heads, _orthonormal(config.width - 1, config.width, generator), deviation)


def _write_previous_heads(block: Block, size: int, slow: list[int], angles: Tensor, sketches: Tensor, carriers: Tensor, constant: float, deviation: float) -> None:
    strength = (_SHARPNESS * size**0.5) ** 0.5 / constant
    for head in range(_PREVIOUS_HEADS):
        rows = slice(head * size, (head + 1) * size)
        query, key = torch.zeros(size, block.query.weight.shape[1]), torch.zeros(size, block.query.weight.shape[1])
        query[0::2, 0] = strength
        key[0::2, 0], key[1::2, 0] = strength * angles.cos(), strength * angles.sin()
        block.query.weight[rows], block.key.weight[rows] = query, key
        part = slice(head * len(slow), (head + 1) * len(slow))
        value = torch.zeros_like(query)
        value[slow] = sketches[part]
        block.value.weight[rows] = value
        output = torch.zeros(block.output.weight.shape[0], size)
        output[:, slow] = carriers[part].T * deviation * 1.5
        block.output.weight[:, rows] = output


def _write_matching_heads(block: Block, size: int, slow: list[int], sketches: Tensor, carriers: Tensor, heads: int, basis: Tensor, deviation: float) -> None:
    for head in range(heads):
        rows = slice(head * size, (head + 1) * size)
        source = head % _PREVIOUS_HEADS
        part = slice(source * len(slow), (source + 1) * len(slow))
        query, key, value = (torch.zeros(size, block.query.weight.shape[1]) for _ in range(3))
        query[slow], key[slow] = _MATCH * sketches[part], _MATCH * carriers[part]
        directions = basis[head * size : (head + 1) * size]
        value[: len(directions)] = directions
        block.query.weight[rows], block.key.weight[rows], block.value.weight[rows] = query, key, value
        output = torch.zeros(block.output.weight.shape[0], size)
        output[:, : len(directions)] = directions.T * deviation * 2.0 * _GAIN
        block.output.weight[:, rows] = output
