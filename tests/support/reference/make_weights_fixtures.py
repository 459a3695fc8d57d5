"""Write tests/support/fixtures/weights: tiny exports, LoRA files, checkpoints, and what the reference makes of them.

    python make_weights_fixtures.py

`sd1`, `sd2` and `sdxl` are folders as the usual exporter writes them, with random weights A; `half` is sd1 in 16-bit floats, `stored` sd1 with weights in 16 bits and a Cast behind each, `dynamo` sd1 as PyTorch's
newer exporter writes it. Weights B of the same shapes lie in `sd1-b.safetensors`, `sd2-b.safetensors` and `sdxl-b.safetensors` under the original
(single file) names and, for sd1, in a diffusers folder; `expected.json` holds the SHA-256 of every initialiser of an export of B. The original names
are written by this file and read back by diffusers' own converter, which must give B again.
Merged LoRA weights come from a float64 sum (bit for bit) and from PEFT (closely). Needs torch, diffusers, transformers, peft, onnx, onnxscript.
"""

import hashlib
import json
import re
import shutil
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import convert_ldm_unet_checkpoint, convert_ldm_vae_checkpoint
from onnx import numpy_helper
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

sys.path.append(str(Path(__file__).resolve().parents[3] / "native-models" / "training"))
from half_precision import store_half  # noqa: E402

FOLDER = Path(__file__).parent.parent / "fixtures" / "weights"
TOKENS, VOCABULARY, WIDTH = 12, 522, 8  # the tokenizer of tiny-pipeline


