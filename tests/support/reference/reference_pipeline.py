"""A diffusion pipeline in NumPy, written apart from the product's, to check it: DDIM over v-predicting models.

    python reference_pipeline.py <model folder> --prompt "..." --width 256 --height 256 --steps 20 --guidance 3 --seed 1 --out picture.png

Noise: Philox4x32-10 with key (seed, 0x486f7573) and counter (block, 0, 0, 0), Box-Muller in pairs.
"""

import argparse
import json
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

SPLIT = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


class Request(NamedTuple):
    prompt: str
    negative_prompt: str
    width: int
    height: int
    steps: int
    guidance: float
    seed: int


def philox(blocks: np.ndarray, stream: int, key: tuple[int, int]) -> np.ndarray:
    """Ten rounds for every block number; [blocks, 4] words."""
    mask = np.uint64(0xFFFFFFFF)
    counter = [blocks.astype(np.uint64), np.full(len(blocks), stream, np.uint64), np.zeros(len(blocks), np.uint64), np.zeros(len(blocks), np.uint64)]
    low, high = key
    for _ in range(10):
        first, second = counter[0] * np.uint64(0xD2511F53), counter[2] * np.uint64(0xCD9E8D57)
        counter = [(second >> np.uint64(32)) ^ counter[1] ^ np.uint64(low), second & mask,
                   (first >> np.uint64(32)) ^ counter[3] ^ np.uint64(high), first & mask]
        low, high = (low + 0x9E3779B9) & 0xFFFFFFFF, (high + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack(counter, 1)


def draw_normals(seed: int, count: int) -> np.ndarray:
    words = philox(np.arange((count + 3) // 4), 0, (seed, 0x486F7573)).astype(np.float64)
    radius = np.sqrt(-2 * np.log((words[:, [0, 2]] + 0.5) / 2**32))
    angle = 2 * np.pi * (words[:, [1, 3]] + 0.5) / 2**32
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 2)
    return pairs.reshape(-1)[:count].astype(np.float32)


def encode(folder: Path, text: str) -> list[int]:
    vocabulary = json.loads((folder / "tokenizer/vocab.json").read_text(encoding="utf-8"))
    lines = (folder / "tokenizer/merges.txt").read_text(encoding="utf-8").split("\n")
    config = json.loads((folder / "tokenizer/tokenizer_config.json").read_text(encoding="utf-8"))
    merges = [tuple(line.split(" ")) for line in lines if line and not line.startswith("#version")]
    tokenizer = Tokenizer(models.BPE(vocabulary, merges, end_of_word_suffix="</w>", unk_token=config["eos_token"]))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    length = config["model_max_length"]
    ids = [vocabulary[config["bos_token"]], *tokenizer.encode(text).ids[: length - 2], vocabulary[config["eos_token"]]]
    return ids + [vocabulary[config["pad_token"]]] * (length - len(ids))


def alphas(config: dict) -> np.ndarray:
    trained = config.get("trained_betas")
    betas = np.array(trained) if trained else np.linspace(config["beta_start"] ** 0.5, config["beta_end"] ** 0.5, config["num_train_timesteps"]) ** 2
    roots = np.sqrt(np.cumprod(1 - betas))
    if config.get("rescale_betas_zero_snr"):
        roots = (roots - roots[-1]) * roots[0] / (roots[0] - roots[-1])
    return roots**2


def open_session(folder: Path, part: str, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(folder / part / "model.onnx"), options, providers=["CPUExecutionProvider"])


def run_reference(folder: Path, request: Request, threads: int = 1, sessions: dict | None = None) -> np.ndarray:
    """The finished picture, [height, width, 3] bytes."""
    config = json.loads((folder / "scheduler/scheduler_config.json").read_text())
    decoder_config = json.loads((folder / "vae_decoder/config.json").read_text())
    assert config["prediction_type"] == "v_prediction" and config["timestep_spacing"] == "trailing"
    cell = 2 ** (len(decoder_config["block_out_channels"]) - 1)
    open_parts = sessions or {part: open_session(folder, part, threads) for part in ("text_encoder", "unet", "vae_decoder")}
    text, unet, decoder = (open_parts[part] for part in ("text_encoder", "unet", "vae_decoder"))
    id_type = np.int32 if "int32" in text.get_inputs()[0].type else np.int64
    texts = [request.negative_prompt, request.prompt] if request.guidance > 1 else [request.prompt]
    hidden = text.run(["last_hidden_state"], {"input_ids": np.array([encode(folder, t) for t in texts], id_type)})[0]

    shape = (1, decoder_config["latent_channels"], request.height // cell, request.width // cell)
    sample = draw_normals(request.seed, int(np.prod(shape))).reshape(shape)
    levels, train = alphas(config), config["num_train_timesteps"]
    for step in range(request.steps):
        timestep = round(train - step * train / request.steps) - 1
        previous = timestep - train // request.steps
        now, after = levels[timestep], levels[previous] if previous >= 0 else 1.0
        both = unet.run(None, {"sample": np.repeat(sample, len(texts), 0), "timestep": np.array([timestep], np.int64), "encoder_hidden_states": hidden})[0]
        output = both[:1] + np.float32(request.guidance) * (both[1:] - both[:1]) if len(texts) == 2 else both
        clean = np.sqrt(now) * sample - np.sqrt(1 - now) * output
        noise = np.sqrt(now) * output + np.sqrt(1 - now) * sample
        sample = (np.sqrt(after) * clean + np.sqrt(1 - after) * noise).astype(np.float32)
    picture = decoder.run(None, {"latent_sample": sample / np.float32(decoder_config.get("scaling_factor", 0.18215))})[0][0]
    return np.clip(np.floor(picture.transpose(1, 2, 0) * 127.5 + 127.5 + 0.5), 0, 255).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name, value in (("prompt", ""), ("negative-prompt", "")):
        parser.add_argument(f"--{name}", default=value)
    for name, value in (("width", 256), ("height", 256), ("steps", 20), ("seed", 1), ("threads", 1), ("repeat", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--raw", type=Path, help="where the bytes of the last picture go")
    given = parser.parse_args()
    request = Request(given.prompt, given.negative_prompt, given.width, given.height, given.steps, given.guidance, given.seed)
    sessions = {part: open_session(given.folder, part, given.threads) for part in ("text_encoder", "unet", "vae_decoder")}
    seconds = []
    for _ in range(given.repeat):
        started = time.perf_counter()
        picture = run_reference(given.folder, request, given.threads, sessions)
        seconds.append(time.perf_counter() - started)
    if given.raw:
        given.raw.write_bytes(picture.tobytes())
    print(json.dumps({"seconds": seconds, "onnxruntime": onnxruntime.__version__}))


if __name__ == "__main__":
    main()
