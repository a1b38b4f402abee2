import type { RunSign, TurnRecord } from './turns.ts';
import { isUnderWay, settleInterrupted } from './turns.ts';

/** Milliseconds between two signs of an answer that says nothing else. */
export const signMs = 5_000;
/** Milliseconds after the last sign in which an answer is taken to go on: its window may be busy for a while. */
export const longestSilenceMs = 3 * signMs;

/** A window as others know it. */
export interface OwnWindow {
  id: string;
  /** Whether the window with this id is still there, as far as that can be found out. */
  isThere: (id: string) => boolean;
}

/** The window that this process is, and the processes of this machine that others are. */
export function windowOfProcess(newId: () => string): OwnWindow {
  return { id: `${process.pid} ${newId()}`, isThere: id => isProcess(Number.parseInt(id)) };
}

function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is there and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Says in a record that is about to be stored whether it is being answered here; `at` in milliseconds since the epoch. */
export function sign(record: TurnRecord, window: OwnWindow | undefined, at: number): void {
  if (record.role === 'user' || !window) return;
  if (isUnderWay(record)) record.runsIn = { window: window.id, at };
  else delete record.runsIn;
}

/**
 * A stored turn as this window has it, which answers none of them: an answer that another window writes goes on there, one
 * that was running in a window that is gone will not go on.
 */
export function asRead(record: TurnRecord, window: OwnWindow | undefined, now: number): TurnRecord {
  if (record.role === 'user' || !isUnderWay(record) || !record.runsIn || !window) return settleInterrupted(record);
  if (!goesOn(record.runsIn, window, now)) return settleInterrupted(record);
  return { ...record, state: { phase: 'elsewhere' } };
}

/** Whether another window is answering still, by the last that it has said of it. */
export function goesOn({ window, at }: RunSign, own: OwnWindow, now: number): boolean {
  return window !== own.id && Math.abs(now - at) <= longestSilenceMs && own.isThere(window);
}

/** Whether another window is writing it, as far as is known. */
export function isElsewhere(record: TurnRecord): boolean {
  return record.role === 'assistant' && record.state.phase === 'elsewhere';
}