def randomise(network: torch.nn.Module, seed: int) -> torch.nn.Module:
    """Every tensor different, norms included: an exporter stores equal tensors once."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in network.parameters():
        parameter.data = torch.randn(parameter.shape, generator=generator) * 0.2
    return network.eval().requires_grad_(False)


def make_unet(family: str) -> UNet2DConditionModel:
    of_family = {"sd1": {"cross_attention_dim": WIDTH}, "sd2": {"cross_attention_dim": WIDTH, "use_linear_projection": True}, "sdxl": {
        "use_linear_projection": True, "addition_embed_type": "text_time", "addition_time_embed_dim": 4,
        "projection_class_embeddings_input_dim": 6 * 4 + WIDTH, "cross_attention_dim": 2 * WIDTH}}
    return UNet2DConditionModel(sample_size=8, in_channels=4, out_channels=4, layers_per_block=1, block_out_channels=(8, 16), norm_num_groups=4,
                                attention_head_dim=4, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
                                up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), **of_family[family])


def make_vae() -> AutoencoderKL:
    return AutoencoderKL(block_out_channels=(4, 8), norm_num_groups=4, latent_channels=4, down_block_types=("DownEncoderBlock2D",) * 2,
                         up_block_types=("UpDecoderBlock2D",) * 2, layers_per_block=1, sample_size=16)


def make_text(projected: bool) -> torch.nn.Module:
    config = CLIPTextConfig(vocab_size=VOCABULARY, hidden_size=WIDTH, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2,
                            max_position_embeddings=TOKENS, projection_dim=WIDTH, bos_token_id=520, eos_token_id=521, pad_token_id=0)
    config._attn_implementation = "eager"
    return (CLIPTextModelWithProjection if projected else CLIPTextModel)(config)


def make_family(family: str, seed: int) -> dict[str, torch.nn.Module]:
    parts = {"unet": make_unet(family), "vae": make_vae(), "text_encoder": make_text(False)}
    if family == "sdxl":
        parts["text_encoder_2"] = make_text(True)
    return {name: randomise(part, seed + index) for index, (name, part) in enumerate(parts.items())}


def axes_of(name: str) -> dict[int, str]:
    return {0: "batch", 2: "height", 3: "width"} if "sample" in name or "latent" in name else {0: "batch"}


@dataclass(frozen=True)
class Style:
    """How a graph is written: by the exporter that traces, or by the newer one (dynamo); in which floats."""

    is_dynamo: bool = False
    floats: torch.dtype = torch.float32

    def export(self, path: Path, network: torch.nn.Module, forward, inputs: dict, output: str) -> None:
        """As the usual exporter does it: the module itself is read, with another forward."""
        path.parent.mkdir(parents=True, exist_ok=True)
        own, network.forward = network.forward, forward
        network.to(self.floats)
        given = {name: value.to(self.floats) if value.is_floating_point() else value for name, value in inputs.items()}
        axes = {name: axes_of(name) for name in [*inputs, output] if name != "timestep"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if self.is_dynamo:
                torch.onnx.export(network, tuple(given.values()), str(path), input_names=list(inputs), output_names=[output],
                                  dynamo=True, external_data=False, verbose=False, dynamic_shapes=[axes.get(name, {}) for name in inputs])
            else:
                torch.onnx.export(network, tuple(given.values()), str(path), input_names=list(inputs), output_names=[output],
                                  opset_version=14, dynamo=False, dynamic_axes=axes)
        network.forward = own
        network.float()


SEEDS = {"sd1": 100, "sd2": 150, "sdxl": 200}
STYLES = {"half": Style(floats=torch.float16), "dynamo": Style(is_dynamo=True)}


def export_family(folder: Path, family: str, parts: dict[str, torch.nn.Module], style: Style = Style()) -> None:
    unet, vae, export = parts["unet"], parts["vae"], style.export
    run = unet.forward
    inputs = {"sample": torch.randn(2, 4, 8, 8), "timestep": torch.tensor([5]), "encoder_hidden_states": torch.randn(2, TOKENS, unet.config.cross_attention_dim)}
    if family == "sdxl":
        inputs |= {"text_embeds": torch.randn(2, WIDTH), "time_ids": torch.randn(2, 6)}

        def denoise(sample, timestep, encoder_hidden_states, text_embeds, time_ids):
            return run(sample, timestep, encoder_hidden_states, added_cond_kwargs={"text_embeds": text_embeds, "time_ids": time_ids}, return_dict=False)[0]
    else:

        def denoise(sample, timestep, encoder_hidden_states):
            return run(sample, timestep, encoder_hidden_states, return_dict=False)[0]

    export(folder / "unet/model.onnx", unet, denoise, inputs, "out_sample")
    export(folder / "vae_decoder/model.onnx", vae, lambda latent_sample: vae.decode(latent_sample, return_dict=False)[0],
           {"latent_sample": torch.randn(1, 4, 8, 8)}, "sample")
    export(folder / "vae_encoder/model.onnx", vae, lambda sample: vae.encode(sample, return_dict=False)[0].parameters,
           {"sample": torch.randn(1, 3, 16, 16)}, "latent_parameters")
    for name in [name for name in parts if name.startswith("text")]:
        text = parts[name]
        output = "text_embeds" if name.endswith("2") else "last_hidden_state"
        export(folder / name / "model.onnx", text, encoder_of(text.forward, output), {"input_ids": torch.zeros(1, TOKENS, dtype=torch.int64)}, output)
    name = "StableDiffusionXLPipeline" if family == "sdxl" else "StableDiffusionPipeline"
    write_json(folder / "unet/config.json", {"in_channels": 4, "sample_size": 8, "block_out_channels": [8, 16]})
    write_json(folder / "vae_decoder/config.json", {"latent_channels": 4, "block_out_channels": [4, 8], "scaling_factor": 0.18215})
    (folder / "model_index.json").write_text(json.dumps({"_class_name": name}) + "\n")


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content) + "\n", encoding="utf-8")


def encoder_of(encode, output: str):
    return lambda input_ids: encode(input_ids=input_ids)[output]


def ldm_module(path: str) -> str:
    """Original names of a UNet with one layer per block and two blocks, each spelled out."""
    if path.split(".")[0] in ("time_embedding", "add_embedding"):
        stem = "time_embed" if path.startswith("time") else "label_emb.0"
        return re.sub(r"^\w+\.linear_(\d)", lambda m: f"{stem}.{'0' if m[1] == '1' else '2'}", path)
    blocks = {"conv_in.": "input_blocks.0.0.", "down_blocks.0.resnets.0.": "input_blocks.1.0.", "down_blocks.0.attentions.0.": "input_blocks.1.1.",
              "down_blocks.0.downsamplers.0.conv.": "input_blocks.2.0.op.", "down_blocks.1.resnets.0.": "input_blocks.3.0.",
              "mid_block.resnets.0.": "middle_block.0.", "mid_block.attentions.0.": "middle_block.1.", "mid_block.resnets.1.": "middle_block.2.",
              "up_blocks.0.resnets.0.": "output_blocks.0.0.", "up_blocks.0.resnets.1.": "output_blocks.1.0.",
              "up_blocks.0.upsamplers.0.conv.": "output_blocks.1.1.conv.", "up_blocks.1.resnets.0.": "output_blocks.2.0.",
              "up_blocks.1.attentions.0.": "output_blocks.2.1.", "up_blocks.1.resnets.1.": "output_blocks.3.0.",
              "up_blocks.1.attentions.1.": "output_blocks.3.1.", "conv_norm_out.": "out.0.", "conv_out.": "out.2."}
    inner = {"norm1.": "in_layers.0.", "conv1.": "in_layers.2.", "time_emb_proj.": "emb_layers.1.", "norm2.": "out_layers.0.",
             "conv2.": "out_layers.3.", "conv_shortcut.": "skip_connection."}
    start, replacement = next((old, new) for old, new in blocks.items() if path.startswith(old))
    rest = path[len(start):]
    if "resnets" in start:
        old = next(key for key in inner if rest.startswith(key))
        rest = inner[old] + rest[len(old):]
    return replacement + rest


def ldm_vae(path: str) -> str:
    for i in range(2):
        path = path.replace(f"down_blocks.{i}.resnets.", f"down.{i}.block.").replace(f"down_blocks.{i}.downsamplers.0.", f"down.{i}.downsample.")
        path = path.replace(f"up_blocks.{i}.resnets.", f"up.{1 - i}.block.").replace(f"up_blocks.{i}.upsamplers.0.", f"up.{1 - i}.upsample.")
    for old, new in [("mid_block.resnets.0", "mid.block_1"), ("mid_block.resnets.1", "mid.block_2"), ("mid_block.attentions.0", "mid.attn_1"),
                     ("conv_shortcut", "nin_shortcut"), ("conv_norm_out", "norm_out"), ("group_norm", "norm"), ("to_out.0", "proj_out")]:
        path = path.replace(old, new)
    return re.sub(r"\bto_([qkv])\b", r"\1", path)


def open_clip(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    found: dict[str, torch.Tensor] = {}
    for name, value in state.items():
        name = name.removeprefix("text_model.")
        if re.search(r"[qkv]_proj", name):
            continue
        for old, new in [("embeddings.token_embedding", "token_embedding"), ("embeddings.position_embedding.weight", "positional_embedding"),
                         ("encoder.layers.", "transformer.resblocks."), ("layer_norm1", "ln_1"), ("layer_norm2", "ln_2"), ("mlp.fc1", "mlp.c_fc"),
                         ("mlp.fc2", "mlp.c_proj"), ("self_attn.out_proj", "attn.out_proj"), ("final_layer_norm", "ln_final")]:
            name = name.replace(old, new)
        found[name.replace("text_projection.weight", "text_projection")] = value.T.contiguous() if name.startswith("text_projection") else value
    for layer in range(2):
        for kind in ("weight", "bias"):
            rows = [next(v for k, v in state.items() if k.endswith(f"layers.{layer}.self_attn.{part}_proj.{kind}")) for part in "qkv"]
            found[f"transformer.resblocks.{layer}.attn.in_proj_{kind}"] = torch.cat(rows)
    return found


def unused_by_sd2(text: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Published files hold the whole encoder; the pipeline ends before its last layer and projects nothing."""
    last = {name.replace("resblocks.1.", "resblocks.2."): value * 2 for name, value in text.items() if "resblocks.1." in name}
    return last | {"text_projection": torch.ones(WIDTH, WIDTH), "logit_scale": torch.tensor(4.6)}


