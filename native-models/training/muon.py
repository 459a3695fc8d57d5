"""Muon: momentum whose matrices are orthogonalised by a Newton-Schulz iteration before the step.

Method: Keller Jordan et al., 'Muon: An optimizer for hidden layers in neural networks' (2024). Needs about two thirds
of AdamW's steps on small transformers.
"""

from collections.abc import Iterable

import torch
from torch import Tensor

_QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrices: Tensor, rounds: int = 5) -> Tensor:
    """Pulls the singular values of a stack of matrices [N, R, C] towards one."""
    a, b, c = _QUINTIC
    x = matrices / (matrices.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    tall = x.shape[-2] > x.shape[-1]
    x = x.mT if tall else x
    for _ in range(rounds):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """For the two-dimensional weights of hidden layers; equal shapes are treated as one stack."""

    def __init__(self, weights: Iterable[Tensor], lr: float = 0.02, momentum: float = 0.95, weight_decay: float = 0.01,
                 precision: torch.dtype = torch.float32) -> None:
        self.precision = precision
        super().__init__(weights, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[Tensor]] = {}
            for weight in group["params"]:
                if weight.grad is not None:
                    by_shape.setdefault(weight.shape, []).append(weight)
            for shape, weights in by_shape.items():
                self._step_stack(group, shape, weights)

    def _step_stack(self, group: dict[str, object], shape: torch.Size, weights: list[Tensor]) -> None:
        momentum, lr, decay = float(group["momentum"]), float(group["lr"]), float(group["weight_decay"])
        looks = []
        for weight in weights:
            state = self.state[weight]
            buffer = state.setdefault("momentum", torch.zeros_like(weight))
            buffer.lerp_(weight.grad, 1 - momentum)
            looks.append(weight.grad.lerp(buffer, momentum))
        scale = max(1.0, shape[0] / shape[1]) ** 0.5
        for weight, update in zip(weights, orthogonalise(torch.stack(looks).to(self.precision)), strict=True):
            weight.mul_(1 - lr * decay).add_(update.to(weight.dtype), alpha=-lr * scale)
