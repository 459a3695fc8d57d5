"""Train the image model: draws its data, then trains text encoder and denoiser.

    python -m image.train
    python -m image.train --phase 64x64:80000:96:1200 --phase 192x192:12000+160x200:8000:12:3000

A phase is SETS:BATCH:STEPS, sets being WIDTHxHEIGHT:COUNT joined by '+'. Phases follow each other;
the learning rate warms up, holds, and falls over the last part. Interrupted, it goes on where it was.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from muon import Muon

from .autoencoder import Encoder, normalise
from .checkpoint import choose_device, load_checkpoint, save_checkpoint
from .dataset import draw_set, encode_set, parse_size
from .denoiser import DenoiserSize
from .noise_schedule import STEPS, add_noise, make_alphas
from .progress import Progress, draw_loss_curve
from .prompt_model import PromptModel
from .shipped import read_shipped
from .tokenizer import PromptTokenizer

DEFAULT_PHASES = (
    "64x64:80000:96:1200",
    "128x128:30000+112x144:12000+96x168:8000+168x96:8000:16:12000",
    "192x192:12000+160x200:8000+128x224:8000+224x128:8000:12:3000",
)
CHANNEL_WEIGHTS = (1.0, 1.0, 1.0, 0.3)  # colour counts for more than grain
MOST_WEIGHT = 5.0  # of the nearly clean steps, against the noisiest


@dataclass(frozen=True)
class Phase:
    """One stretch of the curriculum."""

    sets: tuple[tuple[int, int, int], ...]
    batch: int
    steps: int


def parse_phase(text: str) -> Phase:
    """'192x192:4000+160x200:3000:12:6000' to a phase."""
    sets_text, batch, steps = text.rsplit(":", 2)
    sets = []
    for item in sets_text.split("+"):
        size, count = item.split(":")
        sets.append((*parse_size(size), int(count)))
    return Phase(tuple(sets), int(batch), int(steps))


class Buckets:
    """The latents and token ids of a phase's sets; a batch comes from one set."""

    def __init__(self, phase: Phase, options: argparse.Namespace, encoder: Encoder, tokenizer: PromptTokenizer) -> None:
        self.latents, self.ids = [], []
        for width, height, count in phase.sets:
            folder = draw_set(Path(options.work), width, height, count, options.seed)
            captions = json.loads((folder / "captions.json").read_text(encoding="utf-8"))
            self.latents.append(torch.from_numpy(np.array(encode_set(folder, encoder))))
            self.ids.append(torch.tensor([tokenizer.encode(text) for text in captions]))
        sizes = np.array([len(latents) for latents in self.latents], np.float64)
        self.shares = sizes / sizes.sum()

    def batch(self, rng: np.random.Generator, count: int) -> tuple[Tensor, Tensor]:
        """Latents (B, 4, h, w) float32 and ids (B, 48)."""
        which = int(rng.choice(len(self.shares), p=self.shares))
        rows = torch.from_numpy(rng.integers(len(self.latents[which]), size=count))
        return self.latents[which][rows].float(), self.ids[which][rows]


def measure_loss(model: nn.Module, alphas: Tensor, latents: Tensor, ids: Tensor, forget: Tensor, weights: Tensor) -> Tensor:
    """Squared error of the predicted picture, in full and averaged over 4 x 4 cells.

    The average has the same best answer and weighs layout more. Steps are spread evenly over the batch;
    nearly clean steps weigh more, as v would have them, but at most MOST_WEIGHT.
    """
    count = len(latents)
    spread = (torch.arange(count, device=latents.device) + torch.rand(count, device=latents.device)) / count
    steps = (spread * STEPS).long().clamp(max=STEPS - 1)
    noisy, target = add_noise(alphas, latents, torch.randn_like(latents), steps)
    noise_share = (1 - alphas[steps])[:, None, None, None]
    strength = noise_share * (1 / noise_share).clamp(max=MOST_WEIGHT)
    error = (model(noisy, steps, ids, forget).float() - target) * weights * strength.sqrt()
    return error.square().mean() + F.avg_pool2d(error, 4).square().mean()


