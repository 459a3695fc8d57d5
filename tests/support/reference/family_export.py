"""Export of tiny pipelines to the folder layout and the input and output names that published ONNX pipelines have."""

import json
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.transformers.float16 import convert_float_to_float16
from torch import nn


class Encoder(nn.Module):
    def __init__(self, network: nn.Module, all_layers: bool) -> None:
        super().__init__()
        self.network, self.all_layers = network, all_layers

    def forward(self, input_ids):
        answer = self.network(input_ids=input_ids.long(), output_hidden_states=self.all_layers, return_dict=True)
        pooled = answer.text_embeds if hasattr(answer, "text_embeds") else answer.pooler_output
        layers = answer.hidden_states if self.all_layers else ()
        first = (pooled, answer.last_hidden_state) if hasattr(answer, "text_embeds") else (answer.last_hidden_state, pooled)
        return (*first, *layers)


class Denoiser(nn.Module):
    def __init__(self, network: nn.Module, names: list[str]) -> None:
        super().__init__()
        self.network, self.names = network, names

    def forward(self, *inputs):
        given = dict(zip(self.names, inputs))
        added = {name: given[name] for name in ("text_embeds", "time_ids") if name in given} or None
        return self.network(given["sample"], given["timestep"], given["encoder_hidden_states"],
                            timestep_cond=given.get("timestep_cond"), added_cond_kwargs=added, return_dict=False)[0]


class VaeEncoder(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, sample):
        return self.network.quant_conv(self.network.encoder(sample))


class VaeDecoder(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, latent_sample):
        return self.network.decoder(self.network.post_quant_conv(latent_sample))


def write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def write_graph(path: Path, network: nn.Module, inputs: dict[str, torch.Tensor], outputs: list[str], axes: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(network.eval(), tuple(inputs.values()), str(path), input_names=list(inputs), output_names=outputs,
                          dynamic_axes=axes, opset_version=17, dynamo=False)


def export_text_encoder(folder: Path, network: nn.Module, tokens: int, all_layers: bool, id_type: torch.dtype) -> None:
    has_projection = hasattr(network, "text_projection")
    first = ["text_embeds", "last_hidden_state"] if has_projection else ["last_hidden_state", "pooler_output"]
    layers = [f"hidden_states.{i}" for i in range(network.config.num_hidden_layers + 1)] if all_layers else []
    ids = torch.randint(0, 500, (2, tokens)).to(id_type)
    ids[:, -1] = 521
    write_graph(folder / "model.onnx", Encoder(network, all_layers), {"input_ids": ids}, [*first, *layers],
                {name: {0: "batch_size"} for name in ("input_ids", *first, *layers)})
    write_json(folder / "config.json", network.config.to_dict())


def export_denoiser(folder: Path, network: nn.Module) -> None:
    config = network.config
    inputs = {"sample": torch.randn(2, config.in_channels, 16, 20), "timestep": torch.tensor(500),
              "encoder_hidden_states": torch.randn(2, 77, config.cross_attention_dim)}
    if config.time_cond_proj_dim is not None:
        inputs["timestep_cond"] = torch.randn(2, config.time_cond_proj_dim)
    if config.addition_embed_type == "text_time":
        inputs["text_embeds"] = torch.randn(2, 32)
        inputs["time_ids"] = torch.randn(2, 6)
    size = {0: "batch_size", 2: "height", 3: "width"}
    axes = {"sample": size, "out_sample": size, "encoder_hidden_states": {0: "batch_size", 1: "sequence_length"},
            "timestep_cond": {0: "batch_size"}, "text_embeds": {0: "batch_size"}, "time_ids": {0: "batch_size"}}
    write_graph(folder / "model.onnx", Denoiser(network, list(inputs)), inputs, ["out_sample"],
                {name: axes[name] for name in axes if name in inputs or name == "out_sample"})
    write_json(folder / "config.json", {k: v for k, v in config.items() if not k.startswith("_") or k == "_class_name"})


def export_autoencoder(folder: Path, network: nn.Module) -> None:
    size = {0: "batch_size", 2: "height", 3: "width"}
    write_graph(folder / "vae_decoder/model.onnx", VaeDecoder(network), {"latent_sample": torch.randn(1, 4, 8, 6)},
                ["sample"], {"latent_sample": size, "sample": size})
    write_graph(folder / "vae_encoder/model.onnx", VaeEncoder(network), {"sample": torch.randn(1, 3, 32, 24)},
                ["latent_parameters"], {"sample": size, "latent_parameters": size})
    for part in ("vae_decoder", "vae_encoder"):
        write_json(folder / part / "config.json", {k: v for k, v in network.config.items() if not k.startswith("_") or k == "_class_name"})


def halve_graphs(folder: Path) -> None:
    """Weights, inputs and outputs in 16-bit floats, as most published models have them."""
    for path in sorted(folder.rglob("model.onnx")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            onnx.save(convert_float_to_float16(onnx.load(path), keep_io_types=False), path)
