import assert from 'node:assert/strict';
import type { DemoEndpoint, Fault } from '../../../harness/endpoint/server.ts';
import { body, post, say } from './client.ts';

export const QUESTION = 'Tell me of pears';
export const REQUEST = body(QUESTION, { stream: true });

export interface RawAnswer {
  readonly text: string;
  /** The connection broke before the body had ended. */
  readonly broken: boolean;
  readonly response: Response;
}

/** The answer to a streamed request that meets these faults: the text as it came, as far as it came. */
export async function raw(endpoint: DemoEndpoint, fault: Fault | readonly Fault[]): Promise<RawAnswer> {
  endpoint.faults.next(fault);
  const response = await post(endpoint, REQUEST);
  assert.ok(response.body);
  const reader = response.body.pipeThrough(new TextDecoderStream('utf-8', { ignoreBOM: true })).getReader();
  let text = '';
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) text += read.value;
    return { text, broken: false, response };
  } catch {
    return { text, broken: true, response };
  }
}

/** How many pieces of text came. */
export function deltas(text: string): number {
  return text.match(/"text_delta"/g)?.length ?? 0;
}

/** The text of the same answer when nothing is wrong. */
export function whole(endpoint: DemoEndpoint): Promise<string> {
  return say(endpoint, QUESTION);
}
