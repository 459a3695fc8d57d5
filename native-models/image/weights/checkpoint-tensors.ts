import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nameOpenClipParameter } from './open-clip-names.ts';
import { countLayers, nameOriginalUnetModule, type Component } from './original-names.ts';
import { Safetensors, type SafeTensor } from './safetensors.ts';
import type { Floats } from './tensor-codec.ts';
import { nameOriginalVaeModule } from './vae-names.ts';
import { WeightFault } from './weight-fault.ts';
import { normalisePath } from './weight-slots.ts';

/** A parameter's values in a checkpoint. */
export type FoundTensor = {
  readonly tensor: SafeTensor;
  readonly shape: readonly number[];
  /** The file has the matrix the other way round than the trained module. */
  readonly isTransposed: boolean;
  readonly read: () => Floats;
};

export type UnusedTensor = Pick<SafeTensor, 'name' | 'shape'>;

/** A fine-tuned model's weights: one file with the original names, or a folder of diffusers. */
export type Checkpoint = {
  readonly name: string;
  /** Null where the checkpoint has no weights of this part at all. */
  open(component: Component, modules: ReadonlySet<string>): ((parameter: string) => FoundTensor | null) | null;
  /** Tensors that nobody asked for, by file. */
  listUnused(): UnusedTensor[];
  close(): void;
};

/** Old diffusers called the attention of the autoencoder so. */
const OLD_VAE: readonly (readonly [string, string])[] = [
  ['.query.', '.to_q.'],
  ['.key.', '.to_k.'],
  ['.value.', '.to_v.'],
  ['.proj_attn.', '.to_out.0.'],
];
/** Leftovers of training that are no weights of the pipeline. */
const NO_WEIGHTS =
  /^(?:model_ema\.|betas$|alphas_cumprod|sqrt_|log_one_minus|posterior_|denoiser\.|scale_factor$|loss\.|first_stage_model\.loss\.)|position_ids$|logit_scale$|^epoch$|^global_step$/;
const TEXT_PREFIXES: Readonly<Record<'text_encoder' | 'text_encoder_2', readonly string[]>> = {
  text_encoder: ['cond_stage_model.transformer.', 'conditioner.embedders.0.transformer.'],
  text_encoder_2: ['conditioner.embedders.1.transformer.'],
};
const OPEN_CLIP_PREFIXES: Readonly<Record<'text_encoder' | 'text_encoder_2', string>> = {
  text_encoder: 'cond_stage_model.model.',
  text_encoder_2: 'conditioner.embedders.1.model.',
};

/** Opens a checkpoint; the caller closes it. @throws WeightFault */
export function openCheckpoint(path: string): Checkpoint {
  return statSync(path).isDirectory() ? openFolder(path) : openSingleFile(path);
}

function openSingleFile(path: string): Checkpoint {
  const file = new Safetensors(path);
  const used = new Set<string>();
  const take = (name: string, third: 0 | 1 | 2 | null = null, isTransposed = false): FoundTensor | null => {
    const tensor = file.tensors.get(name);
    if (tensor === undefined) return null;
    used.add(name);
    return describeTensor(file, tensor, third, isTransposed);
  };
  const has = (prefix: string) => file.tensors.keys().some((name) => name.startsWith(prefix));
  return {
    name: basename(path),
    open(component, modules) {
      if (component === 'unet') {
        if (!has('model.diffusion_model.')) return null;
        return (parameter) =>
          takeModule(take, 'model.diffusion_model.', parameter, (module) => nameOriginalUnetModule(module, modules));
      }
      if (component === 'vae_decoder' || component === 'vae_encoder') {
        if (!has('first_stage_model.')) return null;
        return (parameter) =>
          takeModule(take, 'first_stage_model.', parameter, (module) => nameOriginalVaeModule(module, modules));
      }
      const openClip = OPEN_CLIP_PREFIXES[component];
      if (has(openClip)) {
        if (component === 'text_encoder') for (const name of listPastEnd(file, openClip, modules)) used.add(name);
        return (parameter) => {
          const { name, third, isTransposed } = nameOpenClipParameter(parameter);
          return take(`${openClip}${name}`, third, isTransposed);
        };
      }
      const prefix = TEXT_PREFIXES[component].find(has);
      if (prefix === undefined) return null;
      return (parameter) => take(`${prefix}text_model.${parameter}`) ?? take(`${prefix}${parameter}`);
    },
    listUnused: () => listUnused(file, used),
    close: () => file.close(),
  };
}

