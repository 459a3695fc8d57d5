import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../electron/contract/errors.ts';
import { Patience } from '../../../../electron/studio/jobs/patience.ts';

const failure = new StudioError('engine.unavailable', 'x', { kind: 'image', reason: 'y', retryAtMs: null });

function begin() {
  const state = { nowMs: 0, shut: true };
  const gate = { failure: () => (state.shut ? failure : null) };
  return { state, patience: new Patience({ gate, limitMs: 100, monotonicMs: () => state.nowMs }) };
}

describe('patience', () => {
  it('ends with what the gate was shut for, also when it opened in between and nothing was done', () => {
    const { state, patience } = begin();
    patience.look(1);
    state.shut = false;
    state.nowMs = 60;
    patience.look(1);
    state.shut = true;
    state.nowMs = 99;
    patience.look(1);
    state.nowMs = 100;
    expect(() => patience.look(1)).toThrow(failure);
  });

  it('begins anew with every job that is done, and lasts while the gate is open', () => {
    const { state, patience } = begin();
    patience.look(1);
    state.nowMs = 100;
    patience.look(2);
    state.nowMs = 199;
    patience.look(2);
    state.shut = false;
    state.nowMs = 10_000;
    patience.look(2);
  });
});