def single_file(family: str, parts: dict[str, torch.nn.Module]) -> dict[str, torch.Tensor]:
    unet = {"model.diffusion_model." + ldm_module(k): v for k, v in parts["unet"].state_dict().items()}
    vae = {}
    for name, value in parts["vae"].state_dict().items():
        original = ldm_vae(name)
        is_attention = "mid.attn_1" in original and ".norm." not in original and name.endswith("weight")
        vae["first_stage_model." + original] = value[:, :, None, None] if is_attention else value
    back = convert_ldm_unet_checkpoint(dict(unet), dict(parts["unet"].config))
    assert_same(back, parts["unet"].state_dict())
    assert_same(convert_ldm_vae_checkpoint(dict(vae), dict(parts["vae"].config)), parts["vae"].state_dict())
    first = parts["text_encoder"].state_dict()
    if family == "sd2":
        used = open_clip(first)
        text = {"cond_stage_model.model." + k: v for k, v in (used | unused_by_sd2(used)).items()}
    else:
        stem = "conditioner.embedders.0.transformer." if family == "sdxl" else "cond_stage_model.transformer."
        text = {stem + (k if k.startswith("text_model.") else "text_model." + k): v for k, v in first.items()}
    if family == "sdxl":
        second = {"conditioner.embedders.1.model." + k: v for k, v in open_clip(parts["text_encoder_2"].state_dict()).items()}
        text |= second
    return {name: value.clone().contiguous() for name, value in (unet | vae | text).items()}


