"""Trains the starter text model: `python -m text.train`. Stops and resumes at any time; uses CUDA when it is there."""

import argparse
import json
import math
import os
import time
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch.nn import functional

from muon import Muon

from .batches import Batch, copy_batch, drill_batch, iterate_batches
from .circuits import write_circuits
from .curve import draw_curve
from .memory import keep_freed_memory
from .model import ModelConfig, TextModel
from .shipped import read_shipped
from .tokenizer import load_tokenizer

WORK = Path(__file__).resolve().parents[3] / ".training" / "text"
SEED = 20261
SAVE_EVERY_S = 60.0
_UNSEEN_POOL = 1000  # the shipped weights came from the first few pools


def parse_arguments() -> argparse.Namespace:
    """Command line. The length is given in minutes, because the same steps take five times as long on a busy machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=WORK, help="folder for checkpoints and the loss curve")
    parser.add_argument("--minutes", type=float, default=50, help="training time of this run, over all resumptions")
    parser.add_argument("--tail", type=float, default=0.5, help="share of the time in which the rate falls to zero, as a cosine")
    parser.add_argument("--shipped", action="store_true", help="begin from the weights of the shipped GGUF instead of a random start")
    parser.add_argument("--copy-steps", type=int, default=40, help="pure copying before the corpus starts; later every tenth step")
    parser.add_argument("--drills-from", type=int, default=200, help="from this step on, every second step is a short exercise")
    parser.add_argument("--batch-tokens", type=int, default=3584)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--layers", type=int, default=5)
    parser.add_argument("--hidden", type=int, default=512)
    parser.add_argument("--muon-lr", type=float, default=0.008)
    parser.add_argument("--adam-lr", type=float, default=0.001)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processes", type=int, default=0, help="that write examples ahead, for a card that reads faster than one process writes")
    return parser.parse_args()


def learning_share(step: int, done: float, tail: float, warmup: int = 40) -> float:
    """Warm-up, plateau, cosine tail: 0..1. `done` is the share of the time that is used up."""
    left = max(0.0, 1 - done)
    return min(1.0, (step + 1) / warmup) * (1.0 if left >= tail else 0.5 - 0.5 * math.cos(math.pi * left / tail))


class Run:
    """One training run: network, optimisers and where it stands."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        torch.manual_seed(SEED)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        if options.shipped and not (options.work / "tokenizer.json").exists():
            read_shipped().tokenizer.save(str(options.work / "tokenizer.json"))
        self.tokenizer = load_tokenizer(options.work / "tokenizer.json")
        sizes = replace(ModelConfig(), vocab=self.tokenizer.get_vocab_size(), width=options.width, layers=options.layers, hidden=options.hidden, heads=options.width // 32)
        self.model = TextModel(sizes)
        if options.shipped:
            self.model.load_state_dict(read_shipped().weights)
        else:
            write_circuits(self.model, SEED)
        self.model.to(self.device)
        matrices = [weight for weight in self.model.blocks.parameters() if weight.ndim == 2]
        others = [weight for weight in self.model.parameters() if all(weight is not matrix for matrix in matrices)]
        self.optimisers = [Muon(matrices, lr=options.muon_lr), torch.optim.AdamW(others, lr=options.adam_lr, betas=(0.9, 0.95), weight_decay=0.0)]
        self.step, self.pool, self.tokens, self.seconds = 0, 0, 0, 0.0
        if options.shipped:
            self.pool = _UNSEEN_POOL
        self.curve: list[tuple[int, float]] = []

    @property
    def done(self) -> float:
        """Share of the training time that is used up."""
        return self.seconds / (60 * self.options.minutes)

    @property
    def checkpoint(self) -> Path:
        return self.options.work / "checkpoint.pt"

    def resume(self) -> None:
        """Continues from the last checkpoint, if there is one."""
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        self.step, self.pool, self.tokens, self.seconds = state["step"], state["pool"] + 1, state["tokens"], state["seconds"]
        self.curve = [(int(step), float(loss)) for step, loss in state["curve"]]

    def save(self) -> None:
        """Writes the checkpoint in one rename, so that a stop never leaves half a file."""
        state = {
            "model": self.model.state_dict(), "optimisers": [optimiser.state_dict() for optimiser in self.optimisers], "config": asdict(self.model.config),
            "step": self.step, "pool": self.pool, "tokens": self.tokens, "seconds": self.seconds, "curve": self.curve,
        }
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        os.replace(part, self.checkpoint)
        draw_curve(self.curve, self.options.work / "loss.png", "text model: loss on answer tokens (nats)")

    def learn(self, batch: Batch) -> float:
        """One optimiser step; returns the mean loss over answer tokens in nats."""
        share = learning_share(self.step, self.done, self.options.tail)
        for optimiser, rate in zip(self.optimisers, (self.options.muon_lr, self.options.adam_lr), strict=True):
            for group in optimiser.param_groups:
                group["lr"] = rate * share
        with torch.autocast("cuda", torch.bfloat16, enabled=self.device.type == "cuda"):
            states = self.model(batch.tokens.to(self.device)).flatten(0, 1)
            logits = self.model.logits(states[batch.places.to(self.device)])
        loss = functional.cross_entropy(logits.float(), batch.targets.to(self.device))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.optimisers[1].param_groups[0]["params"], 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        return loss.item()

    def train(self) -> None:
        """Runs until the time is used up, saving every minute."""
        losses: dict[str, list[float]] = {"corpus": [], "copying": [], "drills": []}
        corpus = iterate_batches(self.tokenizer, self.pool, self.options.batch_tokens, self.model.config.context, self.options.processes)
        saved = time.monotonic()
        while self.done < 1:
            started = time.perf_counter()
            if (self.step < self.options.copy_steps and not self.options.shipped) or self.step % 10 == 9:
                kind, batch = "copying", copy_batch(self.step, self.options.batch_tokens, self.model.config.vocab)
            elif self.step >= self.options.drills_from and self.step % 2 == 0:
                kind, batch = "drills", drill_batch(self.tokenizer, self.step, self.options.batch_tokens)
            else:
                kind = "corpus"
                self.pool, batch = next(corpus)
            losses[kind].append(self.learn(batch))
            self.step += 1
            self.tokens += batch.tokens.numel()
            self.seconds += time.perf_counter() - started
            if self.step % 20 == 0:
                self._report(losses)
            if time.monotonic() - saved > SAVE_EVERY_S:
                self.save()
                saved = time.monotonic()
        self.save()

    def _report(self, losses: dict[str, list[float]]) -> None:
        """Prints the means since the last report and empties the lists."""
        means = {kind: sum(values) / len(values) if values else math.nan for kind, values in losses.items()}
        if losses["corpus"]:
            self.curve.append((self.step, means["corpus"]))
        for values in losses.values():
            values.clear()
        shown = " ".join(f"{kind} {mean:.4f}" for kind, mean in means.items())
        left = self.options.minutes - self.seconds / 60
        print(f"step {self.step} {shown} tokens {self.tokens} tokens/s {self.tokens / self.seconds:.0f} left {left:.1f} min", flush=True)


def main() -> None:
    options = parse_arguments()
    keep_freed_memory()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    run = Run(options)
    run.resume()
    print(json.dumps({"parameters": sum(p.numel() for p in run.model.parameters()), "device": str(run.device), "from step": run.step}), flush=True)
    run.train()


if __name__ == "__main__":
    main()
