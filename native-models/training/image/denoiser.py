"""The denoiser of the exported pipeline: finds the scene under the noise, and draws it.

The trained net (`scene_net.py`) reads the scene's noisy numbers, averaged over all blocks of cells, and the prompt, and says what
the scene is; the formulas of `drawings/` draw it cell by cell; the predicted clean latents are that drawing and the scene's numbers. So edges are
crisp at any size and a family is a family, and all of the usual applies: schedulers step, masks keep, palettes pull.

A picture that is put in from outside says so in a number of its own. What it shows beyond the scene is then kept as far as it stands
out of the noise, scale by scale (`keep_picture`).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from drawings.genes import COLOUR_NUMBERS, PLACES, SLOTS, USED

from .autoencoder import COLOUR_CHANNELS, PICTURE_CHANNELS, to_latent
from .noise_schedule import make_alphas
from .prompt_model import PromptModel
from .renderer import Renderer
from .scene_net import predict_scene
from .scene_planes import GIVEN, GIVEN_SIZE, NUMBERS, read_planes, write_planes

DOUBT = 7.0  # against a picture from outside, before it is seen, in logits
SIDES = (17, 9, 5, 3)  # cells over which what is kept is averaged, the coarsest first
STRANGE = (0.9, 1.5)  # share of a picture that its scene leaves open, up to which nothing and from which all of that is kept
INSISTENCE = 2.0
MARGIN = 2.5  # how far over its noise something must stand


class SceneDenoiser(nn.Module):
    """sample (B, 6, h, w), timestep (1) or (B), encoder_hidden_states (B, 48, text_width + 4) to v (B, 6, h, w)."""

    def __init__(self, model: PromptModel, renderer: nn.Module | None = None) -> None:
        super().__init__()
        self.scene, self.text_width = model.scene, model.text_width
        self.renderer = renderer or Renderer()
        self.register_buffer("alphas", make_alphas())

    def forward(self, sample: Tensor, timestep: Tensor, encoder_hidden_states: Tensor) -> Tensor:
        alpha = self.alphas[timestep.reshape(-1).long()][:, None] + 0 * sample[:, :1, 0, 0]
        signal, noise = alpha.sqrt(), (1 - alpha).sqrt()
        mean, cells = read_planes(sample[:, PICTURE_CHANNELS:])
        quiet = noise / cells.sqrt()
        scene = predict_scene(self.scene, mean, signal, quiet, encoder_hidden_states[:, 0, : self.text_width])
        given = judge_given(mean[:, GIVEN : GIVEN + 1], signal, quiet)
        scene = scene + given * self.insist(encoder_hidden_states[:, 0, : self.text_width])
        scene = torch.cat([paint_named(scene, encoder_hidden_states[..., self.text_width :]), 0 * scene[:, USED:GIVEN], given * GIVEN_SIZE], 1)
        clean, grain = self.renderer(scene, sample)
        picture = to_latent(clean, grain)
        a, s = signal[:, :, None, None], noise[:, :, None, None]
        seen, level = sample[:, :PICTURE_CHANNELS] / a.clamp(min=1e-4), s / a.clamp(min=1e-4)
        picture = picture + given[:, :, None, None] * judge_strange(seen, picture, level) * keep_picture(seen - picture, level)
        return (a * sample - torch.cat([picture, write_planes(scene, sample)], 1)) / s.clamp(min=1e-4)


    def insist(self, prompt: Tensor) -> Tensor:
        """What the words alone say of family, style and composition (B, NUMBERS), over: a scene that was read off a picture may be of another kind."""
        nothing = prompt[:, :1] * 0
        alone = predict_scene(self.scene, nothing.expand(-1, NUMBERS), nothing, nothing + 1, prompt)
        last = PLACES["composition"].stop
        return torch.cat([INSISTENCE * alone[:, :last], 0 * alone[:, last:]], 1)


def judge_strange(seen: Tensor, picture: Tensor, level: Tensor) -> Tensor:
    """How little the scene explains what is seen (B, 1, 1, 1): near 0 for a picture that the scene shows, if not to the cell."""
    side = SIDES[0]
    rest, own = (F.avg_pool2d(part[:, :COLOUR_CHANNELS], side, 1, side // 2, count_include_pad=False) for part in (seen - picture, seen))
    own = own - own.mean((2, 3), keepdim=True)
    noise = level.square() / side**2
    unexplained = (rest.square().mean((1, 2, 3), keepdim=True) - noise).clamp(min=0)
    there = (own.square().mean((1, 2, 3), keepdim=True) - noise).clamp(min=0)
    return ((unexplained / (there + 0.1) - STRANGE[0]) / (STRANGE[1] - STRANGE[0])).clamp(0, 1)


def judge_given(mean: Tensor, signal: Tensor, noise: Tensor) -> Tensor:
    """How likely the picture came from outside (B, 1), by Bayes' rule from the number that says so."""
    variance = (noise / signal.clamp(min=1e-4)).square() + 0.01
    reading = mean / signal.clamp(min=1e-4)
    return torch.sigmoid(((GIVEN_SIZE * reading - GIVEN_SIZE**2 / 2) / variance - DOUBT).clamp(-30, 30))


def paint_named(scene: Tensor, named: Tensor) -> Tensor:
    """The scene's used numbers (B, USED) with the palette that the prompt names, where it names one: `named` (B, 48, 4) is zero but for colours."""
    flags = named[..., :1]
    order = torch.cumsum(flags, 1) * flags
    wanted = torch.cumsum(torch.ones_like(named[:1, :1, :SLOTS]), 2)
    slots = (1 - (order - wanted).abs().clamp(max=1)).transpose(1, 2) @ named
    palette = torch.cat([2 * slots[..., :1] - 1, slots[..., 1:]], -1).reshape(-1, SLOTS * COLOUR_NUMBERS)
    any_named = slots[:, 0, :1]
    place = PLACES["palette"]
    mixed = scene[:, place] + any_named * (palette - scene[:, place])
    return torch.cat([scene[:, : place.start], mixed, scene[:, place.stop : USED]], 1)


def keep_picture(rest: Tensor, level: Tensor) -> Tensor:
    """Of what a noisy picture shows beyond the drawing (B, 4, h, w), the part that is no noise of this `level` (B, 1, 1, 1)."""
    kept = 0 * rest
    for side in SIDES:
        coarse = F.avg_pool2d(rest, side, 1, side // 2, count_include_pad=False)
        part = coarse * share_kept(coarse, side, (level / side).square())
        kept, rest = kept + part, rest - part
    return kept + rest * share_kept(rest, 5, level.square())


def share_kept(part: Tensor, side: int, noise: Tensor) -> Tensor:
    """Wiener's share where the part's power around a cell stands over the noise's."""
    power = F.avg_pool2d(part.square().mean(1, keepdim=True), side, 1, side // 2, count_include_pad=False)
    return (1 - MARGIN * noise / (power + 1e-8)).clamp(0, 1)
