"""Write the trained model as a diffusers-ONNX folder.

    python -m image.export --work ../../.training/image --out ../starter/image

The normalisation of the latents goes into the encoder's and decoder's graphs, so the scaling
factor is 1. Grain is laid on in the decoder: a fixed tile of noise times the predicted amplitude,
so the same latents always give the same pixels.
"""

import argparse
import json
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from half_precision import store_half
from training_clock import load_average

from .autoencoder import CELL, LATENT_CHANNELS, LATENT_DEVIATION, LATENT_MEAN, Encoder
from .branches import make_branches
from .decoder import Decoder
from .denoiser import SceneDenoiser
from .noise_schedule import STEPS, make_betas
from .prompt_model import PromptModel
from .scene_planes import GIVEN, GIVEN_SIZE, write_planes
from .scene_reader import SceneReader
from .text_encoder import NAMED_COLUMNS
from .tokenizer import MAX_TOKENS, PromptTokenizer, write_tokenizer

OPSET = 17
NOISE_TILE = 128
RECOMMENDED_STEPS = 12


class ExportedDecoder(nn.Module):
    """Normalised latents to the finished picture in -1..1, grain included."""

    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.decoder = decoder
        noise = np.random.default_rng(7).standard_normal((NOISE_TILE, NOISE_TILE)).astype(np.float32)
        self.register_buffer("noise", torch.from_numpy(noise))

    def forward(self, latent_sample: Tensor) -> Tensor:
        picture, amplitude = self.decoder(latent_sample)
        ones = torch.ones_like(amplitude[0, 0], dtype=torch.int64)
        row = torch.remainder(torch.cumsum(ones[:, 0], 0) - 1, NOISE_TILE)
        column = torch.remainder(torch.cumsum(ones[0], 0) - 1, NOISE_TILE)
        tile = torch.index_select(torch.index_select(self.noise, 0, row), 1, column)
        return (picture + 2 * amplitude * tile).clamp(-1, 1)


class ExportedEncoder(nn.Module):
    """A picture in -1..1 to normalised latents: colour, grain, the scene that it may show, and that it came from outside."""

    def __init__(self, encoder: Encoder, reader: SceneReader) -> None:
        super().__init__()
        self.encoder, self.reader = encoder, reader

    def forward(self, sample: Tensor) -> Tensor:
        picture = self.encoder(sample)
        scene = self.reader(sample)
        scene = torch.cat([scene[:, :GIVEN], 0 * scene[:, :1] + GIVEN_SIZE], 1)
        return torch.cat([picture, write_planes(scene, picture)], 1)


