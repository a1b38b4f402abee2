import { setTimeout as sleep } from 'node:timers/promises';
import { irregular } from './random.ts';

/** `human`: like a model, about 30 pieces a second; `instant`: no waiting; a number: so many ms between two pieces. */
export type PaceOption = 'human' | 'instant' | number;

export interface Pace {
  beforeFirst(signal: AbortSignal): Promise<void>;
  betweenPieces(signal: AbortSignal): Promise<void>;
}

export function pace(option: PaceOption, seed: string): Pace {
  if (option === 'instant' || option === 0) return { beforeFirst: resolved, betweenPieces: resolved };
  if (option === 'human') {
    const random = irregular(seed);
    return {
      beforeFirst: signal => sleep(350, undefined, { signal }),
      betweenPieces: signal => sleep(24 + Math.floor(random() * 16), undefined, { signal }),
    };
  }
  return { beforeFirst: resolved, betweenPieces: signal => sleep(option, undefined, { signal }) };
}

function resolved(): Promise<void> {
  return Promise.resolve();
}
