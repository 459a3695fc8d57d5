"""What drawings of every family come down to: layers one over the other, each a signed distance and a colour."""

from dataclasses import dataclass

import torch
from torch import Tensor

from .genes import SLOTS

HIDDEN = 9.0  # distance of a layer that is not there


@dataclass
class Layers:
    """The first lies at the bottom. `distance` (B, N, H, W) in short sides, negative inside; `colour` (B, N, slots) weights;
    `size` (B, N, 1, 1) the shapes' rough radius; `edge` how soft the edges are, at least; `lift` height above the page, in shadows."""

    distance: Tensor
    colour: Tensor
    size: Tensor
    edge: Tensor | float = 0.0
    below: Tensor | None = None  # distances under a pen moved against the light, for cast shadows
    rim: Tensor | float = 0.0  # width of a lighter rim inside the edges
    lift: Tensor | float = 0.0  # how dark cast shadows are


def slot_of(number: Tensor | int, like: Tensor) -> Tensor:
    """(B, 1, slots) one-hot of a slot's number, given as (B, 1, 1, 1) or plain."""
    slots = torch.arange(SLOTS, device=like.device).reshape(1, 1, SLOTS)
    wanted = number.reshape(-1, 1, 1) if isinstance(number, Tensor) else like.reshape(-1, 1, 1) * 0 + number
    return ((slots - wanted).abs() < 0.5).to(like.dtype)


def accent_of(number: Tensor | int, accents: Tensor) -> Tensor:
    """(B, 1, slots) one-hot of an accent, in turn; `accents` (B, 1, 1, 1) says how many there are."""
    number = number if isinstance(number, Tensor) else accents * 0 + number
    return slot_of(1 + torch.remainder(number, accents), accents)
