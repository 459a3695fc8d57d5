"""Training by the clock: a budget of minutes, a checkpoint every minute, and going on from one."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn


def choose_device() -> torch.device:
    """CUDA when it is there, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def save_checkpoint(path: Path, state: dict) -> None:
    """Write to a temporary name, then rename over the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    os.replace(temporary, path)


def load_checkpoint(path: Path) -> dict | None:
    """The saved state, tensors only, or None when there is none."""
    if not path.exists():
        return None
    return torch.load(path, map_location="cpu", weights_only=True)


class ClockedRun:
    """One net trained for so many minutes: `step` gives the loss of one batch. The rate warms up, holds, and falls to nothing over the
    last half of the time, whenever that ends; what was trained before a checkpoint counts."""

    SAVE_EVERY_S = 60.0

    def __init__(self, name: str, net: nn.Module, out: Path, rate: float, begin: Path | None = None, average: float = 0.999) -> None:
        self.name, self.net, self.out = name, net, out
        self.device = next(net.parameters()).device
        self.average = {key: value.detach().clone() for key, value in net.state_dict().items()}
        self.rate, self.decay, self.step, self.trained_s = rate, average, 0, 0.0
        self.optimizer = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        for folder in (out, begin):
            saved = None if folder is None else load_checkpoint(folder / f"{name}.pt")
            if saved is not None:
                self._resume(saved)
                break

    def _resume(self, saved: dict) -> None:
        self.net.load_state_dict(saved["model"])
        self.average = {key: value.to(self.device) for key, value in saved["average"].items()}
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.trained_s = saved["step"], saved["trained_s"]

    def save(self) -> None:
        save_checkpoint(self.out / f"{self.name}.pt", {
            "model": self.net.state_dict(), "average": self.average, "optimizer": self.optimizer.state_dict(), "step": self.step,
            "trained_s": self.trained_s})

    def run(self, minutes: float, measure: Callable[[], Tensor], samples: int) -> None:
        """Trains until `minutes` in all have gone into this net."""
        total_s = minutes * 60
        before_s, started_s = self.trained_s, time.perf_counter()
        saved_s, losses, since = started_s, [], self.step
        while self.trained_s < total_s:
            loss = self._learn(measure, total_s)
            losses.append(loss)
            now_s = time.perf_counter()
            self.trained_s = before_s + now_s - started_s
            if now_s - saved_s > self.SAVE_EVERY_S or self.trained_s >= total_s:
                self._report(torch.stack(losses).mean().item(), (self.step - since) * samples / (now_s - saved_s))
                self.save()
                saved_s, losses, since = time.perf_counter(), [], self.step

    def _learn(self, measure: Callable[[], Tensor], total_s: float) -> Tensor:
        share = min(1.0, (self.step + 1) / 200) * min(1.0, max(0.02, 2 * (1 - self.trained_s / total_s)))
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * share
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast(self.device.type, torch.bfloat16):
            loss = measure()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        self._average_weights()
        return loss.detach()

    @torch.no_grad()
    def _average_weights(self) -> None:
        rate = 1 - min(self.decay, (1 + self.step) / (20 + self.step))
        for key, value in self.net.state_dict().items():
            if value.is_floating_point():
                self.average[key].lerp_(value, rate)
            else:
                self.average[key].copy_(value)

    def _report(self, loss: float, samples_per_s: float) -> None:
        line = {"step": self.step, "loss": round(loss, 5), "samples_per_s": round(samples_per_s, 1), "minutes": round(self.trained_s / 60, 2)}
        print(f"{self.name}: {line}", flush=True)
        self.out.mkdir(parents=True, exist_ok=True)
        with (self.out / f"{self.name}.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")


def load_average(net: nn.Module, path: Path) -> nn.Module:
    """The averaged weights of a checkpoint, ready for inference."""
    saved = load_checkpoint(path)
    if saved is None:
        raise FileNotFoundError(path)
    net.load_state_dict(saved["average"])
    return net.eval()