def make_optimizers(model: nn.Module, rate: float) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the layers, AdamW for all else; each group remembers its own peak rate."""
    hidden = [p for name, p in model.named_parameters() if p.ndim == 2 and ".layers." in name and "modulate" not in name]
    chosen = {id(p) for p in hidden}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    optimizers = [Muon(hidden, lr=20 * rate, precision=torch.bfloat16), torch.optim.AdamW(rest, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)]
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["peak"] = group["lr"]
    return optimizers


def learning_rate(step: int, total: int) -> float:
    """Share of the peak: warm-up over 200 steps, a plateau, then down to 2 % over the last 45 %."""
    cooldown = max(0.0, (step / total - 0.55) / 0.45)
    return min(1.0, (step + 1) / 200) * (1 - 0.98 * cooldown)


@torch.no_grad()
def update_average(average: nn.Module, model: nn.Module, step: int, decay: float) -> None:
    """Exponential moving average of the weights, faster in the beginning."""
    rate = 1 - min(decay, (1 + step) / (20 + step))
    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), rate)


class Run:
    """One training run: nets, optimisers, and where it stands."""

    def __init__(self, options: argparse.Namespace, tokenizer: PromptTokenizer) -> None:
        self.options, self.step = options, 0
        self.device = choose_device()
        self.work = Path(options.work)
        self.model, self.average = (
            PromptModel(tokenizer.size, DenoiserSize()).to(self.device, memory_format=torch.channels_last) for _ in range(2))
        if options.shipped:
            self.model.load_state_dict(read_shipped().state_dict())
        self.average.load_state_dict(self.model.state_dict())
        self.optimizers = make_optimizers(self.model, options.rate)
        self.nothing = torch.tensor(tokenizer.encode(""))
        self.alphas = make_alphas().to(self.device)
        self.weights = torch.tensor(CHANNEL_WEIGHTS, device=self.device)[:, None, None]

    def resume(self) -> None:
        """Goes back to the last checkpoint if there is one; peak rates are those of the command line."""
        saved = load_checkpoint(self.work / "denoiser.pt")
        if saved is None:
            return
        self.model.load_state_dict(saved["model"])
        self.average.load_state_dict(saved["average"])
        for optimizer, state in zip(self.optimizers, saved["optimizers"], strict=True):
            peaks = [group["peak"] for group in optimizer.param_groups]
            optimizer.load_state_dict(state)
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["peak"] = peak
        self.step = saved["step"]

    def save(self) -> None:
        """Writes the checkpoint and draws the loss curve."""
        save_checkpoint(self.work / "denoiser.pt", {
            "step": self.step, "model": self.model.state_dict(), "average": self.average.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers]})
        draw_loss_curve(self.work / "denoiser.jsonl", self.work / "denoiser-loss.png")

    def learn(self, latents: Tensor, ids: Tensor, rng: np.random.Generator, share: float) -> float:
        """One step at a share of the peak rates; returns the loss."""
        count = len(latents)
        forget = torch.from_numpy(rng.random(count) < self.options.drop).float().to(self.device)
        ids[torch.from_numpy(rng.random(count) < self.options.drop_colours)] = self.nothing
        latents = normalise(latents.to(self.device)).contiguous(memory_format=torch.channels_last)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * share
            optimizer.zero_grad(set_to_none=True)
        with torch.autocast(self.device.type, torch.bfloat16):
            loss = measure_loss(self.model, self.alphas, latents, ids.to(self.device), forget, self.weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        update_average(self.average, self.model, self.step, self.options.average)
        self.step += 1
        return loss.item()


def train(options: argparse.Namespace) -> None:
    """Run the curriculum to its end, from the last checkpoint if there is one."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    tokenizer = PromptTokenizer()
    run = Run(options, tokenizer)
    run.resume()
    encoder = Encoder().to(run.device)
    phases = [parse_phase(text) for text in options.phase or DEFAULT_PHASES]
    total, last = sum(phase.steps for phase in phases), 0
    progress = Progress(run.work / "denoiser.jsonl", total)
    rng = np.random.default_rng([options.seed, run.step])
    for phase in phases:
        last += phase.steps
        if run.step >= last:
            continue
        buckets = Buckets(phase, options, encoder, tokenizer)
        while run.step < last:
            share = learning_rate(run.step, total)
            loss = run.learn(*buckets.batch(rng, phase.batch), rng, share)
            progress.add(run.step - 1, phase.batch, loss, share=share)
            if run.step % options.save_every == 0 or run.step == total:
                run.save()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", default="../../.training/image", help="checkpoints, data and logs")
    parser.add_argument("--phase", action="append", help="SETS:BATCH:STEPS, several allowed")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--drop", type=float, default=0.12, help="share of pictures whose words are withheld, all but the colours")
    parser.add_argument("--drop-colours", type=float, default=0.03, help="share of captions replaced by the empty one")
    parser.add_argument("--average", type=float, default=0.998, help="decay of the averaged weights")
    parser.add_argument("--shipped", action="store_true", help="begin with the shipped weights where there is no checkpoint")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save-every", type=int, default=250)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
