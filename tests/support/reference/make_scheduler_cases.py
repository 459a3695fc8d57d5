"""Write tests/support/fixtures/scheduler-grid.json: what the schedulers of diffusers do under many settings.

    python make_scheduler_cases.py

Each case runs a scheduler on 16 numbers with a pseudo-model, 0.6 x + 0.2 sin(3 x + t / 1000). The first sample is lcg(42) times the
initial noise level (flow models: unscaled); with a strength it is lcg(7) with noise lcg(8) added, started in the middle. The k-th
noise a scheduler draws is lcg(1000 + k). lcg: s = s * 1664525 + 1013904223 mod 2^32, v = s / 2^32 * 2 - 1. Cases that the reference
refuses, that end in no number, or that hang on the last bit of a noise level are left out. Needs torch, scipy and diffusers 0.42.
"""

import inspect
import json
import random
from pathlib import Path

import diffusers
import numpy as np
import torch
from diffusers import schedulers as zoo

FILE = Path(__file__).parent.parent / "fixtures" / "scheduler-grid.json"
SHAPE = (1, 4, 2, 2)
CLASSES = ["DDIMScheduler", "EulerDiscreteScheduler", "EulerAncestralDiscreteScheduler", "HeunDiscreteScheduler", "DPMSolverMultistepScheduler",
           "UniPCMultistepScheduler", "PNDMScheduler", "LCMScheduler", "TCDScheduler", "FlowMatchEulerDiscreteScheduler"]
NOISE = [{}, {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}, {"beta_schedule": "squaredcos_cap_v2"}, {"beta_schedule": "linear"},
         {"trained_betas": [round(0.001 + 0.0002 * i, 6) for i in range(40)], "num_train_timesteps": 40}, {"num_train_timesteps": 500, "beta_schedule": "scaled_linear"}]
FIELDS = {
    "prediction_type": ["epsilon", "v_prediction", "sample", "flow_prediction"], "timestep_spacing": ["linspace", "leading", "trailing"], "steps_offset": [0, 1],
    "rescale_betas_zero_snr": [False, True], "set_alpha_to_one": [True, False], "clip_sample": [True, False], "clip_sample_range": [1.0, 0.5],
    "thresholding": [False, True], "dynamic_thresholding_ratio": [0.995, 0.8], "sample_max_value": [1.0, 1.5], "use_karras_sigmas": [False, True],
    "use_exponential_sigmas": [False, True], "use_beta_sigmas": [False, True], "use_lu_lambdas": [False, True], "use_flow_sigmas": [False, True],
    "flow_shift": [1.0, 3.0], "sigma_min": [None, 0.05], "sigma_max": [None, 9.0], "interpolation_type": ["linear", "log_linear"],
    "timestep_type": ["discrete", "continuous"], "final_sigmas_type": ["zero", "sigma_min"], "solver_order": [1, 2, 3], "lower_order_final": [True, False],
    "euler_at_final": [False, True], "algorithm_type": ["dpmsolver++", "sde-dpmsolver++", "dpmsolver", "sde-dpmsolver"], "lambda_min_clipped": [-5.1, -1.0],
    "predict_x0": [True, False], "disable_corrector": [[], [0, 1]], "skip_prk_steps": [True, False], "original_inference_steps": [50, 25],
    "timestep_scaling": [10.0, 2.0], "shift": [1.0, 3.0], "use_dynamic_shifting": [False, True], "time_shift_type": ["exponential", "linear"],
    "shift_terminal": [None, 0.1], "invert_sigmas": [False, True], "stochastic_sampling": [False, True],
}


def lcg(seed: int) -> torch.Tensor:
    values = []
    for _ in range(int(np.prod(SHAPE))):
        seed = (seed * 1664525 + 1013904223) % 2**32
        values.append(seed / 2**32 * 2 - 1)
    return torch.tensor(values, dtype=torch.float32).reshape(SHAPE)


def fields_of(name: str) -> dict[str, list]:
    known = inspect.signature(getattr(zoo, name).__init__).parameters
    choices = {key: values for key, values in FIELDS.items() if key in known}
    if "solver_type" in known:
        choices["solver_type"] = ["midpoint", "heun"] if name.startswith("DPM") else ["bh1", "bh2"]
    return choices