/** Stable Diffusion 2 reads the states before the last layer: files have that layer and the projection, models do not. */
function listPastEnd(file: Safetensors, prefix: string, modules: ReadonlySet<string>): string[] {
  const layers = countLayers(modules, 'encoder.layers');
  // A graph whose layers cannot be told must not swallow the whole encoder.
  if (layers === 0) return [];
  return [...file.tensors.keys()].filter((name) => {
    if (!name.startsWith(prefix)) return false;
    const layer = /\.resblocks\.(\d+)\./.exec(name)?.[1];
    return name === `${prefix}text_projection` || (layer !== undefined && Number(layer) >= layers);
  });
}

function takeModule(
  take: (name: string) => FoundTensor | null,
  prefix: string,
  parameter: string,
  nameModule: (module: string) => string | null,
): FoundTensor | null {
  const end = parameter.lastIndexOf('.');
  const module = nameModule(parameter.slice(0, end));
  return module === null ? null : take(`${prefix}${module}${parameter.slice(end)}`);
}

function openFolder(path: string): Checkpoint {
  const opened = new Map<string, { readonly file: Safetensors; readonly used: Set<string> }[]>();
  const openPart = (part: string) => {
    const known = opened.get(part);
    if (known !== undefined) return known;
    const files = listWeightFiles(join(path, part)).map((file) => ({
      file: new Safetensors(file),
      used: new Set<string>(),
    }));
    opened.set(part, files);
    return files;
  };
  return {
    name: basename(path),
    open(component) {
      const files = openPart(component.startsWith('vae') ? 'vae' : component);
      if (files.length === 0) return null;
      const places = new Map<string, () => FoundTensor>();
      for (const { file, used } of files)
        for (const tensor of file.tensors.values()) {
          const parameter = normalisePath(component, modernise(tensor.name));
          if (parameter === null) continue;
          places.set(parameter, () => {
            used.add(tensor.name);
            return describeTensor(file, tensor, null, false);
          });
        }
      return (parameter) => places.get(parameter)?.() ?? null;
    },
    listUnused: () =>
      [...opened].flatMap(([part, files]) =>
        files.flatMap(({ file, used }) =>
          listUnused(file, used).map(({ name, shape }) => ({ name: `${part}/${name}`, shape })),
        ),
      ),
    close: () => {
      for (const files of opened.values()) for (const { file } of files) file.close();
    },
  };
}

function modernise(name: string): string {
  return OLD_VAE.reduce((text, [old, today]) => text.replace(old, today), name);
}

/** The full-precision weights where there are two sets. */
function listWeightFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
  const full = names.filter((name) => !name.includes('.fp16.') && !name.includes('.non_ema.'));
  return (full.length > 0 ? full : names).toSorted().map((name) => join(folder, name));
}

function listUnused(file: Safetensors, used: ReadonlySet<string>): UnusedTensor[] {
  return [...file.tensors.values()].filter(({ name }) => !used.has(name) && !NO_WEIGHTS.test(name));
}

function describeTensor(
  file: Safetensors,
  tensor: SafeTensor,
  third: 0 | 1 | 2 | null,
  isTransposed: boolean,
): FoundTensor {
  if (third === null) return { tensor, shape: tensor.shape, isTransposed, read: () => file.read(tensor.name) };
  const [rows = 0, ...others] = tensor.shape;
  if (rows % 3 !== 0) throw new WeightFault(`${tensor.name} does not hold three matrices`);
  const read = () => {
    const values = file.read(tensor.name);
    const length = values.length / 3;
    return values.slice(third * length, (third + 1) * length);
  };
  return { tensor, shape: [rows / 3, ...others], isTransposed, read };
}
