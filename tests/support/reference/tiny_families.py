"""Tiny networks of every Stable Diffusion family with random weights, in the classes of diffusers and transformers.

The weights are louder than a fresh network's, so that prompts, time steps and conditions all change the picture: a test
against a picture that hardly depends on its prompt could not fail.
"""

import json
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

TOKENS, WIDTH = 77, 32
MERGES = [("r", "e"), ("re", "d</w>"), ("b", "l"), ("bl", "u"), ("blu", "e</w>"), ("d", "o"), ("do", "t"), ("dot", "s</w>")]


def write_tokenizer(folder: Path, pad: str, merges: list[tuple[str, str]] | None = None) -> CLIPTokenizer:
    """256 byte letters, the same at a word's end, a few merges, two marks. Fewer merges make more tokens of the same text."""
    merges = MERGES if merges is None else merges
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(b) for b in plain] + [chr(256 + i) for i in range(256 - len(plain))]
    tokens = [*letters, *(letter + "</w>" for letter in letters), *(a + b for a, b in MERGES), "<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {token: index for index, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges), encoding="utf-8")
    names = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": pad}
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "CLIPTokenizer", "model_max_length": TOKENS, **names}, indent=1) + "\n", encoding="utf-8")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=TOKENS, **names)


def build_text_encoder(seed: int, act: str, projection: bool = False):
    torch.manual_seed(seed)
    config = CLIPTextConfig(
        vocab_size=522, hidden_size=WIDTH, intermediate_size=37, num_hidden_layers=3, num_attention_heads=4, projection_dim=WIDTH,
        max_position_embeddings=TOKENS, hidden_act=act, bos_token_id=520, eos_token_id=521, pad_token_id=0)
    network = (CLIPTextModelWithProjection if projection else CLIPTextModel)(config)
    with torch.no_grad():
        for name, weights in network.named_parameters():
            if "embedding" in name:
                weights.mul_(30)
            elif name.endswith("weight") and weights.dim() == 2:
                weights.normal_(0, 0.25)
            elif "layer_norm" in name or "layernorm" in name:
                # Trained states have a mean; without one there would be nothing for weights of a prompt to restore.
                weights.add_(torch.randn_like(weights) * 0.1 + (0.2 if name.endswith("bias") else 0))
    return network.eval()


def build_autoencoder(is_quiet: bool = False) -> AutoencoderKL:
    """With the small variances of a trained encoder where `is_quiet`."""
    torch.manual_seed(3)
    network = AutoencoderKL(
        block_out_channels=(4, 8, 8), down_block_types=("DownEncoderBlock2D",) * 3, up_block_types=("UpDecoderBlock2D",) * 3,
        latent_channels=4, layers_per_block=1, norm_num_groups=2, sample_size=64, scaling_factor=0.18215)
    with torch.no_grad():
        network.decoder.conv_out.weight.mul_(2.5)
        network.encoder.conv_out.weight.mul_(25)
        network.quant_conv.bias[4:].sub_(2)
        if is_quiet:
            # Random rows answer with logarithms up to 30 to a flat picture: there exp(15) times the rounding of a sum is what one would compare.
            network.quant_conv.weight[4:].mul_(0.1)
            network.quant_conv.bias[4:].sub_(8)
        network.post_quant_conv.weight.copy_(torch.eye(4)[:, :, None, None] * 0.2)
    return network.eval()


def build_denoiser(seed: int, in_channels: int = 4, is_xl: bool = False, time_cond: int | None = None, is_deep: bool = False) -> UNet2DConditionModel:
    """Halves its input once, or twice where `is_deep`: then pictures come in multiples of 16 pixels."""
    torch.manual_seed(seed)
    levels = 3 if is_deep else 2
    extra = {"addition_embed_type": "text_time", "addition_time_embed_dim": 8, "transformer_layers_per_block": (1, 2),
             "projection_class_embeddings_input_dim": WIDTH + 6 * 8, "use_linear_projection": True} if is_xl else {}
    network = UNet2DConditionModel(
        block_out_channels=(8, 16, 16)[:levels], layers_per_block=1, sample_size=16, in_channels=in_channels, out_channels=4, norm_num_groups=2,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D")[:levels],
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D")[-levels:],
        cross_attention_dim=WIDTH * 2 if is_xl else WIDTH, attention_head_dim=(2, 4, 4)[:levels], time_cond_proj_dim=time_cond, **extra)
    with torch.no_grad():
        network.conv_out.weight.mul_(2.5)
        for name, weights in network.named_parameters():
            if "attn2.to_out" in name or "attn2.to_v" in name or "add_embedding.linear_1.weight" in name:
                weights.mul_(2.5)
            if "cond_proj" in name:
                weights.normal_(0, 0.3)
    return network.eval()
