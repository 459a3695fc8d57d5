"""Captions with what they mean, made once by all cores and drawn from in training."""

import multiprocessing
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from drawings.colour import NAMED_OKLAB
from drawings.draw import write_palette
from drawings.genes import PLACES, encode_code, sample_genes
from drawings.vocabulary import COMPOSITIONS, FAMILIES, MOODS, STYLES

from training_clock import load_checkpoint, save_checkpoint

from .captions import sample_caption
from .scene_planes import GIVEN, GIVEN_SIZE, NUMBERS
from .tokenizer import PromptTokenizer

CHUNK = 2000
_JITTER = (0.012 / 0.22, 0.006 / 0.09, 0.006 / 0.09)  # of a named colour, as the drawings have it, in the scene's numbers


def _make_chunk(seed: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    torch.set_num_threads(1)
    rng, tokenizer = np.random.default_rng(list(seed)), PromptTokenizer()
    ids, words, palettes = [], [], []
    for _ in range(CHUNK):
        spec, text = sample_caption(rng)
        ids.append(tokenizer.encode(text))
        words.append([FAMILIES.index(spec.family), STYLES.index(spec.style), COMPOSITIONS.index(spec.composition), MOODS.index(spec.mood)])
        palettes.append(write_palette(np.stack([NAMED_OKLAB[name] for name in spec.colours])).numpy())
    return np.array(ids, np.int16), np.array(words, np.int8), np.array(palettes, np.float32)


@dataclass
class CaptionPool:
    """Token ids (N, 48), word numbers (N, 4) and palettes (N, 16)."""

    ids: Tensor
    words: Tensor
    palettes: Tensor

    @classmethod
    def open(cls, path: Path, count: int, seed: int, device: torch.device, processes: int = 0) -> "CaptionPool":
        """The pool that was made before, or a new one that is kept at `path`."""
        saved = load_checkpoint(path)
        if saved is None or saved["asked"] != [count, seed]:
            pool = cls.make(count, seed, torch.device("cpu"), processes)
            saved = {"asked": [count, seed], "ids": pool.ids.to(torch.int16), "words": pool.words.to(torch.int8), "palettes": pool.palettes}
            save_checkpoint(path, saved)
        return cls(saved["ids"].long().to(device), saved["words"].long().to(device), saved["palettes"].to(device))

    @classmethod
    def make(cls, count: int, seed: int, device: torch.device, processes: int = 0) -> "CaptionPool":
        seeds = [(seed, index) for index in range(-(-count // CHUNK))]
        processes = processes or max(1, (os.cpu_count() or 1) - 1)
        if processes == 1:
            parts = [_make_chunk(one) for one in seeds]
        else:
            with multiprocessing.get_context("spawn").Pool(processes) as pool:
                parts = pool.map(_make_chunk, seeds)
        ids, words, palettes = (torch.from_numpy(np.concatenate(column)).to(device) for column in zip(*parts, strict=True))
        return cls(ids.long(), words.long(), palettes)

    def sample(self, captions: int, each: int) -> tuple[Tensor, Tensor]:
        """Ids (captions, 48) and `each` scenes for every caption (captions * each, NUMBERS), caption by caption."""
        rows = torch.randint(len(self.ids), (captions,), device=self.ids.device)
        words = self.words[rows].repeat_interleave(each, 0)
        scenes = torch.zeros(len(words), NUMBERS, device=words.device)
        for column, name in enumerate(("family", "style", "composition")):
            scenes[:, PLACES[name]] = encode_code(words[:, column], name)
        palettes = self.palettes[rows].repeat_interleave(each, 0).reshape(len(words), -1, 4)
        used = palettes[..., :1] > 0
        jitter = torch.randn_like(palettes[..., 1:]) * torch.tensor(_JITTER, device=words.device)
        scenes[:, PLACES["palette"]] = torch.cat([palettes[..., :1], palettes[..., 1:] + used * jitter], -1).flatten(1)
        scenes[:, PLACES["genes"]] = sample_genes(words[:, 3])
        scenes[:, GIVEN] = GIVEN_SIZE * (torch.rand(len(words), device=words.device) < 0.3)
        return self.ids[rows], scenes
