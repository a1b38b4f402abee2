import type { AnswerBlock, AnsweredMessage, Usage } from './wire.ts';
import { pieces } from './pieces.ts';

export interface StreamEvent {
  readonly data: { readonly type: string } & Readonly<Record<string, unknown>>;
  /** A delta with a bit of content: what the pace and the faults count. */
  readonly isPiece: boolean;
}

/** The message as JSON, for `stream: false`. */
export function messageObject(message: AnsweredMessage): object {
  const { answer } = message;
  return {
    id: message.id,
    type: 'message',
    role: 'assistant',
    model: message.model,
    content: answer.blocks.map(blockObject),
    stop_reason: answer.stopReason,
    stop_sequence: answer.stopSequence,
    ...(answer.stopDetails === undefined ? {} : { stop_details: answer.stopDetails }),
    usage: message.usage,
  };
}

/** The events of an answer in the order of the protocol. */
export function* messageEvents(message: AnsweredMessage): Generator<StreamEvent> {
  yield event(messageStart(message));
  for (const [index, block] of message.answer.blocks.entries()) {
    yield event({ type: 'content_block_start', index, content_block: emptyBlock(block) });
    if (index === 0) yield event({ type: 'ping' });
    yield* deltas(block, index);
    yield event({ type: 'content_block_stop', index });
  }
  yield event(messageDelta(message));
  yield event({ type: 'message_stop' });
}

function messageStart(message: AnsweredMessage): StreamEvent['data'] {
  // The service counts what it has generated when the stream begins, which is a token or a few.
  const usage: Usage = { ...message.usage, output_tokens: Math.min(message.usage.output_tokens, 3) };
  return {
    type: 'message_start',
    message: {
      id: message.id,
      type: 'message',
      role: 'assistant',
      model: message.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage,
    },
  };
}

function messageDelta({ answer, usage }: AnsweredMessage): StreamEvent['data'] {
  return {
    type: 'message_delta',
    delta: {
      stop_reason: answer.stopReason,
      stop_sequence: answer.stopSequence,
      ...(answer.stopDetails === undefined ? {} : { stop_details: answer.stopDetails }),
    },
    usage: {
      input_tokens: usage.input_tokens,
      cache_creation_input_tokens: usage.cache_creation_input_tokens,
      cache_read_input_tokens: usage.cache_read_input_tokens,
      output_tokens: usage.output_tokens,
    },
  };
}

function* deltas(block: AnswerBlock, index: number): Generator<StreamEvent> {
  switch (block.type) {
    case 'text':
      for (const text of pieces(block.text)) yield delta(index, { type: 'text_delta', text }, true);
      return;
    case 'thinking':
      for (const thinking of pieces(block.thinking)) yield delta(index, { type: 'thinking_delta', thinking }, true);
      yield delta(index, { type: 'signature_delta', signature: block.signature }, false);
      return;
    case 'tool_use':
      yield delta(index, { type: 'input_json_delta', partial_json: '' }, false);
      // A tool that is called with nothing gets no further deltas.
      if (block.json === '{}') return;
      for (const json of pieces(block.json)) yield delta(index, { type: 'input_json_delta', partial_json: json }, true);
      return;
    case 'redacted_thinking':
      return;
  }
}

function emptyBlock(block: AnswerBlock): object {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: '' };
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'redacted_thinking':
      return block;
    case 'tool_use':
      return { type: 'tool_use', id: block.id, name: block.name, input: {} };
  }
}

function blockObject(block: AnswerBlock): object {
  if (block.type !== 'tool_use') return block;
  return { type: 'tool_use', id: block.id, name: block.name, input: inputObject(block.json) };
}

/** Input that was cut by max_tokens is no JSON any more; without a stream there is then nothing to show of it. */
function inputObject(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return {};
  }
}

function event(data: StreamEvent['data']): StreamEvent {
  return { data, isPiece: false };
}

function delta(index: number, content: object, isPiece: boolean): StreamEvent {
  return { data: { type: 'content_block_delta', index, delta: content }, isPiece };
}