def write_graph(module: nn.Module, inputs: dict[str, Tensor], output: str, axes: dict, path: Path) -> None:
    """Export one part with dynamic axes, its weights in 16 bits, and check the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(), tuple(inputs.values()), str(path), input_names=list(inputs), output_names=[output],
            dynamic_axes=axes, opset_version=OPSET, dynamo=False)
    make_branches(path, OPSET)
    store_half(path)


def write_json(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def write_graphs(out: Path, text: nn.Module, denoiser: nn.Module, encoder: nn.Module, decoder: nn.Module, text_width: int) -> None:
    """The four networks. Sizes of example inputs are arbitrary; batch, height and width stay open."""
    picture_axes = {0: "batch", 2: "height", 3: "width"}
    write_graph(text, {"input_ids": torch.zeros(2, MAX_TOKENS, dtype=torch.int64)}, "last_hidden_state",
                {"input_ids": {0: "batch"}, "last_hidden_state": {0: "batch"}}, out / "text_encoder" / "model.onnx")
    unet_inputs = {
        "sample": torch.randn(2, LATENT_CHANNELS, 50, 40), "timestep": torch.tensor([500]),
        "encoder_hidden_states": torch.randn(2, MAX_TOKENS, text_width + NAMED_COLUMNS)}
    write_graph(denoiser, unet_inputs, "out_sample",
                {"sample": picture_axes, "encoder_hidden_states": {0: "batch"}, "out_sample": picture_axes},
                out / "unet" / "model.onnx")
    write_graph(decoder, {"latent_sample": torch.randn(1, LATENT_CHANNELS, 50, 40)}, "sample",
                {"latent_sample": picture_axes, "sample": picture_axes}, out / "vae_decoder" / "model.onnx")
    write_graph(encoder, {"sample": torch.randn(1, 3, 200, 160)}, "latent_sample",
                {"sample": picture_axes, "latent_sample": picture_axes}, out / "vae_encoder" / "model.onnx")


def write_configs(out: Path, text_width: int, width: int) -> None:
    """The JSON files that a pipeline reads."""
    version = {"_diffusers_version": "0.40.0"}
    write_json(out / "model_index.json", {
        "_class_name": "StableDiffusionPipeline", **version, "feature_extractor": [None, None],
        "safety_checker": [None, None], "requires_safety_checker": False,
        "scheduler": ["diffusers", "DDIMScheduler"], "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"], "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"]})
    write_json(out / "scheduler" / "scheduler_config.json", {
        "_class_name": "DDIMScheduler", **version, "num_train_timesteps": STEPS, "beta_start": 0.00085,
        "beta_end": 0.012, "beta_schedule": "scaled_linear", "prediction_type": "v_prediction",
        "timestep_spacing": "trailing", "rescale_betas_zero_snr": False, "set_alpha_to_one": True,
        "clip_sample": False, "steps_offset": 1, "thresholding": False, "trained_betas": make_betas()})
    write_json(out / "text_encoder" / "config.json", {
        "_class_name": "CLIPTextModel", "model_type": "clip_text_model", "hidden_size": text_width + NAMED_COLUMNS,
        "max_position_embeddings": MAX_TOKENS, "num_hidden_layers": 2, "num_attention_heads": 4,
        "vocab_size": PromptTokenizer().size, "torch_dtype": "float32"})
    write_json(out / "unet" / "config.json", {
        "_class_name": "UNet2DConditionModel", **version, "in_channels": LATENT_CHANNELS,
        "out_channels": LATENT_CHANNELS, "sample_size": 96, "block_out_channels": [width],
        "cross_attention_dim": text_width + NAMED_COLUMNS, "time_cond_proj_dim": None})
    for part in ("vae_decoder", "vae_encoder"):
        # Three levels, which is how a pipeline finds the factor 4 between pixels and cells.
        write_json(out / part / "config.json", {
            "_class_name": "AutoencoderKL", **version, "in_channels": 3, "out_channels": 3,
            "latent_channels": LATENT_CHANNELS, "block_out_channels": [16, 32, 64], "sample_size": 384,
            "scaling_factor": 1.0, "force_upcast": False})


def write_hints(out: Path, to_rgb: Tensor) -> None:
    """housestyle.json: the exact map from latents to RGB in 0..1, and the settings that suit the model."""
    matrix = to_rgb.reshape(3, 3).double()
    mean, deviation = (torch.tensor(values[:3], dtype=torch.float64) for values in (LATENT_MEAN, LATENT_DEVIATION))
    weight = torch.zeros(3, LATENT_CHANNELS, dtype=torch.float64)
    weight[:, :3] = 0.5 * matrix * deviation
    bias = 0.5 * (matrix @ mean) + 0.5
    write_json(out / "housestyle.json", {
        "latentToRgb": {"weight": [[round(v, 6) for v in row] for row in weight.tolist()],
                        "bias": [round(v, 6) for v in bias.tolist()]},
        "recommended": {"steps": RECOMMENDED_STEPS, "guidance": 1.0, "sizes": [
            [256, 256], [384, 384], [320, 400], [256, 448], [448, 256]]},
        "sizeMultiple": CELL, "promptVocabulary": True})


def export(work: Path, out: Path) -> None:
    """Read the checkpoints of `work` and write the folder `out`."""
    model = load_average(PromptModel(PromptTokenizer().size), work / "scene.pt")
    reader = load_average(SceneReader(), work / "reader.pt")
    decoder = load_average(Decoder(), work / "decoder.pt")
    with torch.no_grad():
        write_graphs(out, model.text, SceneDenoiser(model), ExportedEncoder(Encoder(), reader), ExportedDecoder(decoder), model.text_width)
    write_configs(out, model.text_width, model.scene.size.width)
    write_tokenizer(out / "tokenizer")
    write_hints(out, decoder.to_rgb)
    total = sum(path.stat().st_size for path in out.rglob("*.onnx"))
    print(f"{total / 1e6:.1f} MB in {out}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("../../.training/image"))
    parser.add_argument("--out", type=Path, default=Path("../starter/image"))
    options = parser.parse_args()
    export(options.work, options.out)


if __name__ == "__main__":
    main()
