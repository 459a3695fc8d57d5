"""Write tests/support/fixtures/tiny-pipeline: a diffusers-ONNX folder with random weights, and what it draws.

    python make_tiny_pipeline.py

The networks are far too small to draw anything, but they have the shapes, names and dynamic sizes of real ones. The expected
pictures come from the plain NumPy pipeline in reference_pipeline.py, so the product's pipeline is checked by other code.
Needs torch, onnx and onnxruntime.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import nn

from reference_pipeline import Request, run_reference

FOLDER = Path(__file__).parent.parent / "fixtures" / "tiny-pipeline"
WIDTH, CHANNELS, TOKENS = 16, 4, 12


class TextEncoder(nn.Module):
    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.token = nn.Embedding(vocabulary, WIDTH)
        self.place = nn.Parameter(torch.randn(TOKENS, WIDTH) * 0.1)
        self.mix = nn.Linear(WIDTH, WIDTH)

    def forward(self, input_ids):
        hidden = self.token(input_ids) + self.place
        return hidden + torch.tanh(self.mix(hidden))


class Denoiser(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Conv2d(CHANNELS, WIDTH, 3, padding=1)
        self.time = nn.Linear(2, WIDTH)
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.leave = nn.Conv2d(WIDTH, CHANNELS, 3, padding=1)

    def forward(self, sample, timestep, encoder_hidden_states):
        angle = timestep.float().reshape(-1, 1) / 1000
        time = self.time(torch.cat([torch.sin(angle), torch.cos(angle)], 1))
        hidden = torch.relu(self.enter(sample) + time[:, :, None, None])
        flat = hidden.flatten(2).transpose(1, 2)
        weights = torch.softmax(self.query(flat) @ self.key(encoder_hidden_states).transpose(1, 2) / 4, -1)
        flat = flat + weights @ self.value(encoder_hidden_states)
        return self.leave(flat.transpose(1, 2).reshape(hidden.shape)) * 0.5


class Decoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Conv2d(CHANNELS, WIDTH, 1)
        self.leave = nn.Conv2d(WIDTH, 3, 3, padding=1)

    def forward(self, latent_sample):
        hidden = nn.functional.interpolate(torch.tanh(self.enter(latent_sample)), scale_factor=4.0, mode="nearest")
        return torch.tanh(self.leave(hidden))


def write_json(name: str, content: dict) -> None:
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def write_graph(part: str, network: nn.Module, inputs: dict, output: str, axes: dict) -> None:
    path = FOLDER / part / "model.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network.eval(), tuple(inputs.values()), str(path), input_names=list(inputs),
                          output_names=[output], dynamic_axes=axes, opset_version=17, dynamo=False)


def write_tokenizer() -> int:
    """256 byte letters, the same at a word's end, a few merges, two marks."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(b) for b in plain] + [chr(256 + i) for i in range(256 - len(plain))]
    merges = [("r", "e"), ("re", "d</w>"), ("b", "l"), ("bl", "u"), ("blu", "e</w>"), ("d", "o"), ("do", "t"), ("dot", "s</w>")]
    tokens = [*letters, *(letter + "</w>" for letter in letters), *(a + b for a, b in merges), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    folder = FOLDER / "tokenizer"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges), encoding="utf-8")
    write_json("tokenizer/tokenizer_config.json", {"tokenizer_class": "CLIPTokenizer", "model_max_length": TOKENS,
                                                   "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "pad_token": "!"})
    return len(vocabulary)


def write_networks(vocabulary: int) -> None:
    axes = {0: "batch", 2: "height", 3: "width"}
    write_graph("text_encoder", TextEncoder(vocabulary), {"input_ids": torch.zeros(1, TOKENS, dtype=torch.int32)}, "last_hidden_state",
                {"input_ids": {0: "batch"}, "last_hidden_state": {0: "batch"}})
    write_graph("unet", Denoiser(), {"sample": torch.randn(2, CHANNELS, 8, 6), "timestep": torch.tensor([500]),
                "encoder_hidden_states": torch.randn(2, TOKENS, WIDTH)}, "out_sample",
                {"sample": axes, "encoder_hidden_states": {0: "batch"}, "out_sample": axes})
    write_graph("vae_decoder", Decoder(), {"latent_sample": torch.randn(1, CHANNELS, 8, 6)}, "sample",
                {"latent_sample": axes, "sample": axes})


def write_configs() -> None:
    write_json("model_index.json", {"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.40.0"})
    write_json("scheduler/scheduler_config.json", {
        "_class_name": "DDIMScheduler", "num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012,
        "beta_schedule": "scaled_linear", "prediction_type": "v_prediction", "timestep_spacing": "trailing",
        "rescale_betas_zero_snr": True, "set_alpha_to_one": True, "clip_sample": False})
    write_json("unet/config.json", {"in_channels": CHANNELS, "sample_size": 16, "block_out_channels": [16, 16]})
    write_json("vae_decoder/config.json", {"latent_channels": CHANNELS, "block_out_channels": [8, 8, 16], "scaling_factor": 0.5})


def main() -> None:
    torch.manual_seed(20251122)
    write_networks(write_tokenizer())
    write_configs()
    requests = [Request("red dots, über blue", "", 64, 96, 5, 3.0, 7), Request("blue", "red", 96, 64, 3, 1.0, 4_294_967_295)]
    cases = []
    for request in requests:
        picture = run_reference(FOLDER, request)
        cases.append({"job": request._asdict(), "rgb": [int(v) for v in np.asarray(picture)[::8, ::8].reshape(-1)]})
    write_json("expected.json", {"about": "every 8th pixel of every 8th row, RGB", "cases": cases})
    total = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    print(f"{total / 1000:.0f} kB in {FOLDER}")


if __name__ == "__main__":
    main()
