"""Text encoder and scene net in one: what is trained on words."""

from torch import Tensor, nn

from .scene_net import SceneNet, SceneNetSize, predict_scene
from .text_encoder import TextEncoder


class PromptModel(nn.Module):
    """Noisy scenes and token ids to scenes."""

    def __init__(self, vocabulary: int, size: SceneNetSize = SceneNetSize()) -> None:
        super().__init__()
        self.text_width = size.text_width
        self.text = TextEncoder(vocabulary, size.text_width)
        self.scene = SceneNet(size)

    def forward(self, mean: Tensor, signal: Tensor, noise: Tensor, ids: Tensor, each: int = 1) -> Tensor:
        """`mean` (B * each, NUMBERS) = signal * scene + noise * normal, both (B * each, 1): so many scenes for each row of `ids` (B, 48)."""
        states = self.text(ids)[:, 0, : self.text_width].repeat_interleave(each, 0)
        return predict_scene(self.scene, mean, signal, noise, states)
