"""Writes the checkpoint as GGUF: `python -m text.export`. Matrices in q8_0, the shared embedding in f16, norms in f32."""

import argparse
import json
from pathlib import Path

import gguf
import numpy as np
import torch

from .habits import HABITS, KEY
from .model import ModelConfig, TextModel
from .tokenizer import SPECIALS, load_tokenizer
from .corpus import END, START
from .shipped import NAMES, TARGET
from .train import WORK

# Plain ChatML, for runtimes that take the template from the file. The studio does not execute it.
_CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def load_model(checkpoint: Path) -> TextModel:
    """The trained network on the CPU."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = TextModel(ModelConfig(**state["config"]))
    model.load_state_dict(state["model"])
    return model.eval()


def _write_head(writer: gguf.GGUFWriter, config: ModelConfig) -> None:
    writer.add_name("housestyle-text")
    writer.add_description("Starter text model of Housestyle: personas, gaps and concepts as JSON")
    writer.add_license("apache-2.0")
    writer.add_languages(["en"])
    writer.add_context_length(config.context)
    writer.add_embedding_length(config.width)
    writer.add_block_count(config.layers)
    writer.add_feed_forward_length(config.hidden)
    writer.add_head_count(config.heads)
    writer.add_head_count_kv(config.heads)
    writer.add_layer_norm_rms_eps(config.norm_epsilon)
    writer.add_rope_dimension_count(config.width // config.heads)
    writer.add_rope_freq_base(config.rope_base)
    writer.add_vocab_size(config.vocab)
    writer.add_string(KEY, json.dumps(HABITS))


def _write_tokenizer(writer: gguf.GGUFWriter, path: Path) -> None:
    state = json.loads(load_tokenizer(path).to_str())
    ids = {**state["model"]["vocab"], **{token["content"]: token["id"] for token in state["added_tokens"]}}
    tokens = sorted(ids, key=lambda token: ids[token])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.CONTROL if token in SPECIALS else gguf.TokenType.NORMAL for token in tokens])
    writer.add_token_merges([" ".join(pair) for pair in state["model"]["merges"]])
    writer.add_bos_token_id(ids[START])
    writer.add_eos_token_id(ids[END])
    writer.add_eot_token_id(ids[END])
    writer.add_pad_token_id(ids[SPECIALS[0]])
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_chat_template(_CHAT_TEMPLATE)


def _add_tensor(writer: gguf.GGUFWriter, name: str, weight: np.ndarray, kind: gguf.GGMLQuantizationType) -> None:
    if kind == gguf.GGMLQuantizationType.F32:
        writer.add_tensor(name, weight.astype(np.float32))
    elif kind == gguf.GGMLQuantizationType.F16:
        writer.add_tensor(name, weight.astype(np.float16))
    else:
        writer.add_tensor(name, gguf.quants.quantize(weight.astype(np.float32), kind), raw_dtype=kind)


def export(checkpoint: Path, tokenizer: Path, target: Path) -> None:
    """Writes the GGUF file beside its place and renames it."""
    model = load_model(checkpoint)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    writer = gguf.GGUFWriter(part, "llama")
    _write_head(writer, model.config)
    _write_tokenizer(writer, tokenizer)
    kinds = gguf.GGMLQuantizationType
    _add_tensor(writer, "token_embd.weight", model.embed.weight.detach().numpy(), kinds.F16)
    _add_tensor(writer, "output_norm.weight", model.norm.weight.detach().numpy(), kinds.F32)
    for index, block in enumerate(model.blocks):
        for name, weight in block.named_parameters():
            kind = kinds.F32 if weight.ndim == 1 else kinds.Q8_0
            _add_tensor(writer, f"blk.{index}.{NAMES[name.split('.')[0]]}.weight", weight.detach().numpy(), kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    part.replace(target)
    print(f"{target} {target.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    export(options.work / "checkpoint.pt", options.work / "tokenizer.json", options.target)


if __name__ == "__main__":
    main()
