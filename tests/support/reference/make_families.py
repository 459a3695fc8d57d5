"""Write tests/support/fixtures/families: tiny pipelines of every Stable Diffusion family and the pictures diffusers makes of them.

    python make_families.py [family ...]

Needs torch, diffusers, transformers, onnx and Pillow. Only needed to make the fixtures again.
"""

import json
import sys
from pathlib import Path

import diffusers
import numpy as np
import torch
from diffusers.pipelines.latent_consistency_models import (
    pipeline_latent_consistency_img2img as lcm_from, pipeline_latent_consistency_text2img as lcm_text)
from diffusers.pipelines.stable_diffusion import (
    pipeline_stable_diffusion as sd_text, pipeline_stable_diffusion_img2img as sd_from, pipeline_stable_diffusion_inpaint as sd_mask)
from diffusers.pipelines.stable_diffusion_xl import (
    pipeline_stable_diffusion_xl as xl_text, pipeline_stable_diffusion_xl_img2img as xl_from, pipeline_stable_diffusion_xl_inpaint as xl_mask)
from diffusers.schedulers import scheduling_dpmsolver_multistep, scheduling_euler_ancestral_discrete, scheduling_lcm, scheduling_tcd  # noqa: F401
from PIL import Image

import studio_noise
from family_cases import FAMILIES, Case, Family
from family_export import export_autoencoder, export_denoiser, export_text_encoder, halve_graphs, write_json
from prompt_reading import read_prompt
from tiny_families import TOKENS, build_autoencoder, build_denoiser, build_text_encoder, write_tokenizer

FOLDER = Path(__file__).parent.parent / "fixtures" / "families"
PIPELINES = {
    "sd": (sd_text.StableDiffusionPipeline, sd_from.StableDiffusionImg2ImgPipeline, sd_mask.StableDiffusionInpaintPipeline),
    "lcm": (lcm_text.LatentConsistencyModelPipeline, lcm_from.LatentConsistencyModelImg2ImgPipeline, None),
    "xl": (xl_text.StableDiffusionXLPipeline, xl_from.StableDiffusionXLImg2ImgPipeline, xl_mask.StableDiffusionXLInpaintPipeline),
}


def build_parts(family: Family, folder: Path) -> dict:
    is_xl = family.kind == "xl"
    parts = {"tokenizer": write_tokenizer(folder / "tokenizer", family.pad), "vae": build_autoencoder(family.is_quiet),
             "text_encoder": build_text_encoder(1, family.act), "unet": build_denoiser(family.seed, family.in_channels, is_xl, family.time_cond, family.is_deep)}
    if is_xl:
        parts["tokenizer_2"] = write_tokenizer(folder / "tokenizer_2", "!", family.merges_2)
        parts["text_encoder_2"] = build_text_encoder(2, "gelu", projection=True)
    if family.half:
        # The reference draws with the rounded weights in 32 bits, where nothing else is rounded.
        for part in ("vae", "text_encoder", "unet"):
            parts[part].half().float()
    return parts


def export_family(family: Family, folder: Path, parts: dict) -> None:
    export_text_encoder(folder / "text_encoder", parts["text_encoder"], TOKENS, family.kind == "xl", family.id_type)
    if "text_encoder_2" in parts:
        export_text_encoder(folder / "text_encoder_2", parts["text_encoder_2"], TOKENS, True, family.id_type)
    export_denoiser(folder / "unet", parts["unet"])
    export_autoencoder(folder, parts["vae"])
    if family.half:
        halve_graphs(folder)
    write_json(folder / "scheduler/scheduler_config.json", family.scheduler)
    index = {"_class_name": PIPELINES[family.kind][0].__name__ if family.in_channels == 4 else "StableDiffusionInpaintPipeline",
             "_diffusers_version": diffusers.__version__}
    write_json(folder / "model_index.json", {**index, **({"force_zeros_for_empty_prompt": True} if family.kind == "xl" else {})})


def describe_prompt(case: Case, pipe, parts: dict, is_xl: bool) -> dict:
    """The prompt itself, or its vectors where it has weights or is too long for the pipeline."""
    if case.pieces is None:
        return {"prompt": case.prompt, "negative_prompt": case.negative or None}
    tokenizers = [parts[name] for name in ("tokenizer", "tokenizer_2") if name in parts]
    encoders = [parts[name] for name in ("text_encoder", "text_encoder_2") if name in parts]
    hidden, pooled = read_prompt(tokenizers, encoders, case.pieces, case.rows, is_xl)
    other, other_pooled = read_prompt(tokenizers, encoders, [(case.negative, 1.0)], case.rows, is_xl)
    if is_xl and case.negative == "":
        # What force_zeros_for_empty_prompt says of a model.
        other, other_pooled = torch.zeros_like(other), torch.zeros_like(other_pooled)
    vectors = {"prompt_embeds": hidden, "negative_prompt_embeds": other}
    return {**vectors, "pooled_prompt_embeds": pooled, "negative_pooled_prompt_embeds": other_pooled} if is_xl else vectors


