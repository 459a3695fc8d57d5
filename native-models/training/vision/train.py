"""Trains the starter vision encoder: `python -m vision.train`. Stops and resumes at any time; uses CUDA when it is there."""

import argparse
import json
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
from drawings import Spec
from drawings.vocabulary import COLOURS, COMPOSITIONS, FAMILIES, MOODS, STYLES
from torch import Tensor
from torch.nn import functional

from text.curve import draw_curve
from text.memory import keep_freed_memory

from .augment import augment
from .measured import STRENGTH, Measured, load_measured
from .network import EMBEDDING, Pair, VisionSizes
from .pictures import SHARD, WORK
from .words import MAX_TOKENS, build_tokenizer

SEED = 20262
SAVE_EVERY_S = 60.0
_WORDS = {"family": FAMILIES, "style": STYLES, "composition": COMPOSITIONS, "mood": MOODS}
_COLOURS = tuple(COLOURS)
_FILLERS = ("a", "the", "with", "some", "a picture of", "abstract", "image", "background", "very", "zebra", "quint", "hello", "brand", "our", "nice", "photo of")


def parse_arguments() -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=WORK, help="folder for pictures, checkpoints and the loss curve")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--minutes", type=float, help="of training, over all resumptions, in place of steps: for a machine whose speed is not known")
    parser.add_argument("--batch", type=int, default=128, help="pictures per step")
    parser.add_argument("--captions", type=int, default=128, help="how many of them are matched with their captions")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def attribute_counts() -> dict[str, int]:
    """Classes per training head."""
    return {**{name: len(words) for name, words in _WORDS.items()}, "colours": len(_COLOURS)}


def attribute_targets(specs: list[Spec]) -> dict[str, Tensor]:
    """Class numbers [B] per word slot, and colours [B, 52] as zeros and ones."""
    targets = {name: torch.tensor([words.index(getattr(spec, name)) for spec in specs]) for name, words in _WORDS.items()}
    colours = torch.zeros(len(specs), len(_COLOURS))
    for row, spec in enumerate(specs):
        for colour in spec.colours:
            colours[row, _COLOURS.index(colour)] = 1
    return {**targets, "colours": colours}


def _vary(caption: str, rng: np.random.Generator) -> str:
    """Now and then a filler word, so that searches in other words do not derail the encoder."""
    if rng.random() < 0.25:
        parts = caption.split(", ")
        parts.insert(int(rng.integers(len(parts) + 1)), str(rng.choice(_FILLERS)))
        return (", " if rng.random() < 0.5 else " ").join(parts)
    return caption


