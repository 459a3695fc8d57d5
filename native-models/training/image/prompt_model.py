"""Text encoder and denoiser in one."""

from torch import Tensor, nn

from .denoiser import Denoiser, DenoiserSize
from .text_encoder import TextEncoder


class PromptModel(nn.Module):
    """Text encoder and denoiser, trained as one."""

    def __init__(self, vocabulary: int, size: DenoiserSize) -> None:
        super().__init__()
        self.text = TextEncoder(vocabulary, size.text_width)
        self.denoiser = Denoiser(size)

    def forward(self, sample: Tensor, steps: Tensor, ids: Tensor, forget: Tensor | None = None) -> Tensor:
        return self.denoiser(sample, steps, self.text(ids), forget)
