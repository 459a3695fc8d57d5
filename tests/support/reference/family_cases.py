"""The families and what is drawn with each: one case for every scheduler and every mode that the reference has."""

from dataclasses import dataclass, field

import torch

LEVELS = {"num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
DDIM = {"_class_name": "DDIMScheduler", **LEVELS, "clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1, "timestep_spacing": "leading"}
EULER = {"_class_name": "EulerDiscreteScheduler", "timestep_spacing": "leading"}
ANCESTRAL = {"_class_name": "EulerAncestralDiscreteScheduler", "timestep_spacing": "trailing"}
DPMPP = {"_class_name": "DPMSolverMultistepScheduler", "algorithm_type": "dpmsolver++", "timestep_spacing": "leading"}
HEUN = {"_class_name": "HeunDiscreteScheduler", "timestep_spacing": "leading"}
PNDM = {"_class_name": "PNDMScheduler", "skip_prk_steps": True, "timestep_spacing": "leading"}
UNIPC = {"_class_name": "UniPCMultistepScheduler", "timestep_spacing": "leading"}
SDE = DPMPP | {"algorithm_type": "sde-dpmsolver++"}
TCD = {"_class_name": "TCDScheduler", "original_inference_steps": 50, "set_alpha_to_one": True, "timestep_spacing": "leading"}
KARRAS = {"use_karras_sigmas": True}


@dataclass
class Case:
    name: str
    scheduler: dict = field(default_factory=dict)
    prompt: str = "red dots, blue"
    negative: str = ""
    width: int = 96
    height: int = 64
    steps: int = 5
    guidance: float = 5.0
    seed: int = 7
    strength: float | None = None
    mask: bool = False
    guidance_rescale: float = 0.0
    is_tiled: bool = False
    pieces: list[tuple[str, float]] | None = None
    rows: int = 1
    eta: float | None = None
    drawn: tuple[int, int] | None = None
    source: str = "source"

    def describe(self, family: "Family") -> dict:
        return {"name": self.name, "scheduler": {**family.scheduler, **self.scheduler}, "prompt": self.prompt, "negativePrompt": self.negative,
                "width": self.width, "height": self.height, "steps": self.steps, "guidance": self.guidance, "seed": self.seed,
                "strength": self.strength, "isMasked": self.mask, **({"sourceName": self.source} if self.source != "source" else {}), "guidanceRescale": self.guidance_rescale, "isTiled": self.is_tiled}


@dataclass
class Family:
    name: str
    kind: str
    cases: list[Case]
    scheduler: dict = field(default_factory=lambda: DDIM)
    pad: str = "<|endoftext|>"
    act: str = "quick_gelu"
    seed: int = 5
    in_channels: int = 4
    time_cond: int | None = None
    id_type: torch.dtype = torch.int64
    half: bool = False
    is_deep: bool = False
    is_quiet: bool = False
    merges_2: list[tuple[str, str]] | None = None


LONG = "red dots over blue waves, " * 12
WEIGHTED = [("red ", 1.0), ("dots", 1.4), (", blue (", 1.0), ("waves", 0.6), (")", 1.0)]
WEIGHTED_TEXT = r"red (dots:1.4), blue \((waves:0.6)\)"


def common_cases(is_xl: bool = False) -> list[Case]:
    return [
        Case("ddim"), Case("plain", guidance=1.0), Case("upright", width=64, height=96, negative="blue"),
        Case("negative", negative="dots"), Case("rescale", guidance=9.0, guidance_rescale=0.7),
        Case("euler", EULER), Case("euler-karras", EULER | KARRAS), Case("ancestral", ANCESTRAL),
        Case("dpmpp", DPMPP), Case("dpmpp-karras", DPMPP | KARRAS, steps=6),
        Case("heun", HEUN), Case("pndm", PNDM), Case("unipc", UNIPC), Case("sde", SDE), Case("sde-karras", SDE | KARRAS),
        Case("tcd", TCD, guidance=1.0, eta=0.3),
        Case("long", prompt=LONG, pieces=[(LONG, 1.0)], rows=3, negative="blue"),
        Case("weighted", prompt=WEIGHTED_TEXT, pieces=WEIGHTED, negative="blue"),
        Case("tiled", width=96, height=96, is_tiled=True),
        Case("from-ddim", strength=0.6), Case("from-euler", EULER, strength=0.5, negative="dots"),
        Case("from-ancestral", ANCESTRAL, strength=0.7), Case("from-dpmpp", DPMPP | KARRAS, strength=0.8, width=64, height=96),
        Case("from-heun", HEUN, strength=0.6), Case("from-pndm", PNDM, strength=0.6), Case("from-unipc", UNIPC, strength=0.6),
        Case("from-sde", SDE, strength=0.6), Case("from-tcd", TCD, guidance=1.0, eta=0.3, strength=0.6),
        Case("from-whole", EULER, strength=1.0),
        Case("mask-ddim", strength=1.0, mask=True), Case("mask-euler", EULER, strength=0.7, mask=True),
        Case("mask-ancestral", ANCESTRAL, strength=0.8, mask=True, width=64, height=96), Case("mask-dpmpp", DPMPP, strength=0.8, mask=True),
        Case("mask-heun", HEUN, strength=0.8, mask=True), Case("mask-pndm", PNDM, strength=0.8, mask=True),
        Case("mask-unipc", UNIPC, strength=1.0, mask=True), Case("mask-sde", SDE, strength=0.8, mask=True),
        Case("mask-tcd", TCD, guidance=1.0, eta=0.3, strength=0.8, mask=True),
    ]


MIDDLING = "red dots, blue, " * 6


def grown_cases() -> list[Case]:
    """Sizes between two that the network can make: drawn at the next and cut to the middle."""
    grown = {"width": 88, "height": 56, "drawn": (96, 64)}
    return [
        Case("grown", **grown), Case("grown-one-edge", EULER, width=88, height=64, drawn=(96, 64), negative="blue"),
        Case("grown-from", EULER, strength=0.6, **grown), Case("grown-mask", strength=1.0, mask=True, **grown),
        Case("grown-mask-euler", EULER, strength=0.7, mask=True, **grown),
    ]


LCM = {"_class_name": "LCMScheduler", **LEVELS, "clip_sample": False, "set_alpha_to_one": True, "original_inference_steps": 50, "timestep_spacing": "leading"}
V_DDIM = DDIM | {"prediction_type": "v_prediction", "rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}

FAMILIES = [
    Family("sd1", "sd", common_cases(), id_type=torch.int32),
    Family("sd2", "sd", [
        Case("ddim"), Case("euler", EULER | {"rescale_betas_zero_snr": False}), Case("ancestral", ANCESTRAL | {"rescale_betas_zero_snr": False}),
        Case("dpmpp", DPMPP | {"rescale_betas_zero_snr": False}), Case("rescale", guidance=9.0, guidance_rescale=0.7),
        Case("heun", HEUN | {"rescale_betas_zero_snr": False}), Case("pndm", PNDM | {"rescale_betas_zero_snr": False}),
        Case("unipc", UNIPC | {"rescale_betas_zero_snr": False}), Case("sde", SDE | {"rescale_betas_zero_snr": False}),
        Case("from-ddim", strength=0.6), Case("mask-ddim", strength=0.8, mask=True),
    ], scheduler=V_DDIM, pad="!", act="gelu", seed=6),
    Family("inpaint", "sd", [
        Case("mask-whole", strength=1.0, mask=True), Case("mask-euler", EULER, strength=0.7, mask=True, width=64, height=96),
    ], seed=8, in_channels=9),
    Family("lcm", "lcm", [
        Case("text", guidance=8.5, steps=4), Case("low", guidance=1.5, steps=2, width=64, height=96), Case("from", guidance=8.5, steps=4, strength=0.6),
    ], scheduler=LCM, seed=9, time_cond=32),
    Family("xl", "xl", [
        *common_cases(is_xl=True),
        Case("turbo", ANCESTRAL, guidance=0.0, steps=2), Case("turbo-one", ANCESTRAL, guidance=0.0, steps=1),
        Case("turbo-from", ANCESTRAL, guidance=0.0, steps=4, strength=0.5),
    ], seed=10),
    Family("deep", "sd", grown_cases(), seed=11, is_deep=True),
    Family("xl-uneven", "xl", [
        Case("long-both", prompt=LONG, pieces=[(LONG, 1.0)], rows=4), Case("long-second", prompt=MIDDLING, pieces=[(MIDDLING, 1.0)], rows=2),
        Case("long-second-negative", prompt=MIDDLING, pieces=[(MIDDLING, 1.0)], rows=2, negative="blue"),
    ], seed=12, merges_2=[]),
    Family("quiet", "sd", [Case("mask-flat", width=520, height=392, steps=2, strength=1.0, mask=True, source="flat")], seed=5, is_quiet=True),
    Family("half", "sd", [Case("ddim"), Case("from-euler", EULER, strength=0.6)], half=True),
]
