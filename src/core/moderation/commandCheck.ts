import { messageOf } from '../../shared/messageOf.ts';
import { endOfProgram, type ProgramStart } from '../tools/runProgram.ts';
import type { Look, Outcome } from './check.ts';
import { readVerdict, shown } from './readVerdict.ts';

/** A check that is a program: it reads the subject from its standard input and prints its verdict. */
export function commandCheck(start: Omit<ProgramStart, 'input'>): Look {
  return async (subject, signal) => {
    try {
      return outcomeOf(await endOfProgram({ ...start, input: JSON.stringify(subject) }, signal));
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'failed', failure: 'notStarted', detail: shown(messageOf(error)) };
    }
  };
}

function outcomeOf(end: Awaited<ReturnType<typeof endOfProgram>>): Outcome {
  switch (end.kind) {
    case 'notStarted':
      return { kind: 'failed', failure: 'notStarted', detail: shown(end.message) };
    case 'tookTooLong':
      return { kind: 'failed', failure: 'timeout', detail: shown(end.errors) };
    case 'ended':
      // Whoever fails after a verdict has not come to an end with it.
      return end.code === 0
        ? readVerdict(end.output)
        : { kind: 'failed', failure: 'exitCode', detail: shown(end.errors.trim() || end.output) };
  }
}
