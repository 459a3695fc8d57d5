import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guessComponent, nameOtherKind, parseLoraName, type LoraPart } from './lora-names.ts';
import type { Component } from './original-names.ts';
import { Safetensors, type SafeTensor } from './safetensors.ts';
import { WeightFault } from './weight-fault.ts';

/** One layer that a LoRA changes: names of its tensors in the file. */
export type LoraModule = {
  readonly component: Component;
  readonly module: string;
  readonly isFlat: boolean;
  readonly down: SafeTensor;
  readonly up: SafeTensor;
  readonly mid: SafeTensor | null;
  readonly rank: number;
  /** What the product of the matrices is multiplied with, before the user's weight. */
  readonly scale: number;
};

export type LoraFile = {
  readonly file: Safetensors;
  readonly modules: readonly LoraModule[];
  /** Tensors that are no part of a pair. */
  readonly strays: readonly string[];
};

/** The file is sound, but no LoRA of a kind that can be merged. `found` says what it is. */
export class OtherAdapter extends Error {
  override readonly name = 'OtherAdapter';
  readonly found: string;

  constructor(found: string) {
    super(`it is ${found}`);
    this.found = found;
  }
}

/** Opens a LoRA and pairs its matrices. The caller closes `file`. @throws WeightFault, OtherAdapter */
export function openLora(path: string): LoraFile {
  const file = new Safetensors(path);
  try {
    return { file, ...pairTensors(file, readScaleRule(file, path)) };
  } catch (error) {
    file.close();
    throw error;
  }
}

type Pair = { component: Component; module: string; isFlat: boolean; parts: Map<LoraPart, SafeTensor> };

function pairTensors(file: Safetensors, rule: ScaleRule): Omit<LoraFile, 'file'> {
  const pairs = new Map<string, Pair>();
  const strays: string[] = [];
  for (const tensor of file.tensors.values()) {
    const other = nameOtherKind(tensor.name);
    if (other !== null) throw new OtherAdapter(`${other} (${tensor.name.slice(0, 120)})`);
    const name = parseLoraName(tensor.name);
    if (name === null) {
      strays.push(tensor.name);
      continue;
    }
    const { module, isFlat, part } = name;
    const component = name.component ?? guessComponent(module);
    const key = `${component} ${module}`;
    const pair = pairs.get(key) ?? { component, module, isFlat, parts: new Map<LoraPart, SafeTensor>() };
    if (pair.parts.has(part)) throw new WeightFault(`${tensor.name.slice(0, 120)} stands twice in it`);
    pair.parts.set(part, tensor);
    pairs.set(key, pair);
  }
  const modules: LoraModule[] = [];
  for (const { component, module, isFlat, parts } of pairs.values()) {
    const [down, up] = [parts.get('down'), parts.get('up')];
    if (down === undefined || up === undefined) strays.push(...[...parts.values()].map(({ name }) => name));
    else {
      const rank = down.shape[0] ?? 0;
      const alpha = parts.get('alpha');
      const scale = alpha === undefined ? rule(component, module, rank) : readScalar(file, alpha) / rank;
      if (!(rank > 0) || !Number.isFinite(scale)) throw new WeightFault(`the layer ${module} has no rank`);
      modules.push({ component, module, isFlat, down, up, mid: parts.get('mid') ?? null, rank, scale });
    }
  }
  if (modules.length === 0) throw new OtherAdapter('a file without pairs of LoRA matrices');
  return { modules, strays };
}

function readScalar(file: Safetensors, tensor: SafeTensor): number {
  const [value, ...others] = file.read(tensor.name);
  if (value === undefined || others.length > 0) throw new WeightFault(`${tensor.name} is no single number`);
  return value;
}

type ScaleRule = (component: Component, module: string, rank: number) => number;

/** Files of PEFT keep alpha in a description: in the header, or in `adapter_config.json` beside the file. Without one alpha is the rank. */
function readScaleRule(file: Safetensors, path: string): ScaleRule {
  const beside = join(dirname(path), 'adapter_config.json');
  const text = file.metadata.get('lora_adapter_metadata') ?? (existsSync(beside) ? readFileSync(beside, 'utf8') : null);
  const settings = text === null ? {} : parseSettings(text);
  for (const [key, value] of Object.entries(settings))
    if (/(?:^|\.)use_dora$/.test(key) && value === true) throw new OtherAdapter('a DoRA (use_dora)');
  return (component, module, rank) => {
    const read = (name: string) => settings[`${component}.${name}`] ?? settings[name];
    const alpha = findPattern(read('alpha_pattern'), module) ?? read('lora_alpha');
    if (typeof alpha !== 'number') return 1;
    return alpha / (read('use_rslora') === true ? Math.sqrt(rank) : rank);
  };
}

function parseSettings(text: string): Record<string, unknown> {
  try {
    const settings: unknown = JSON.parse(text);
    if (typeof settings === 'object' && settings !== null) return settings as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new WeightFault('its description of alpha and rank is not JSON');
}

/** PEFT looks patterns up by the end of a module's path. They may be expressions; only plain paths are followed here. */
function findPattern(patterns: unknown, module: string): number | null {
  if (typeof patterns !== 'object' || patterns === null) return null;
  for (const [pattern, value] of Object.entries(patterns)) {
    const end = pattern.replace(/^\^|\$$/g, '').replaceAll('\\.', '.');
    if (!/^[\w.]+$/.test(end))
      throw new WeightFault(`its pattern "${pattern.slice(0, 60)}" for alpha is not a plain path`);
    if (typeof value === 'number' && (module === end || module.endsWith(`.${end}`))) return value;
  }
  return null;
}
