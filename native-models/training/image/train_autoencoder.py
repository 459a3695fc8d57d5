"""Train the decoder on crops of fresh drawings.

    python -m image.train_autoencoder --steps 3000 --work ../../.training/image
"""

import argparse
import math
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F

from drawings import draw_parts

from .autoencoder import HALVING, Decoder, Encoder
from .checkpoint import choose_device, load_checkpoint, save_checkpoint
from .progress import Progress, draw_loss_curve

GRAIN_GAIN = 10.0  # the decoder's fourth channel is this many times the amplitude
SIDES = (192, 256, 320)


class CropPool:
    """Drawings kept in memory and slowly replaced; gives random square crops."""

    def __init__(self, seed: int, pictures: int, crop: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.crop = crop
        self.pictures = [self._draw() for _ in range(pictures)]

    def _draw(self) -> np.ndarray:
        """(H, W, 4) float16: RGB without grain in -1..1, and the grain's amplitude."""
        width, height = (int(self.rng.choice(SIDES)) for _ in range(2))
        part = draw_parts(self.rng, width, height)
        return np.concatenate([part.clean * 2 - 1, part.grain[..., None]], -1).astype(np.float16)

    def batch(self, count: int, fresh: int) -> tuple[Tensor, Tensor, Tensor]:
        """Halved and grainy (B, 3, s/2, s/2), clean (B, 3, s, s) and grain (B, 1, s, s)."""
        for _ in range(fresh):
            self.pictures[self.rng.integers(len(self.pictures))] = self._draw()
        crops = []
        for _ in range(count):
            picture = self.pictures[self.rng.integers(len(self.pictures))]
            y = self.rng.integers(picture.shape[0] - self.crop + 1)
            x = self.rng.integers(picture.shape[1] - self.crop + 1)
            crop = picture[y : y + self.crop, x : x + self.crop]
            if self.rng.random() < 0.5:
                crop = crop[:, ::-1]
            if self.rng.random() < 0.5:
                crop = crop.transpose(1, 0, 2)
            crops.append(crop)
        stack = torch.from_numpy(np.stack(crops).astype(np.float32)).permute(0, 3, 1, 2)
        clean, grain = stack[:, :3], stack[:, 3:]
        return halve_with_grain(clean, grain), clean, grain


def halve_with_grain(clean: Tensor, grain: Tensor) -> Tensor:
    """What the encoder sees: half the size, with fresh grain of the given amplitude (twice it in -1..1)."""
    small, amplitude = F.avg_pool2d(clean, HALVING), F.avg_pool2d(grain, HALVING)
    return (small + 2 * amplitude * torch.randn_like(amplitude)).clamp(-1, 1)


def measure_loss(encoder: Encoder, decoder: Decoder, batch: tuple[Tensor, Tensor, Tensor], noise: float) -> Tensor:
    """Absolute error of colours, of their slopes (sharpness) and of grain.

    A little noise on the latents, so that a denoiser's small errors stay small.
    """
    grainy, clean, grain = batch
    latent = encoder(grainy)
    picture, amplitude = decoder(latent + noise * torch.randn_like(latent))
    error = picture - clean
    slopes = (error[..., 1:] - error[..., :-1]).abs().mean() + (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
    grain_error = (amplitude - GRAIN_GAIN * grain).abs().mean()
    return error.abs().mean() + 1.0 * slopes + 0.15 * grain_error


def save_preview(encoder: Encoder, decoder: Decoder, path: Path) -> float:
    """Originals over reconstructions of fixed drawings; returns the PSNR against the clean ones in dB."""
    rng = np.random.default_rng(99)
    parts = [draw_parts(rng, 256, 256) for _ in range(6)]
    clean = torch.from_numpy(np.stack([part.clean for part in parts])).permute(0, 3, 1, 2) * 2 - 1
    with torch.no_grad():
        picture, amplitude = decoder(encoder(F.avg_pool2d(clean, HALVING)))
    error = (picture.clamp(-1, 1) - clean).square().mean() / 4
    rows = [np.concatenate(list(x.permute(0, 2, 3, 1).numpy()), 1) for x in (clean, picture.clamp(-1, 1))]
    Image.fromarray(((np.concatenate(rows, 0) + 1) * 127.5).astype(np.uint8)).save(path)
    return float(-10 * torch.log10(error))


def train_autoencoder(options: argparse.Namespace) -> None:
    """Train, or go on from the checkpoint, to `options.steps`."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = choose_device()
    work = Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    encoder, decoder = Encoder().to(device), Decoder().to(device)
    decoder = decoder.to(memory_format=torch.channels_last)
    parameters = list(decoder.parameters())
    optimizer = torch.optim.Adam(parameters, lr=options.rate, betas=(0.9, 0.99))
    saved = load_checkpoint(work / "autoencoder.pt")
    begin = 0
    if saved:
        decoder.load_state_dict(saved["decoder"])
        if not options.restart_schedule:
            optimizer.load_state_dict(saved["optimizer"])
            begin = saved["step"]
    pool = CropPool(options.seed + begin, options.pool, options.crop)
    progress = Progress(work / "autoencoder.jsonl", options.steps)
    for step in range(begin, options.steps):
        rate = options.rate * min(1.0, (step + 1) / 100) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * step / options.steps)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        batch = tuple(x.to(device, memory_format=torch.channels_last) for x in pool.batch(options.batch, 1))
        loss = measure_loss(encoder, decoder, batch, options.noise)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        progress.add(step, options.batch, loss.item(), rate=rate)
        if (step + 1) % 250 == 0 or step + 1 == options.steps:
            save_checkpoint(work / "autoencoder.pt", {
                "step": step + 1, "decoder": decoder.state_dict(),
                "optimizer": optimizer.state_dict()})
            draw_loss_curve(work / "autoencoder.jsonl", work / "autoencoder-loss.png")
            print(f"PSNR {save_preview(encoder, decoder, work / 'autoencoder.png'):.2f} dB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", default="../../.training/image")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--crop", type=int, default=128)
    parser.add_argument("--pool", type=int, default=400)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--noise", type=float, default=0.03)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--restart-schedule", action="store_true", help="keep the weights, begin the steps at 0")
    train_autoencoder(parser.parse_args())


if __name__ == "__main__":
    main()
