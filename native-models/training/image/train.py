"""Train the image model: draws its data, trains the decoder where there is none, then text encoder and denoiser.

    python -m image.train
    python -m image.train --phase 128x128:26000:16:8000 --phase 192x192:4000+160x200:3000:12:6000

A phase is SETS:BATCH:STEPS, sets being WIDTHxHEIGHT:COUNT joined by '+'. Phases follow each other;
the learning rate warms up, holds, and falls over the last part. Interrupted, it goes on where it was.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from drawings.colour import hex_to_srgb
from drawings.vocabulary import COLOURS

from .autoencoder import RGB_TO_COLOUR, Encoder
from .checkpoint import choose_device, load_checkpoint, save_checkpoint
from .dataset import draw_set, encode_set, parse_size
from .denoiser import Denoiser, DenoiserSize
from .noise_schedule import STEPS, add_noise, make_alphas
from .progress import Progress, draw_loss_curve
from .text_encoder import TextEncoder
from .tokenizer import PromptTokenizer

DEFAULT_PHASES = (
    "128x128:26000:16:8000",
    "192x192:4000+160x200:3000+128x224:3000+224x128:3000+128x128:26000:12:6000",
)
CHANNEL_WEIGHTS = (1.0, 1.0, 1.0, 0.5)  # colour counts for more than grain
MOST_WEIGHT = 4.0  # of the nearly clean steps, against the noisiest


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


class PromptModel(nn.Module):
    """Text encoder and denoiser, trained as one."""

    def __init__(self, vocabulary: int, size: DenoiserSize) -> None:
        super().__init__()
        self.text = TextEncoder(vocabulary, size.text_width)
        self.denoiser = Denoiser(size)

    def forward(self, sample: Tensor, steps: Tensor, ids: Tensor) -> Tensor:
        return self.denoiser(sample, steps, self.text(ids))


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


class WordColours:
    """The latent colours of the colour words, by token id: what the denoiser's words should paint with."""

    def __init__(self, tokenizer: PromptTokenizer, mean: Tensor, deviation: Tensor) -> None:
        self.known = torch.zeros(tokenizer.size)
        self.colours = torch.zeros(tokenizer.size, 3)
        for name, value in COLOURS.items():
            token = tokenizer.encode(name)[1]
            latent = RGB_TO_COLOUR @ (torch.from_numpy(hex_to_srgb(value)) * 2 - 1)
            self.known[token] = 1
            self.colours[token] = (latent - mean.reshape(-1)[:3]) / deviation.reshape(-1)[:3]

    def measure_error(self, painted: Tensor, ids: Tensor) -> Tensor:
        """Mean squared distance of the painted colours (B, 48, 3) of colour words from their own."""
        known = self.known.to(ids.device)[ids]
        error = (painted - self.colours.to(ids.device)[ids]).square().mean(-1)
        return (error * known).sum() / known.sum().clamp(min=1)


def measure_loss(
    model: PromptModel, alphas: Tensor, latents: Tensor, ids: Tensor, weights: Tensor, words: WordColours,
) -> Tensor:
    """Squared error of the predicted picture, in full and averaged over 4 x 4 cells and over the picture.

    The averages have the same best answer and weigh layout and colour more. Steps are spread evenly
    over the batch and lean a little to the noisy end, where colours are decided; nearly clean steps
    weigh more, as v would have them, but at most MOST_WEIGHT.
    """
    count = len(latents)
    spread = (torch.arange(count, device=latents.device) + torch.rand(count, device=latents.device)) / count
    steps = (spread**0.8 * STEPS).long().clamp(max=STEPS - 1)
    noisy, target = add_noise(alphas, latents, torch.randn_like(latents), steps)
    text = model.text(ids)
    noise_share = (1 - alphas[steps])[:, None, None, None]
    strength = noise_share * (1 / noise_share).clamp(max=MOST_WEIGHT)
    error = (model.denoiser(noisy, steps, text) - target) * weights * strength.sqrt()
    coarse = F.avg_pool2d(error, 4)
    painted = words.measure_error(model.denoiser.word_colour(text), ids)
    return (error.square().mean() + 2 * coarse.square().mean() + 2 * error.mean((2, 3)).square().mean()
            + 0.5 * painted)


