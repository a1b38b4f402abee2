import type { ModelRules } from '../models/modelRules.ts';
import { isThinkingId } from '../models/modelRules.ts';
import type { MessageParam, MessagesRequest } from '../messages/wire.ts';

/** What an answer's text is stitched to. */
export interface Seed {
  /** The text that the answer begins with, as it is shown. */
  text: string;
  /** Characters; see Stitcher. */
  leastOverlap: number;
}

/** As much as the model is asked to repeat, so that the seam can be found. */
const quotedLength = 80;

/** Long enough that nobody writes it twice by chance: a prefill is not repeated, except by relays that get it wrong. */
const echoLength = 40;
const quotedOverlap = 12;

/**
 * The request that goes on with a cut answer, where `wanted` is the one that `text` was the answer to. By prefill where
 * the model takes it, else by a user turn that quotes the end. Thinking stays off: it can't be resumed in mid-answer.
 */
export function continueRequest(
  wanted: MessagesRequest,
  text: string,
  rules: ModelRules,
): { request: MessagesRequest; leastOverlap: number } {
  const request = { ...wanted };
  delete request.thinking;
  const soFar: MessageParam = { role: 'assistant', content: text.trimEnd() };
  const canPrefill = rules.prefill && !isThinkingId(wanted.model);
  request.messages = canPrefill
    ? [...wanted.messages, soFar]
    : [...wanted.messages, soFar, { role: 'user', content: goOn(text) }];
  return { request, leastOverlap: canPrefill ? echoLength : quotedOverlap };
}

/** The seed of an answer whose beginning the user has written. */
export function prefillSeed(request: MessagesRequest): Seed | undefined {
  const last = request.messages.at(-1);
  if (last?.role !== 'assistant' || typeof last.content !== 'string') return undefined;
  return { text: last.content, leastOverlap: echoLength };
}

function goOn(text: string): string {
  return [
    'Your answer was cut off. Continue it exactly where it stopped: no preamble, no apology, no summary.',
    'Begin by repeating these last characters of it word for word, then go on from there:',
    '',
    text.trimEnd().slice(-quotedLength).trimStart(),
  ].join('\n');
}