def make_picture(family: Family, case: Case, parts: dict) -> Image.Image:
    scheduler_config = {**family.scheduler, **case.scheduler}
    scheduler = getattr(diffusers, scheduler_config["_class_name"]).from_config(scheduler_config)
    mode = 2 if case.mask else 1 if case.strength is not None else 0
    kind = PIPELINES[family.kind][mode]
    extra = {} if family.kind == "xl" else {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    pipe = kind(**parts, scheduler=scheduler, **extra)
    pipe.set_progress_bar_config(disable=True)
    call = {"num_inference_steps": case.steps, "guidance_scale": case.guidance, "output_type": "np",
            **describe_prompt(case, pipe, parts, family.kind == "xl")}
    if case.eta is not None:
        call["eta"] = case.eta
    if family.kind == "lcm":
        call.pop("negative_prompt")
    drawn = case.drawn or (case.width, case.height)
    if mode != 1:
        call |= {"height": drawn[1], "width": drawn[0]}
    if mode == 0 and case.guidance_rescale:
        call["guidance_rescale"] = case.guidance_rescale
    if mode > 0:
        call |= {"image": open_at(drawn, case, case.source), "strength": case.strength}
    if mode == 2:
        call["mask_image"] = open_at(drawn, case, "mask")
    parts["vae"].use_tiling = case.is_tiled
    studio_noise.use_seed(case.seed)
    picture = pipe(**call).images[0]
    left, top = (drawn[0] - case.width) // 2, (drawn[1] - case.height) // 2
    cut = picture[top : top + case.height, left : left + case.width]
    return Image.fromarray(np.clip(np.round(cut * 255), 0, 255).astype(np.uint8))


def open_at(drawn: tuple[int, int], case: Case, name: str) -> Image.Image:
    """The picture in the middle of the size that is drawn, its edge pixels repeated outwards."""
    picture = np.asarray(Image.open(FOLDER / f"{name}-{case.width}x{case.height}.png"))
    across, down = drawn[0] - case.width, drawn[1] - case.height
    edges = [(down // 2, down - down // 2), (across // 2, across - across // 2), (0, 0)][: picture.ndim]
    return Image.fromarray(np.pad(picture, edges, mode="edge"))


def write_sources() -> None:
    """Smooth colours with a disc, and a mask with a soft edge."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for width, height in ((96, 64), (64, 96), (88, 56)):
        y, x = np.mgrid[0:height, 0:width]
        disc = ((x - width * 0.4) ** 2 + (y - height * 0.5) ** 2) < 400
        red = np.where(disc, 230, 40 + 150 * x / width)
        picture = np.stack([red, 60 + 140 * y / height, np.where(disc, 60, 160)], 2)
        Image.fromarray(picture.astype(np.uint8)).save(FOLDER / f"source-{width}x{height}.png")
        mask = np.clip((x - width * 0.35) * 30 + 10 * np.sin(y / 6), 0, 255)
        Image.fromarray(mask.astype(np.uint8), "L").save(FOLDER / f"mask-{width}x{height}.png")
    # One colour and one disc, and a mask whose edges fall into the middle of cells of 8 pixels.
    y, x = np.mgrid[0:392, 0:520]
    disc = ((x - 208) ** 2 + (y - 196) ** 2) < 8000
    Image.fromarray(np.where(disc[..., None], (200, 40, 50), (235, 228, 210)).astype(np.uint8)).save(FOLDER / "flat-520x392.png")
    mask = (x > 101) & (x < 333) & (y > 77) & (y < 301)
    Image.fromarray((mask * 255).astype(np.uint8), "L").save(FOLDER / "mask-520x392.png")


def check_meaning(name: str, pictures: dict[str, Image.Image]) -> None:
    """Cases must differ from each other, or a test of one could pass with the settings of another."""
    arrays = {case: np.asarray(picture).astype(float) for case, picture in pictures.items()}
    for case, array in arrays.items():
        others = [np.abs(array - other).mean() for key, other in arrays.items() if key != case and other.shape == array.shape]
        assert array.std() > 20, f"{name}/{case} is nearly one colour"
        if min(others, default=9) < 0.5:
            print(f"  {name}/{case} is close to another case: {min(others):.2f}")


def main() -> None:
    write_sources()
    wanted = sys.argv[1:]
    for family in FAMILIES:
        if wanted and family.name not in wanted:
            continue
        folder = FOLDER / family.name
        parts = build_parts(family, folder)
        export_family(family, folder, parts)
        # After everything that draws noise was imported; diffusers imports late.
        studio_noise.install()
        pictures = {case.name: make_picture(family, case, parts) for case in family.cases}
        check_meaning(family.name, pictures)
        for name, picture in pictures.items():
            picture.save(folder / f"expected-{name}.png", optimize=True)
        write_json(folder / "cases.json", [case.describe(family) for case in family.cases])
        total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"{family.name}: {len(pictures)} pictures, {total / 1000:.0f} kB")


if __name__ == "__main__":
    main()
