import { describe, expect, it } from 'vitest';
import type { DeviceReport } from '../../../../../electron/contract/devices.ts';
import { chooseDevice } from '../../../../../electron/engines/memory/choose-device.ts';

function report(changes: Partial<DeviceReport>): DeviceReport {
  return {
    device: 'webgpu',
    isProven: true,
    runsFloat16: true,
    trialMs: 2,
    problem: null,
    totalMiB: null,
    freeMiB: null,
    ...changes,
  };
}

describe('chooseDevice', () => {
  it('takes the fastest device that was proven', () => {
    const choice = chooseDevice([
      report({ trialMs: 2.5 }),
      report({ device: 'cuda', trialMs: 0.8 }),
      report({ device: 'cpu', trialMs: 61.7 }),
    ]);
    expect(choice.device).toBe('cuda');
    expect(choice.reason).toBe(
      'Runs on CUDA, trial in 0.8 ms: WebGPU is slower, 2.5 ms; the processor is slower, 62 ms.',
    );
  });

  it('leaves a driver that only pretends to be a graphics card', () => {
    const choice = chooseDevice([report({ trialMs: 2700 }), report({ device: 'cpu', trialMs: 20 })]);
    expect(choice.device).toBe('cpu');
    expect(choice.reason).toContain('WebGPU is slower, 2700 ms');
  });

  it('takes the processor when nothing was proven, and says what each lacked', () => {
    const choice = chooseDevice([
      report({ isProven: false, trialMs: null, problem: 'No supported adapters.' }),
      report({
        device: 'dml',
        isProven: false,
        trialMs: null,
        problem: 'the runtime took CPUExecutionProvider instead',
      }),
    ]);
    expect(choice.device).toBe('cpu');
    expect(choice.reason).toBe(
      'Runs on the processor: WebGPU cannot be used: No supported adapters; DirectML cannot be used: the runtime took CPUExecutionProvider instead.',
    );
    expect(chooseDevice([]).reason).toBe('Runs on the processor: nothing else is there.');
  });
});