def assert_same(found: dict, wanted: dict) -> None:
    assert set(found) == set(wanted), set(found) ^ set(wanted)
    for name, value in wanted.items():
        assert torch.equal(found[name].reshape(value.shape), value), name


def hash_initialisers(path: Path) -> dict[str, str]:
    graph = onnx.load(str(path)).graph
    return {tensor.name: hashlib.sha256(numpy_helper.to_array(tensor).tobytes()).hexdigest() for tensor in graph.initializer}


def export_both(name: str, family: str, style: Style) -> dict:
    """Writes the folder of weights A, and gives the hashes of what an export of weights B holds."""
    export_family(FOLDER / name, family, make_family(family, SEEDS[family]), style)
    export_family(FOLDER / "scratch", family, make_family(family, 300), style)
    hashes = {path.parent.name: hash_initialisers(path) for path in sorted((FOLDER / "scratch").rglob("model.onnx"))}
    shutil.rmtree(FOLDER / "scratch")
    return hashes


def hash_array(value: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()


def merge_exactly(state: dict, deltas: dict[str, np.ndarray], floats: type = np.float32) -> dict[str, str]:
    """Hashes of the sums, rounded once to `floats` and then written as float32."""
    hashes = {}
    for name, delta in deltas.items():
        base = state[name].numpy().astype(floats).astype(np.float64)
        hashes[name] = hash_array((base + delta.reshape(base.shape)).astype(floats).astype(np.float32))
    return hashes


def make_pair(shape: tuple[int, ...], rank: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    draw = lambda *size: torch.randn(size, generator=generator) * 0.3
    return draw(rank, *shape[1:]), draw(shape[0], rank, *([1, 1] if len(shape) == 4 else []))


def delta_of(down: torch.Tensor, up: torch.Tensor, scale: float) -> np.ndarray:
    return scale * (up.numpy().astype(np.float64).reshape(up.shape[0], -1) @ down.numpy().astype(np.float64).reshape(down.shape[0], -1))


def lora_targets(unet: torch.nn.Module) -> list[str]:
    kinds = (torch.nn.Linear, torch.nn.Conv2d)
    return [name for name, module in unet.named_modules() if isinstance(module, kinds) and re.search(r"attn|proj_in|ff\.|conv1|conv_shortcut|time_emb_proj|downsamplers", name)]


def make_kohya(parts: dict, spell, file: str, metadata: dict, te_prefix: dict[str, str]) -> dict:
    generator = torch.Generator().manual_seed(77)
    tensors, deltas = {}, {}
    for component in ["unet", *te_prefix]:
        state = parts[component].state_dict()
        for index, module in enumerate(lora_targets(parts[component])):
            rank, alpha = 2 + index % 3, 1.0 + index % 2
            shape = tuple(state[module + ".weight"].shape)
            stem = spell(component, module)
            if len(shape) == 4 and shape[2] == 3 and index % 2 == 0:
                down, mid, up = (torch.randn(s, generator=generator) * 0.3 for s in [(rank, shape[1], 1, 1), (rank, rank, *shape[2:]), (shape[0], rank, 1, 1)])
                tensors[stem + ".lora_mid.weight"] = mid
                d, m, u = (t.numpy().astype(np.float64) for t in (down[:, :, 0, 0], mid, up[:, :, 0, 0]))
                delta = alpha / rank * np.einsum("oa,abhw,bi->oihw", u, m, d)
            else:
                down, up = make_pair(shape, rank, generator)
                delta = delta_of(down, up, alpha / rank)
            tensors |= {stem + ".lora_down.weight": down, stem + ".lora_up.weight": up, stem + ".alpha": torch.tensor(alpha)}
            deltas.setdefault(component, {})[module + ".weight"] = delta
    save_file(tensors, str(FOLDER / file), metadata=metadata)
    return {name: {component: merge_exactly(parts[component].state_dict(), {k: 0.75 * v for k, v in found.items()}, floats) for component, found in deltas.items()}
            for name, floats in [("full", np.float32), ("half", np.float16)]}


def store_in_halves(source: Path, target: Path) -> None:
    """The networks that LoRAs change, as the starter models store theirs."""
    for part in ("unet", "text_encoder"):
        shutil.copytree(source / part, target / part)
        store_half(target / part / "model.onnx", smallest=1)
    shutil.copy(source / "model_index.json", target)


def make_peft(unet: UNet2DConditionModel, metadata_key: str) -> dict:
    targets = lora_targets(unet)
    config = LoraConfig(r=2, lora_alpha=3, target_modules=targets, rank_pattern={targets[0]: 3}, alpha_pattern={targets[0]: 5}, init_lora_weights=False)
    torch.manual_seed(5)
    unet.add_adapter(config)
    state = get_peft_model_state_dict(unet)
    tensors = {"unet." + name.removeprefix("base_model.model."): value.clone().contiguous() for name, value in state.items()}
    settings = {f"unet.{k}": v for k, v in {"r": 2, "lora_alpha": 3, "rank_pattern": config.rank_pattern, "alpha_pattern": config.alpha_pattern}.items()}
    save_file(tensors, str(FOLDER / "lora-peft.safetensors"), metadata={metadata_key: json.dumps(settings)})
    save_file({"base_model.model." + name.removeprefix("unet."): value for name, value in tensors.items()}, str(FOLDER / "lora-peft-bare.safetensors"),
              metadata={metadata_key: json.dumps(settings)})
    unet.fuse_lora(lora_scale=0.5)
    fused = {name.replace(".base_layer", ""): value for name, value in unet.state_dict().items() if "base_layer.weight" in name}
    save_file({name: value.clone().contiguous() for name, value in fused.items()}, str(FOLDER / "expected-peft.safetensors"))
    return {"weight": 0.5}


def make_old_diffusers(unet: UNet2DConditionModel) -> dict:
    generator = torch.Generator().manual_seed(9)
    state, tensors, deltas = unet.state_dict(), {}, {}
    for module in [name for name in lora_targets(unet) if re.search(r"attn\d\.to_", name)]:
        down, up = make_pair(tuple(state[module + ".weight"].shape), 2, generator)
        block, part = module.split(".to_")
        stem = f"unet.{block}.processor.to_{part.removesuffix('.0')}_lora"
        tensors |= {stem + ".down.weight": down, stem + ".up.weight": up}
        deltas[module + ".weight"] = delta_of(down, up, 0.75)
    save_file(tensors, str(FOLDER / "lora-old.safetensors"))
    return {"unet": merge_exactly(state, deltas)}


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    expected: dict = {"checkpoint": {}}
    families = {family: make_family(family, seed) for family, seed in SEEDS.items()}
    for family in families:
        other = make_family(family, 300)
        save_file(single_file(family, other), str(FOLDER / f"{family}-b.safetensors"), metadata={"format": "pt"})
        expected["checkpoint"][family] = export_both(family, family, Style())
        if family == "sd1":
            for name, part in other.items():
                part_folder = FOLDER / "sd1-b" / name
                part_folder.mkdir(parents=True)
                file = "model.safetensors" if name.startswith("text") else "diffusion_pytorch_model.safetensors"
                save_file({k: v.half() if name == "unet" else v for k, v in part.state_dict().items()}, str(part_folder / file))
            (FOLDER / "sd1-b/model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionPipeline"}) + "\n")
    for name, style in STYLES.items():
        expected["checkpoint"][name] = export_both(name, "sd1", style)
    store_in_halves(FOLDER / "sd1", FOLDER / "stored")
    flat = lambda name: name.replace(".", "_")
    text = lambda prefix, module: prefix + flat(module if module.startswith("text_model.") or module == "text_projection" else "text_model." + module)
    kohya = make_kohya(families["sd1"], lambda c, m: ("lora_unet_" + flat(m)) if c == "unet" else text("lora_te_", m), "lora-kohya.safetensors",
                                   {"ss_base_model_version": "sd_v1"}, {"text_encoder": "lora_te_"})
    expected["kohya"], expected["kohyaHalf"] = kohya["full"], kohya["half"]
    sgm = lambda c, m: "lora_unet_" + flat(ldm_module(m + ".")[:-1]) if c == "unet" else text({"text_encoder": "lora_te1_", "text_encoder_2": "lora_te2_"}[c], m)
    expected["sgm"] = make_kohya(families["sdxl"], sgm, "lora-sgm.safetensors", {"ss_base_model_version": "sdxl_base_v1-0"}, {"text_encoder": "", "text_encoder_2": ""})["full"]
    expected["old"] = make_old_diffusers(families["sd1"]["unet"])
    expected["peft"] = make_peft(families["sd1"]["unet"], "lora_adapter_metadata")
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    print(f"{sum(p.stat().st_size for p in FOLDER.rglob('*') if p.is_file()) / 1000:.0f} kB in {FOLDER}")


if __name__ == "__main__":
    main()
