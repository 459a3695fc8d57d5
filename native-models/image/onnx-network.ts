import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { DeviceName } from '../../electron/contract/devices.ts';
import { StudioError } from '../../electron/contract/errors.ts';
import { withoutFolders } from '../host/engine-errors.ts';
import { makeF16Tensor, toFloat32 } from './half-floats.ts';
import { describeProviders } from './providers.ts';

export type NetworkOptions = {
  readonly path: string;
  readonly threads: number;
  /** The processor unless given. */
  readonly device?: DeviceName | undefined;
  /** Without the arena that keeps freed memory for the next run. */
  readonly isThrifty?: boolean | undefined;
  /** Said before each native call; see WorkContext. */
  readonly announceBusy: (forMs: number) => void;
  /** Told about each run, in times of performance.now. */
  readonly onRun?: ((startedAtMs: number, endedAtMs: number) => void) | undefined;
};

export type NetworkInput = { readonly data: Float32Array | readonly number[]; readonly dims: readonly number[] };
export type NetworkOutput = { readonly data: Float32Array; readonly dims: readonly number[] };

/** A first run may build kernels or page weights in; later ones are expected to take about as long as the last. */
const FIRST_RUN_MS = 120_000;
const LOAD_MS = 300_000;
const SLOWER_BY = 4;

/** One ONNX graph with the element types that its metadata asks for: callers speak 32-bit floats and plain numbers. */
export class OnnxNetwork {
  readonly #session: InferenceSession;
  readonly #options: NetworkOptions;
  #lastRunMs = FIRST_RUN_MS / SLOWER_BY;
  /** Milliseconds inside the native runtime since the start; what a bare run would take. */
  nativeMs = 0;

  private constructor(session: InferenceSession, options: NetworkOptions) {
    this.#session = session;
    this.#options = options;
  }

  static async open(options: NetworkOptions): Promise<OnnxNetwork> {
    options.announceBusy(LOAD_MS);
    const session = await InferenceSession.create(options.path, {
      ...describeProviders(options.device ?? 'cpu'),
      enableCpuMemArena: options.isThrifty !== true,
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      // Waiting threads sleep: the machine is shared with the studio's own work.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    return new OnnxNetwork(session, options);
  }

  hasInput(name: string): boolean {
    return this.#session.inputNames.includes(name);
  }

  /** The size that the graph fixes for a dimension of an input, or null where it is open. */
  fixedSize(input: string, dimension: number): number | null {
    const metadata = this.#session.inputMetadata.find((entry) => entry.name === input);
    const size = metadata?.isTensor ? metadata.shape[dimension] : undefined;
    return typeof size === 'number' && size > 0 ? size : null;
  }

  rank(input: string): number | null {
    const metadata = this.#session.inputMetadata.find((entry) => entry.name === input);
    return metadata?.isTensor ? metadata.shape.length : null;
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  /** The element type that the graph wants for an input, in the runtime's words, or null where there is no such input. */
  elementType(input: string): string | null {
    const metadata = this.#session.inputMetadata.find((entry) => entry.name === input);
    return metadata?.isTensor ? metadata.type : null;
  }

  /** Runs the graph; `output` names the wanted output, or the first one is taken. */
  async run(inputs: Readonly<Record<string, NetworkInput>>, output?: string): Promise<NetworkOutput> {
    const name = output !== undefined && this.outputNames.includes(output) ? output : this.outputNames[0];
    const [result] = await this.runFor(inputs, name === undefined ? [] : [name]);
    if (result === undefined) throw new Error('the network gave no output');
    return result;
  }

  /** Runs the graph for several outputs, given back in the order of their names. */
  async runFor(inputs: Readonly<Record<string, NetworkInput>>, outputs: readonly string[]): Promise<NetworkOutput[]> {
    const feeds: Record<string, Tensor> = {};
    for (const metadata of this.#session.inputMetadata) {
      const input = inputs[metadata.name];
      if (input === undefined)
        throw new Error(`the network asks for an input "${metadata.name}" that this pipeline does not have`);
      feeds[metadata.name] = toTensor(metadata.isTensor ? metadata.type : 'float32', input);
    }
    this.#options.announceBusy(Math.max(1000, this.#lastRunMs * SLOWER_BY));
    const startedAtMs = performance.now();
    const results = await this.#session.run(feeds, outputs);
    const endedAtMs = performance.now();
    this.#options.onRun?.(startedAtMs, endedAtMs);
    this.#lastRunMs = endedAtMs - startedAtMs;
    this.nativeMs += this.#lastRunMs;
    return outputs.map((name) => {
      const tensor = results[name];
      if (tensor === undefined) throw new Error(`the network gave no output "${name}"`);
      return { data: toFloat32(tensor), dims: tensor.dims };
    });
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function toTensor(type: string, { data, dims }: NetworkInput): Tensor {
  switch (type) {
    case 'float32':
      return new Tensor('float32', data instanceof Float32Array ? data : Float32Array.from(data), dims);
    case 'float16':
      return makeF16Tensor(data instanceof Float32Array ? data : Float32Array.from(data), dims);
    case 'int64':
      return new Tensor(
        'int64',
        BigInt64Array.from(data, (value) => BigInt(Math.round(value))),
        dims,
      );
    case 'int32':
      return new Tensor('int32', Int32Array.from(data, Math.round), dims);
    case 'float64':
      return new Tensor('float64', Float64Array.from(data), dims);
    default:
      throw new Error(`the network asks for an input of type ${type}`);
  }
}

/** Opens a graph, and turns what the runtime says about a bad file into an error that names the file. */
export async function openNetwork(model: string, file: string, options: NetworkOptions): Promise<OnnxNetwork> {
  try {
    return await OnnxNetwork.open(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    if (/alloc|memory/i.test(reason)) throw error;
    throw new StudioError(
      'model.damaged',
      `${file} of the model "${model}" cannot be loaded.`,
      { model, file, reason: withoutFolders(reason).slice(0, 200) },
      { cause: error },
    );
  }
}
