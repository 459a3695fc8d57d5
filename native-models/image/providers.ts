import type { InferenceSession } from 'onnxruntime-node';
import type { DeviceName } from '../../electron/contract/devices.ts';

/** Session options that put a network on a device. The processor takes what the device has no kernel for. */
export function describeProviders(
  device: DeviceName,
): Pick<InferenceSession.SessionOptions, 'executionProviders' | 'enableMemPattern'> {
  if (device === 'cpu') return { executionProviders: ['cpu'] };
  // Memory patterns assume that sizes repeat on the processor; DirectML refuses them, WebGPU gains nothing.
  return { executionProviders: [device, 'cpu'], enableMemPattern: device === 'cuda' };
}
