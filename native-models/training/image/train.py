"""Train the image model by the clock: text encoder with scene net, then the reader of scenes, then the decoder.

    python -m image.train --out ../../.training/image                       # nine minutes, on the card where there is one
    python -m image.train --out ../../.training/image --minutes 60 --threads 2
    python -m image.train --out NEW --begin OLD                             # goes on from the checkpoints of another folder

Every net leaves a checkpoint in the folder each minute and goes on from it; a net that has had its minutes is passed over.
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from drawings.genes import PLACES
from drawings.scene import GROUPS
from text.memory import keep_freed_memory
from training_clock import ClockedRun, choose_device

from .autoencoder import CELL, SCENE_CHANNELS, Encoder
from .caption_pool import CaptionPool
from .decoder import Decoder
from .pictures import PalettePool, draw_batch, draw_on_card, draw_shard, load_shards
from .prompt_model import PromptModel
from .scene_planes import NUMBERS
from .scene_reader import EDGE, SceneReader
from .tokenizer import PromptTokenizer

SHARES = {"scene": 0.5, "reader": 0.3, "decoder": 0.2}  # of the minutes
# Codes decide what is drawn and are few; a palette that the prompt names is painted as named, whatever the net says.
WEIGHTS = {"family": 2.0, "style": 4.0, "composition": 6.0, "palette": 0.5}
EACH = 4  # scenes for a caption in a batch
LOWEST, HIGHEST = 0.015, 80.0  # levels of noise over signal in training
KEPT = 24_576  # drawings that the reader goes back to
CROP = 24  # cells of the decoder's crops
DRAWN_ON_CARD = 4000


def speed_up(net: nn.Module, device: torch.device) -> nn.Module:
    """Compiled on a card; on a processor compiling takes longer than it gains."""
    return torch.compile(net) if device.type == "cuda" else net


def train_scene(options: argparse.Namespace, device: torch.device) -> None:
    """Noisy scenes and captions to scenes."""
    net = PromptModel(PromptTokenizer().size).to(device)
    run = ClockedRun("scene", net, options.out, 1e-3, options.begin)
    minutes = options.minutes * SHARES["scene"]
    if run.trained_s >= minutes * 60:
        return
    pool = CaptionPool.open(options.out / "captions.pt", options.captions, options.seed, device, options.processes)
    print(f"scene: {len(pool.ids)} captions", flush=True)
    fast, captions = speed_up(net, device), options.batch // EACH
    weights = torch.ones(NUMBERS, device=device)
    for name, weight in WEIGHTS.items():
        weights[PLACES[name]] = weight

    def measure() -> Tensor:
        ids, scenes = pool.sample(captions, EACH)
        spread = torch.rand(len(scenes), 1, device=device)
        level = LOWEST * (HIGHEST / LOWEST) ** spread
        signal = (1 + level.square()).rsqrt()
        noise = level * signal
        mean = signal * scenes + noise * torch.randn_like(scenes)
        found = fast(mean, signal, noise, ids, EACH)
        # What the net itself predicts has unit variance at every level: so the error counts the same at every level.
        error = ((found.float() - scenes) * (1 + level.square()).sqrt() / level).clamp(-30, 30)
        return (error.square() * weights).mean()

    run.run(minutes, measure, captions * EACH)


def train_reader(options: argparse.Namespace, device: torch.device) -> None:
    """Small drawings, drawn as it goes, to their scenes."""
    net = SceneReader().to(device)
    run = ClockedRun("reader", net, options.out, 1e-3, options.begin)
    minutes = options.minutes * SHARES["reader"]
    if run.trained_s >= minutes * 60:
        return
    palettes = PalettePool(2000, options.seed)
    fast = speed_up(net, device)
    pictures = torch.zeros(KEPT, 3, EDGE, EDGE, dtype=torch.uint8, device=device)
    targets = torch.zeros(KEPT, NUMBERS, device=device)
    groups = [group for group, names in GROUPS.items() for _ in names]
    filled, place = 0, 0
    fresh = max(4, options.batch // 64)

    def draw_more() -> None:
        nonlocal filled, place
        group = groups[int(torch.randint(len(groups), ()))]
        numbers, clean = draw_batch(group, fresh, EDGE, palettes, NUMBERS, device)
        rows = (torch.arange(fresh, device=device) + place) % KEPT
        pictures[rows], targets[rows] = (clean * 255).round().to(torch.uint8), numbers
        place, filled = (place + fresh) % KEPT, min(KEPT, filled + fresh)

    while filled < options.batch * 4:
        draw_more()

    def measure() -> Tensor:
        draw_more()
        rows = torch.randint(filled, (options.batch,), device=device)
        seen = pictures[rows].float() / 127.5 - 1
        seen = seen + 0.04 * torch.randn_like(seen) * torch.rand(len(seen), 1, 1, 1, device=device)
        return (fast(seen).float() - targets[rows]).square().mean()

    run.run(minutes, measure, options.batch)


def load_pictures(options: argparse.Namespace, device: torch.device) -> Tensor:
    """(N, EDGE, EDGE, 3) uint8 on the device: drawn there on a card, else kept in a folder."""
    if device.type == "cuda":
        return draw_on_card(DRAWN_ON_CARD, PalettePool(500, options.seed), NUMBERS, device)
    folder = options.pictures or options.out / "pictures"
    for number in range(options.shards):
        draw_shard(folder, number)
    return load_shards(folder)


def train_decoder(options: argparse.Namespace, device: torch.device) -> None:
    """Cells' mean colours to the pixels that they were."""
    net, encoder = Decoder().to(device), Encoder().to(device)
    run = ClockedRun("decoder", net, options.out, 2e-3, options.begin)
    minutes = options.minutes * SHARES["decoder"]
    if run.trained_s >= minutes * 60:
        return
    pictures = load_pictures(options, device)
    fast, edge, count = speed_up(net, device), CROP * CELL, options.batch // 16

    def measure() -> Tensor:
        rows = torch.randint(len(pictures), (count,), device=device)
        top, left = (int(torch.randint(pictures.shape[1] - edge + 1, ())) for _ in range(2))
        seen = pictures[rows, top : top + edge, left : left + edge].permute(0, 3, 1, 2).float() / 127.5 - 1
        latent = torch.cat([encoder(seen), seen.new_zeros(count, SCENE_CHANNELS, CROP, CROP)], 1)
        return F.l1_loss(fast(latent)[0].float(), seen)

    run.run(minutes, measure, count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("../../.training/image"), help="checkpoints, pictures and logs")
    parser.add_argument("--begin", type=Path, help="a folder whose checkpoints are the beginning where --out has none")
    parser.add_argument("--minutes", type=float, default=8.0, help="of training in all; drawing and compiling come on top")
    parser.add_argument("--part", choices=list(SHARES), action="append", help="only this net; several allowed")
    parser.add_argument("--batch", type=int, help="scenes in a batch; 8,192 on a card and 256 on a processor unless given")
    parser.add_argument("--captions", type=int, default=60_000)
    parser.add_argument("--pictures", type=Path, help="a folder of drawings of image.pictures; drawn where missing")
    parser.add_argument("--shards", type=int, default=12, help="drawings for the decoder, in fifties")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processes", type=int, default=0, help="that make captions; all cores but one unless given")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    keep_freed_memory()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.set_float32_matmul_precision("high")
    device = choose_device()
    options.batch = options.batch or (8192 if device.type == "cuda" else 256)
    for name, train in (("scene", train_scene), ("reader", train_reader), ("decoder", train_decoder)):
        if options.part is None or name in options.part:
            train(options, device)


if __name__ == "__main__":
    main()
