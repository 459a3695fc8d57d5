"""The two encoders: a small residual convnet for 96-pixel pictures, a two-layer transformer for captions.

The convnet reads edge maps beside the pixels: how far neighbours differ in colour, whatever the colours are, over the
picture's own mean. A drawing's family is in its edges, and 52 colours make 52 x 51 kinds of the same edge, which a
small net would have to learn one by one.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

IMAGE_SIZE = 96
EMBEDDING = 128


@dataclass(frozen=True)
class VisionSizes:
    """Channels of the three stages (24, 12 and 6 pixels) and sizes of the caption transformer."""

    stages: tuple[int, ...] = (32, 64, 128)
    stem: int = 20
    text_width: int = 128
    text_layers: int = 2
    text_heads: int = 4


def _conv(inside: int, outside: int, stride: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inside, outside, 3, stride, 1, bias=False), nn.BatchNorm2d(outside))


class Residual(nn.Module):
    """Two convolutions beside the identity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = _conv(width, width, 1), _conv(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(functional.relu(self.first(x))))


class EdgeMaps(nn.Module):
    """pixels [B, 3, H, W] in -1..1 to [B, 9, H, W]: the pixels, standardised lightness, four directions of edges over their mean, and their size."""

    def forward(self, pixels: Tensor) -> Tensor:
        light = pixels.mean(1, keepdim=True)
        centred = light - light.mean((2, 3), keepdim=True)
        light = centred / (centred.square().mean((2, 3), keepdim=True) + 0.01).sqrt()
        across = self._steps(pixels[..., :, 1:] - pixels[..., :, :-1], (0, 1, 0, 0))
        down = self._steps(pixels[..., 1:, :] - pixels[..., :-1, :], (0, 0, 0, 1))
        falling = self._steps(pixels[..., 1:, 1:] - pixels[..., :-1, :-1], (0, 1, 0, 1))
        rising = self._steps(pixels[..., 1:, :-1] - pixels[..., :-1, 1:], (0, 1, 0, 1))
        edges = torch.cat((across, down, falling, rising), 1)
        level = edges.mean((1, 2, 3), keepdim=True)
        size = torch.tanh(4 * edges.mean(1, keepdim=True))
        return torch.cat((pixels, light, (edges / (level + 0.01) + 0.01).sqrt() - 1, size), 1)

    @staticmethod
    def _steps(difference: Tensor, padding: tuple[int, int, int, int]) -> Tensor:
        return functional.pad((difference.square().sum(1, keepdim=True) + 1e-6).sqrt(), padding)


class VisionEncoder(nn.Module):
    """pixel_values [B, 3, 96, 96] in -1..1 to image_embeds [B, 128], not normalised. Keeps a 3x3 grid, so layout counts."""

    def __init__(self, sizes: VisionSizes) -> None:
        super().__init__()
        width = sizes.stages[0]
        first = nn.Sequential(nn.Conv2d(9, sizes.stem, 4, 2, 1, bias=False), nn.BatchNorm2d(sizes.stem))
        layers: list[nn.Module] = [EdgeMaps(), first, nn.ReLU(), _conv(sizes.stem, width, 2), nn.ReLU(), Residual(width)]
        for stage in sizes.stages[1:]:
            layers += [_conv(width, stage, 2), nn.ReLU(), Residual(stage)]
            width = stage
        self.body = nn.Sequential(*layers)
        self.project = nn.Linear(width * 9, EMBEDDING)

    def forward(self, pixel_values: Tensor) -> Tensor:
        return self.project(functional.avg_pool2d(self.body(pixel_values), 2).flatten(1))


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