class Run:
    """One training run: networks, optimiser, pictures, and where it stands."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        torch.manual_seed(SEED)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.tokenizer = build_tokenizer()
        self.tokenizer.enable_padding(length=None)
        self.pair = Pair(VisionSizes(), self.tokenizer.get_vocab_size(), MAX_TOKENS, attribute_counts()).to(self.device)
        self.optimiser = torch.optim.AdamW(self.pair.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.02)
        self.step, self.seconds = 0, 0.0
        self.curve: list[tuple[int, float]] = []

    @property
    def done(self) -> float:
        """Share of the training that is behind it."""
        return self.step / self.options.steps if self.options.minutes is None else self.seconds / (60 * self.options.minutes)

    @property
    def checkpoint(self) -> Path:
        return self.options.work / "checkpoint.pt"

    def resume(self) -> None:
        """Continues from the last checkpoint, if there is one."""
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
            self.pair.load_state_dict(state["pair"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.seconds = state["step"], state["seconds"]
            self.curve = [(int(step), float(loss)) for step, loss in state["curve"]]

    def load(self) -> Measured:
        """All pictures that are drawn and measured by now."""
        measured = load_measured(self.options.work)
        count = len(measured.specs) // SHARD
        self.shards = [np.load(self.options.work / "pictures" / f"{shard:03}.npy", mmap_mode="r") for shard in range(count)]
        return measured

    def save(self) -> None:
        """Writes the checkpoint in one rename."""
        state = {"pair": self.pair.state_dict(), "optimiser": self.optimiser.state_dict(), "step": self.step, "seconds": self.seconds, "curve": self.curve}
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        os.replace(part, self.checkpoint)
        draw_curve(self.curve, self.options.work / "loss.png", "vision encoder: summed training loss")

    def learn(self, measured: Measured) -> dict[str, float]:
        """One step; returns the parts of the loss."""
        rng = np.random.default_rng((SEED, self.step))
        chosen = rng.choice(len(measured.specs), min(self.options.batch, len(measured.specs)), replace=False)
        specs = [measured.specs[index] for index in chosen]
        ids = torch.tensor([row.ids for row in self.tokenizer.encode_batch([_vary(spec.text, rng) for spec in specs[: self.options.captions]])])
        # The two parts see the picture changed in different ways.
        pixels = augment(self.pixels(chosen), rng, strength=STRENGTH).to(self.device).contiguous(memory_format=torch.channels_last)
        numbers = torch.from_numpy(measured.values[chosen]).float().to(self.device)
        with torch.autocast(self.device.type, torch.bfloat16):
            looks = self.pair.vision.sight(pixels)
            images = self.pair.vision.read(numbers, looks).float()
            texts = functional.normalize(self.pair.text(ids.to(self.device)).float(), dim=-1)
            parts = self._losses(images, texts, attribute_targets(specs))
            loss = sum(parts.values())
        share = min(1.0, (self.step + 1) / 40) * (0.01 + 0.495 * (1 + math.cos(math.pi * self.done)))
        for group in self.optimiser.param_groups:
            group["lr"] = self.options.rate * share
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.pair.parameters(), 5.0)
        self.optimiser.step()
        with torch.no_grad():
            self.pair.log_scale.clamp_(1.5, 4.0)
        return {name: part.item() for name, part in parts.items()}

    def pixels(self, chosen: np.ndarray) -> np.ndarray:
        """uint8 [B, 112, 112, 3] of the chosen training pictures."""
        return np.stack([self.shards[index // SHARD][index % SHARD] for index in chosen])

    def _losses(self, images: Tensor, texts: Tensor, targets: dict[str, Tensor]) -> dict[str, Tensor]:
        count, captions = len(images), len(texts)
        labels = torch.arange(count, device=images.device)
        unit = functional.normalize(images, dim=-1)
        # A caption is told from all pictures of the batch, a picture from those that have captions here.
        scores = self.pair.log_scale.exp() * texts @ unit.T
        matching = functional.cross_entropy(scores, labels[:captions]) + functional.cross_entropy(scores[:, :captions].T, labels[:captions])
        named = torch.zeros((), device=images.device)
        # By direction alone, which is all that a search or a probe sees of an embedding.
        for name, guess in self.pair.attributes(EMBEDDING**0.5 * unit).items():
            target = targets[name].to(images.device)
            named = named + (20 * functional.binary_cross_entropy_with_logits(guess, target) if name == "colours" else functional.cross_entropy(guess, target))
        return {"matching": 0.5 * matching, "named": 0.6 * named}

    def train(self) -> None:
        """Runs to the end, saving every minute. Measurements that are taken meanwhile join at every save."""
        recent: list[dict[str, float]] = []
        measured, saved = self.load(), time.monotonic()
        while self.done < 1:
            started = time.perf_counter()
            recent.append(self.learn(measured))
            self.step += 1
            self.seconds += time.perf_counter() - started
            if self.step % 20 == 0:
                mean = {name: sum(parts[name] for parts in recent) / len(recent) for name in recent[0]}
                recent.clear()
                self.curve.append((self.step, sum(mean.values())))
                left = (1 - self.done) / self.done * self.seconds
                shown = " ".join(f"{name} {value:.3f}" for name, value in mean.items())
                rate = self.step * self.options.batch / self.seconds
                print(f"step {self.step} {shown} pictures/s {rate:.0f} of {len(measured.specs)} left {left / 60:.1f} min", flush=True)
            if time.monotonic() - saved > SAVE_EVERY_S:
                self.save()
                measured, saved = self.load(), time.monotonic()
        self.save()


def main() -> None:
    options = parse_arguments()
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    run = Run(options)
    run.resume()
    counts = {name: sum(p.numel() for p in part.parameters()) for name, part in (("vision", run.pair.vision), ("text", run.pair.text))}
    print(json.dumps({"parameters": counts, "device": str(run.device), "from step": run.step}), flush=True)
    run.train()


if __name__ == "__main__":
    main()
