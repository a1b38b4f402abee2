import { setTimeout as sleep } from 'node:timers/promises';
import { errorObject } from './errors.ts';
import type { StreamEvent } from './events.ts';
import { messageEvents } from './events.ts';
import type { Faults } from './faults.ts';
import type { Output } from './output.ts';
import type { Pace } from './pace.ts';
import { newId } from './random.ts';
import { faultyEvents } from './stream-faults.ts';
import type { AnsweredMessage } from './wire.ts';

/** Writes the answer as server-sent events, with the faults of this request. Resolves when the body has ended. */
export async function writeStream(message: AnsweredMessage, output: Output, faults: Faults, pace: Pace): Promise<void> {
  await pace.beforeFirst(output.signal);
  if (faults.has('comments')) await output.write(': PING\n\n');
  if (faults.get('secondMessageStart')?.sameId === false) {
    await writeEvents({ ...message, id: newId('msg') }, output, faults, pace, 3);
  }
  const ended = await writeEvents(message, output, faults, pace);
  if (ended === 'destroyed') return;
  if (ended === 'complete' && faults.has('doneLine')) await output.write('data: [DONE]\n\n');
  await output.end();
}

/** `broken off` means that a fault has ended the answer early, but not the connection. */
type Ended = 'complete' | 'broken off' | 'destroyed';

async function writeEvents(
  message: AnsweredMessage,
  output: Output,
  faults: Faults,
  pace: Pace,
  onlyPieces = Infinity,
): Promise<Ended> {
  let written = 0;
  for (const event of faultyEvents(messageEvents(message), faults)) {
    // Faults strike where the next piece would come, or, in an answer with too few pieces, before its end.
    if (event.isPiece || event.data.type === 'message_delta') {
      if (written >= onlyPieces) return 'broken off';
      const ended = await strike(event.isPiece ? written : Infinity, written, output, faults);
      if (ended !== undefined) return ended;
    }
    if (event.isPiece) {
      await pace.betweenPieces(output.signal);
      written += 1;
    }
    await output.write(frame(event, faults));
    if (faults.has('comments')) await output.write(': PING\n\n');
  }
  return 'complete';
}

function frame({ data }: StreamEvent, faults: Faults): string {
  const body = faults.has('envelope') ? { code: 200, data } : data;
  const name = faults.has('noEventLines') ? '' : `event: ${data.type}\n`;
  const isLast = data.type === 'message_stop' && faults.has('unterminated');
  return `${name}data: ${JSON.stringify(body)}${isLast ? '' : '\n\n'}`;
}

/** A fault's count is due when it lies from `written` to `upTo`. */
async function strike(upTo: number, written: number, output: Output, faults: Faults): Promise<Ended | undefined> {
  const isDue = (pieces: number | undefined): boolean => pieces !== undefined && written <= pieces && pieces <= upTo;
  if (isDue(faults.get('cutAfterPieces')?.n)) {
    await output.destroy();
    return 'destroyed';
  }
  if (isDue(faults.get('endAfterPieces')?.n)) return 'broken off';
  const error = faults.get('errorEvent');
  if (error !== undefined && isDue(error.afterPieces)) {
    const json = JSON.stringify(errorObject(error.type, error.message));
    const name = faults.has('noEventLines') ? '' : 'event: error\n';
    await output.write(error.raw === true ? json : `${name}data: ${json}\n\n`);
    return 'broken off';
  }
  const hold = faults.get('hold');
  if (isDue(hold?.afterPieces) || isDue(hold?.againAfter)) await faults.gate.pass(output.signal);
  const stall = faults.get('stall');
  if (stall !== undefined && isDue(stall.afterPieces)) await hang(output, stall.heartbeat, stall.heartbeatMs ?? 50);
  return undefined;
}

/** Ends only by the rejection that the client's leaving causes. */
async function hang(output: Output, heartbeat: 'ping' | 'comment' | undefined, everyMs: number): Promise<never> {
  for (;;) {
    await sleep(everyMs, undefined, { signal: output.signal });
    if (heartbeat === 'ping') await output.write('event: ping\ndata: {"type":"ping"}\n\n');
    if (heartbeat === 'comment') await output.write(': PING\n\n');
  }
}
