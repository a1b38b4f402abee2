import { setTimeout as sleep } from 'node:timers/promises';
import { irregular } from './random.ts';

/** `human`: like a model, about 30 pieces a second; `instant`: no waiting; a number: so many ms between two pieces. */
export type PaceOption = 'human' | 'instant' | number;

export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface Pace {
  beforeFirst(signal: AbortSignal): Promise<void>;
  betweenPieces(signal: AbortSignal): Promise<void>;
}

/** `wait`: how the time passes between the pieces. */
export function pace(option: PaceOption, seed: string, wait: Wait = sleepFor): Pace {
  if (option === 'instant' || option === 0) return { beforeFirst: resolved, betweenPieces: resolved };
  if (option === 'human') {
    const random = irregular(seed);
    return {
      beforeFirst: signal => wait(350, signal),
      betweenPieces: signal => wait(24 + Math.floor(random() * 16), signal),
    };
  }
  return { beforeFirst: resolved, betweenPieces: signal => wait(option, signal) };
}

function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal });
}

function resolved(): Promise<void> {
  return Promise.resolve();
}
