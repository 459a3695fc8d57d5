"""Make pictures with the exported model through onnxruntime, as the studio does.

    python -m image.sample --prompt "calm flowing waves, grainy, open space at the top, in navy, coral and cream"
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

from .autoencoder import CELL, LATENT_CHANNELS
from .noise_schedule import ddim_step, make_alphas, trailing_steps
from .tokenizer import PromptTokenizer

MODEL_FOLDER = Path(__file__).resolve().parents[2] / "starter" / "image"


class ImageModel:
    """The sessions of a diffusers-ONNX folder."""

    def __init__(self, folder: Path = MODEL_FOLDER, threads: int = 2) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._sessions = {
            name: onnxruntime.InferenceSession(str(folder / name / "model.onnx"), options, ["CPUExecutionProvider"])
            for name in ("text_encoder", "unet", "vae_decoder", "vae_encoder")}
        self.scaling = json.loads((folder / "vae_decoder" / "config.json").read_text())["scaling_factor"]
        self.alphas = make_alphas()
        self.tokenizer = PromptTokenizer()

    def run(self, name: str, **inputs: np.ndarray) -> np.ndarray:
        """The first output of one part."""
        return self._sessions[name].run(None, inputs)[0]

    def encode_prompt(self, text: str) -> np.ndarray:
        """(1, 48, width) hidden states."""
        return self.run("text_encoder", input_ids=np.array([self.tokenizer.encode(text)], np.int64))

    def make_latent(self, prompt: str, width: int, height: int, seed: int, steps: int, guidance: float) -> np.ndarray:
        """DDIM with classifier-free guidance (none at 1), (1, 6, H/4, W/4)."""
        guided = guidance != 1
        hidden = self.encode_prompt(prompt)
        if guided:
            hidden = np.concatenate([self.encode_prompt(""), hidden])
        rng = np.random.default_rng(seed)
        sample = rng.standard_normal((1, LATENT_CHANNELS, height // CELL, width // CELL), np.float32)
        visits = trailing_steps(steps)
        for index, step in enumerate(visits):
            v = self.run("unet", sample=np.repeat(sample, len(hidden), 0),
                         timestep=np.array([step], np.int64), encoder_hidden_states=hidden)
            if guided:
                v = v[:1] + guidance * (v[1:] - v[:1])
            following = visits[index + 1] if index + 1 < steps else None
            sample = np.asarray(ddim_step(self.alphas, sample, v, step, following), np.float32)
        return sample

    def decode(self, latent: np.ndarray) -> np.ndarray:
        """(H, W, 3) uint8."""
        picture = self.run("vae_decoder", latent_sample=(latent / self.scaling).astype(np.float32))[0]
        return ((np.clip(picture.transpose(1, 2, 0), -1, 1) + 1) * 127.5 + 0.5).astype(np.uint8)

    def make_picture(
        self, prompt: str, width: int = 256, height: int = 256, seed: int = 0, steps: int = 12, guidance: float = 1.0,
    ) -> np.ndarray:
        """Text to (H, W, 3) uint8."""
        return self.decode(self.make_latent(prompt, width, height, seed, steps, guidance))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prompt", required=True)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--out", default="sample.png")
    parser.add_argument("--size", default="384x384")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--guidance", type=float, default=1.0)
    options = parser.parse_args()
    model = ImageModel(options.model)
    width, height = (int(part) for part in options.size.split("x"))
    started = time.perf_counter()
    picture = model.make_picture(options.prompt, width, height, options.seed, options.steps, options.guidance)
    print(f"{width}x{height}, {options.steps} steps: {time.perf_counter() - started:.2f} s")
    Image.fromarray(picture).save(options.out)


if __name__ == "__main__":
    main()
