"""The two encoders: fixed measurements of a picture under a small learnt network, and a two-layer transformer for captions."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .measurements import MEASUREMENTS, Measurements

IMAGE_SIZE = 96
EMBEDDING = 128


@dataclass(frozen=True)
class VisionSizes:
    """Widths of the two hidden layers of the picture's network, and sizes of the caption transformer."""

    hidden: tuple[int, int] = (512, 256)
    text_width: int = 128
    text_layers: int = 2
    text_heads: int = 4


class Reader(nn.Module):
    """Measurements [B, MEASUREMENTS] to image_embeds [B, 128], not normalised: all that is learnt about pictures."""

    def __init__(self, sizes: VisionSizes) -> None:
        super().__init__()
        first, second = sizes.hidden
        self.standardise = nn.BatchNorm1d(MEASUREMENTS, affine=False, momentum=0.02)
        self.body = nn.Sequential(
            nn.Dropout(0.15), nn.Linear(MEASUREMENTS, first), nn.BatchNorm1d(first), nn.GELU(),
            nn.Dropout(0.15), nn.Linear(first, second), nn.BatchNorm1d(second), nn.GELU(),
        )
        self.project = nn.Linear(second, EMBEDDING)

    def forward(self, measured: Tensor) -> Tensor:
        if self.training:
            standard = self.standardise(measured)
        else:  # The same, written out: the exporter cannot size a normalisation without weights.
            standard = (measured - self.standardise.running_mean) * (self.standardise.running_var + self.standardise.eps).rsqrt()
        return self.project(self.body(standard.clamp(-5, 5)))


class VisionEncoder(nn.Module):
    """pixel_values [B, 3, 96, 96] in -1..1 to image_embeds [B, 128], not normalised."""

    def __init__(self, sizes: VisionSizes) -> None:
        super().__init__()
        self.measure = Measurements()
        self.read = Reader(sizes)

    def forward(self, pixel_values: Tensor) -> Tensor:
        return self.read(self.measure(pixel_values))


class TextLayer(nn.Module):
    """Attention and feed-forward behind norms."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.mix, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 3 * width), nn.Linear(3 * width, width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, time, width = x.shape
        query, key, value = self.mix(self.norm(x)).view(batch, time, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (query @ key.transpose(-2, -1)) * (width // self.heads) ** -0.5 + bias
        x = x + self.out((scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, time, width))
        return x + self.down(functional.gelu(self.up(self.norm2(x))))


class TextEncoder(nn.Module):
    """input_ids [B, T <= 48] (0 is padding) to text_embeds [B, 128], not normalised."""

    def __init__(self, sizes: VisionSizes, vocab: int, max_tokens: int) -> None:
        super().__init__()
        self.embed = nn.Embedding(vocab, sizes.text_width)
        self.place = nn.Parameter(torch.randn(max_tokens, sizes.text_width) * 0.02)
        self.layers = nn.ModuleList(TextLayer(sizes.text_width, sizes.text_heads) for _ in range(sizes.text_layers))
        self.norm = nn.LayerNorm(sizes.text_width)
        self.project = nn.Linear(sizes.text_width, EMBEDDING)
        nn.init.normal_(self.embed.weight, std=0.3)

    def forward(self, input_ids: Tensor) -> Tensor:
        shown = (input_ids != 0).float()
        x = self.embed(input_ids) + self.place[: input_ids.shape[1]]
        bias = (1 - shown)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        pooled = (self.norm(x) * shown[:, :, None]).sum(1) / shown.sum(1, keepdim=True)
        return self.project(pooled)


class AttributeHeads(nn.Module):
    """Training only: names family, style, composition, mood and colours from a picture's embedding, which speeds learning."""

    def __init__(self, counts: dict[str, int]) -> None:
        super().__init__()
        self.heads = nn.ModuleDict({name: nn.Linear(EMBEDDING, count) for name, count in counts.items()})

    def forward(self, embeds: Tensor) -> dict[str, Tensor]:
        return {name: head(embeds) for name, head in self.heads.items()}


class Pair(nn.Module):
    """Both encoders, the learnt temperature and the training heads."""

    def __init__(self, sizes: VisionSizes, vocab: int, max_tokens: int, counts: dict[str, int]) -> None:
        super().__init__()
        self.vision = VisionEncoder(sizes)
        self.text = TextEncoder(sizes, vocab, max_tokens)
        self.attributes = AttributeHeads(counts)
        self.log_scale = nn.Parameter(torch.tensor(2.3))
