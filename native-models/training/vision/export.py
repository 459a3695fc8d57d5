"""Writes both encoders in the transformers.js CLIP layout: `python -m vision.export`."""

import argparse
import json
import warnings
from pathlib import Path

import torch
from torch import nn

from half_precision import store_half

from .network import EMBEDDING, IMAGE_SIZE, Pair, VisionSizes
from .pictures import WORK
from .train import attribute_counts
from .words import MAX_TOKENS, build_tokenizer

TARGET = Path(__file__).resolve().parents[2] / "starter" / "vision"
_OPSET = 17


def load_pair(checkpoint: Path) -> Pair:
    """The trained encoders on the CPU, ready for inference."""
    pair = Pair(VisionSizes(), build_tokenizer().get_vocab_size(), MAX_TOKENS, attribute_counts())
    pair.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True)["pair"])
    return pair.eval()


def _write_network(module: nn.Module, example: torch.Tensor, names: tuple[str, str], axes: dict[int, str], path: Path) -> None:
    part = path.with_suffix(".part")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, (example,), str(part), input_names=[names[0]], output_names=[names[1]], opset_version=_OPSET, dynamo=False,
            dynamic_axes={names[0]: axes, names[1]: {0: "batch"}},
        )
    store_half(part)
    part.replace(path)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def _config(vocab: int, sizes: VisionSizes) -> dict[str, object]:
    text = {"model_type": "clip_text_model", "vocab_size": vocab, "hidden_size": sizes.text_width, "intermediate_size": 3 * sizes.text_width,
            "num_hidden_layers": sizes.text_layers, "num_attention_heads": sizes.text_heads, "max_position_embeddings": MAX_TOKENS,
            "projection_dim": EMBEDDING, "pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3}
    vision = {"model_type": "clip_vision_model", "image_size": IMAGE_SIZE, "num_channels": 3, "projection_dim": EMBEDDING, "hidden_size": sizes.hidden}
    return {"architectures": ["CLIPModel"], "model_type": "clip", "projection_dim": EMBEDDING, "text_config": text, "vision_config": vision, "license": "apache-2.0"}


def export(checkpoint: Path, target: Path) -> None:
    """Networks, configuration, tokenizer and preprocessing."""
    pair, tokenizer = load_pair(checkpoint), build_tokenizer()
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    pixels = torch.zeros(2, 3, IMAGE_SIZE, IMAGE_SIZE)
    _write_network(pair.vision, pixels, ("pixel_values", "image_embeds"), {0: "batch"}, target / "onnx" / "vision_model.onnx")
    ids = torch.tensor([[2, 60, 70, 3], [2, 61, 3, 0]])
    _write_network(pair.text, ids, ("input_ids", "text_embeds"), {0: "batch", 1: "tokens"}, target / "onnx" / "text_model.onnx")
    tokenizer.save(str(target / "tokenizer.json"))
    _write_json(target / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_TOKENS, "do_lower_case": True, "pad_token": "[PAD]", "unk_token": "[UNK]",
        "cls_token": "[CLS]", "sep_token": "[SEP]",
    })
    _write_json(target / "preprocessor_config.json", {
        "image_processor_type": "CLIPImageProcessor", "feature_extractor_type": "CLIPFeatureExtractor", "do_resize": True,
        "size": {"width": IMAGE_SIZE, "height": IMAGE_SIZE}, "resample": 3, "do_center_crop": False, "do_convert_rgb": True,
        "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5],
    })
    _write_json(target / "config.json", _config(tokenizer.get_vocab_size(), VisionSizes()))
    for path in sorted(target.rglob("*")):
        if path.is_file():
            print(f"{path.relative_to(target)} {path.stat().st_size / 1e6:.3f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    export(options.work / "checkpoint.pt", options.target)


if __name__ == "__main__":
    main()
