"""The two encoders: fixed measurements of a picture and a small convolutional network under one reader, and a two-layer transformer for captions."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .measurements import MEASUREMENTS, Measurements

IMAGE_SIZE = 96
EMBEDDING = 128


@dataclass(frozen=True)
class VisionSizes:
    """Channels of the four stages that see, width of the layers that read, and sizes of the caption transformer."""

    sight: tuple[int, int, int, int] = (32, 64, 96, 112)
    hidden: int = 192
    text_width: int = 128
    text_layers: int = 2
    text_heads: int = 4


class Residual(nn.Module):
    """Two 3 x 3 convolutions around a skip."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels), nn.GELU(),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        return functional.gelu(x + self.body(x))


def halve(channels: int, out: int, kernel: int = 3) -> nn.Sequential:
    """Half the size."""
    return nn.Sequential(nn.Conv2d(channels, out, kernel, stride=2, padding=kernel // 2, bias=False), nn.BatchNorm2d(out), nn.GELU())


class Sight(nn.Module):
    """pixel_values [B, 3, 96, 96] in -1..1 to [B, LOOKS]: four stages, each pooled, the last one by place as well."""

    def __init__(self, widths: tuple[int, int, int, int]) -> None:
        super().__init__()
        first, second, third, last = widths
        self.stages = nn.ModuleList([
            halve(3, first, 5),
            nn.Sequential(halve(first, second), Residual(second)),
            nn.Sequential(halve(second, third), Residual(third), Residual(third)),
            nn.Sequential(halve(third, last), Residual(last)),
        ])

    def forward(self, pixel_values: Tensor) -> Tensor:
        x, parts = pixel_values, []
        for stage in self.stages:
            x = stage(x)
            parts += [x.mean((2, 3)), x.amax((2, 3))]
        return torch.cat([*parts, functional.avg_pool2d(x, 2).flatten(1)], 1)


class Reader(nn.Module):
    """Measurements [B, MEASUREMENTS] and looks [B, LOOKS] to image_embeds [B, 128], not normalised."""

    def __init__(self, sizes: VisionSizes) -> None:
        super().__init__()
        looks = 2 * sum(sizes.sight) + 9 * sizes.sight[-1]
        self.standardise = nn.BatchNorm1d(MEASUREMENTS, affine=False, momentum=0.02)
        self.measured = nn.Sequential(nn.Dropout(0.15), nn.Linear(MEASUREMENTS, sizes.hidden))
        self.seen = nn.Sequential(nn.BatchNorm1d(looks), nn.Dropout(0.1), nn.Linear(looks, sizes.hidden))
        self.body = nn.Sequential(
            nn.BatchNorm1d(2 * sizes.hidden), nn.GELU(), nn.Dropout(0.1),
            nn.Linear(2 * sizes.hidden, sizes.hidden), nn.BatchNorm1d(sizes.hidden), nn.GELU(),
        )
        self.project = nn.Linear(sizes.hidden, EMBEDDING)

    def forward(self, measured: Tensor, looks: Tensor) -> Tensor:
        if self.training:
            standard = self.standardise(measured)
        else:  # The same, written out: the exporter cannot size a normalisation without weights.
            standard = (measured - self.standardise.running_mean) * (self.standardise.running_var + self.standardise.eps).rsqrt()
        return self.project(self.body(torch.cat((self.measured(standard.clamp(-5, 5)), self.seen(looks)), 1)))


class VisionEncoder(nn.Module):
    """pixel_values [B, 3, 96, 96] in -1..1 to image_embeds [B, 128], not normalised."""

    def __init__(self, sizes: VisionSizes) -> None:
        super().__init__()
        self.measure = Measurements()
        self.sight = Sight(sizes.sight)
        self.read = Reader(sizes)

    def forward(self, pixel_values: Tensor) -> Tensor:
        return self.read(self.measure(pixel_values), self.sight(pixel_values))


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