def run_case(case: dict, nudge: float = 1.0) -> dict | None:
    draws = 0

    def draw(*_args, **_kwargs) -> torch.Tensor:
        nonlocal draws
        draws += 1
        return lcg(1000 + draws)

    scheduler = getattr(zoo, case["class"])(**case["config"])
    if hasattr(scheduler, "alphas_cumprod"):
        scheduler.alphas_cumprod = scheduler.alphas_cumprod * nudge
    module = inspect.getmodule(type(scheduler))
    if hasattr(module, "randn_tensor"):
        module.randn_tensor = draw
    is_shifted = case["config"].get("use_dynamic_shifting")
    if "distilledShare" in case:
        scheduler.set_timesteps(case["steps"], strength=case["distilledShare"])
    elif is_shifted:
        scheduler.set_timesteps(case["steps"], mu=case["mu"])
    else:
        scheduler.set_timesteps(case["steps"])
    timesteps, kwargs = scheduler.timesteps, {"eta": case["eta"]} if "eta" in case else {}
    strength = case.get("strength")
    if strength is None:
        sample = lcg(42) * (1 if "Flow" in case["class"] else scheduler.init_noise_sigma)
        if hasattr(scheduler, "set_begin_index"):
            scheduler.set_begin_index(0)
    else:
        start = max(case["steps"] - min(int(case["steps"] * strength), case["steps"]), 0) * scheduler.order
        timesteps = timesteps[start:]
        if hasattr(scheduler, "set_begin_index"):
            scheduler.set_begin_index(start)
        noise = scheduler.scale_noise if "Flow" in case["class"] else None
        sample = noise(lcg(7), timesteps[:1], lcg(8)) if noise else scheduler.add_noise(lcg(7), lcg(8), timesteps[:1])
    sample = sample * nudge
    for timestep in timesteps:
        scaled = scheduler.scale_model_input(sample, timestep) if hasattr(scheduler, "scale_model_input") else sample
        output = 0.6 * scaled + 0.2 * torch.sin(3 * scaled + timestep / 1000)
        sample = scheduler.step(output, timestep, sample, return_dict=False, **kwargs)[0]
    if not torch.isfinite(sample).all() or sample.abs().max() > 1e4 or (scheduler.timesteps < -100).any():
        return None
    return case | {
        "timesteps": [round(float(t), 5) for t in scheduler.timesteps], "initNoiseSigma": float(f"{float(getattr(scheduler, 'init_noise_sigma', 1)):.7g}"),
        "final": [float(f"{float(v):.7g}") for v in sample.flatten()], "draws": draws,
    }


def hangs_on_a_bit(case: dict, made: dict) -> bool:
    """Whether the last bit of the noise levels decides the result: then it is the machine's square root that is compared."""
    spacing = next((kind for kind in ("exponential", "beta") if case["config"].get(f"use_{kind}_sigmas")), None)
    usual = case["config"].get("beta_schedule") == "scaled_linear" and case["config"].get("num_train_timesteps", 1000) == 1000
    if spacing and case["class"].startswith(("DPM", "UniPC")) and not usual:
        return True  # The first timestep is cut to a whole number from just beside one.
    for nudge in (1 + 1.2e-7, 1 - 1.2e-7, 1 + 2.4e-7, 1 - 2.4e-7):
        nudged = run_case(case, nudge)
        if nudged is None:
            return True
        for field, allowed in (("final", 4e-6), ("timesteps", 4e-6)):
            if np.abs(np.subtract(nudged[field], made[field])).max() > allowed * np.abs([1, *made[field]]).max() and not spacing:
                return True
    return False


def propose(name: str, pick: random.Random) -> list[dict]:
    """Every value of every field alone on the usual noise, then random mixtures."""
    choices = fields_of(name)
    base = {} if "Flow" in name else NOISE[1]
    cases = [{"class": name, "config": base | noise, "steps": 7} for noise in ([{}] if "Flow" in name else NOISE)]
    if name.startswith("Heun"):
        cases.append({"class": name, "config": {"beta_schedule": "exp"}, "steps": 6})
    for field, values in choices.items():
        cases += [{"class": name, "config": base | {field: value}, "steps": pick.choice([4, 9, 12])} for value in values]
    cases += [{"class": name, "config": base, "steps": steps} for steps in (1, 2, 3, 16, 20, 50)]
    cases += [{"class": name, "config": base, "steps": steps, "strength": strength} for steps, strength in ((8, 0.6), (10, 0.35), (5, 1.0))]
    for _ in range(40):
        mixed = {field: pick.choice(values) for field, values in choices.items() if pick.random() < 0.3}
        noise = {} if "Flow" in name else pick.choice(NOISE)
        case = {"class": name, "config": noise | mixed, "steps": pick.choice([3, 5, 8, 13, 17, 24])}
        if pick.random() < 0.25:
            case["strength"] = pick.choice([0.25, 0.5, 0.8])
        cases.append(case)
    for case in cases:
        if case["config"].get("use_dynamic_shifting"):
            case["mu"] = pick.choice([0.5, 1.15])
        if name.startswith(("DDIM", "TCD")) and pick.random() < 0.4:
            case["eta"] = pick.choice([0.0, 0.3, 0.7, 1.0])
        if name.startswith(("LCM", "TCD")) and "strength" not in case and pick.random() < 0.15:
            case["distilledShare"] = 0.6
    return cases


def main() -> None:
    pick, cases, refused = random.Random(4), [], 0
    for name in CLASSES:
        for case in propose(name, pick):
            try:
                made = run_case(case)
                if made is not None and hangs_on_a_bit(case, made):
                    made = None
            except (ValueError, NotImplementedError, UnboundLocalError, IndexError, AssertionError, ZeroDivisionError, AttributeError, TypeError, RuntimeError):
                made = None
            if made is None:
                refused += 1
            elif not any(made["class"] == other["class"] and made["config"] == other["config"] and made["steps"] == other["steps"] and made.get("strength") == other.get("strength") for other in cases):
                cases.append(made)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    FILE.write_text(f'{{"generator":"diffusers {diffusers.__version__}, torch {torch.__version__.split("+")[0]}, float32 on one core","cases":[\n{lines}\n]}}\n')
    print(f"{len(cases)} cases, {refused} left out, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
