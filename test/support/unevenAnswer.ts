import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds for which an answer sometimes says nothing, in its middle. */
const stallMs = 900;

export interface Unevenness {
  /** Pieces of a block. */
  longest: number;
  /** How many of the answers stall, from 0 to 1. */
  stalls: number;
}

/** Answers with thinking and text in small pieces, of any length, now fast and now slow; some stall for a while. */
export function unevenAnswer(random: () => number, how: Unevenness): (response: ServerResponse) => void {
  return response => void write(response, random, how);
}

async function write(response: ServerResponse, random: () => number, { longest, stalls }: Unevenness): Promise<void> {
  const send = (data: { type: string } & Record<string, unknown>): void =>
    void response.write(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`);
  const id = `msg_${Math.floor(random() * 1e9)}`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  send({
    type: 'message_start',
    message: { id, type: 'message', role: 'assistant', model: 'm', content: [], usage: { input_tokens: 1 } },
  });
  const pieces = 4 + Math.floor(random() * (longest - 3));
  const stallAt = random() < stalls ? Math.floor(random() * pieces) : -1;
  for (const [index, type] of (['thinking', 'text'] as const).entries()) {
    send({ type: 'content_block_start', index, content_block: { type, [type]: '' } });
    for (let piece = 0; piece < pieces && !response.destroyed; piece++) {
      const words = `${id} ${type} ${piece}. `;
      send({ type: 'content_block_delta', index, delta: { type: `${type}_delta`, [type]: words } });
      await sleep(piece === stallAt ? stallMs : random() * 12);
    }
    send({ type: 'content_block_stop', index });
  }
  send({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } });
  send({ type: 'message_stop' });
  response.end();
}