def learning_rate(step: int, total: int, peak: float) -> float:
    """Warm-up over 200 steps, a plateau, then down to 2 % over the last 45 %."""
    cooldown = max(0.0, (step / total - 0.55) / 0.45)
    return peak * min(1.0, (step + 1) / 200) * (1 - 0.98 * cooldown)


@torch.no_grad()
def update_average(average: nn.Module, model: nn.Module, step: int, decay: float) -> None:
    """Exponential moving average of the weights, faster in the beginning."""
    rate = 1 - min(decay, (1 + step) / (20 + step))
    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), rate)


def latent_statistics(latents: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and deviation of each channel, (4, 1, 1)."""
    sample = latents[:4000].float()
    return sample.mean((0, 2, 3))[:, None, None], sample.std((0, 2, 3))[:, None, None]


def ensure_decoder(options: argparse.Namespace) -> None:
    """Train the decoder when there is no checkpoint of it."""
    if not (Path(options.work) / "autoencoder.pt").exists():
        subprocess.run([sys.executable, "-m", "image.train_autoencoder", "--work", options.work,
                        "--seed", str(options.seed), "--threads", str(options.threads)], check=True)


def train(options: argparse.Namespace) -> None:
    """Run the curriculum to its end."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = choose_device()
    work = Path(options.work)
    ensure_decoder(options)
    encoder = Encoder().to(device)
    tokenizer = PromptTokenizer()
    model = PromptModel(tokenizer.size, DenoiserSize()).to(device, memory_format=torch.channels_last)
    average = PromptModel(tokenizer.size, DenoiserSize()).to(device, memory_format=torch.channels_last)
    average.load_state_dict(model.state_dict())
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    phases = [parse_phase(text) for text in options.phase or DEFAULT_PHASES]
    total = sum(phase.steps for phase in phases)
    step, statistics = 0, None
    saved = load_checkpoint(work / "denoiser.pt")
    if saved:
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        step, statistics = saved["step"], (saved["mean"], saved["deviation"])
    progress = Progress(work / "denoiser.jsonl", total)
    alphas, weights = make_alphas().to(device), torch.tensor(CHANNEL_WEIGHTS, device=device)[:, None, None]
    rng = np.random.default_rng([options.seed, step])
    first = 0
    for phase in phases:
        first += phase.steps
        if step >= first:
            continue
        buckets = Buckets(phase, options, encoder, tokenizer)
        if statistics is None:
            statistics = latent_statistics(buckets.latents[0])
        mean, deviation = (x.to(device) for x in statistics)
        words = WordColours(tokenizer, *statistics)
        while step < first:
            latents, ids = buckets.batch(rng, phase.batch)
            ids[torch.from_numpy(rng.random(phase.batch) < options.drop)] = torch.tensor(tokenizer.encode(""))
            latents = ((latents.to(device) - mean) / deviation).contiguous(memory_format=torch.channels_last)
            rate = learning_rate(step, total, options.rate)
            for group in optimizer.param_groups:
                group["lr"] = rate
            with torch.autocast("cuda", torch.bfloat16, enabled=device.type == "cuda"):
                loss = measure_loss(model, alphas, latents, ids.to(device), weights, words)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            update_average(average, model, step, options.average)
            progress.add(step, phase.batch, loss.item(), rate=rate)
            step += 1
            if step % options.save_every == 0 or step == total:
                save_checkpoint(work / "denoiser.pt", {
                    "step": step, "model": model.state_dict(), "average": average.state_dict(),
                    "optimizer": optimizer.state_dict(), "mean": statistics[0], "deviation": statistics[1]})
                draw_loss_curve(work / "denoiser.jsonl", work / "denoiser-loss.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", default="../../.training/image", help="checkpoints, data and logs")
    parser.add_argument("--phase", action="append", help="SETS:BATCH:STEPS, several allowed")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--drop", type=float, default=0.12, help="share of captions replaced by the empty one")
    parser.add_argument("--average", type=float, default=0.998, help="decay of the averaged weights")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save-every", type=int, default=250)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
