import type { StreamEvent } from './events.ts';
import type { Faults } from './faults.ts';
import { isObject, without } from './json.ts';

/** The events with what the faults of this request leave out, repeat or add. */
export function* faultyEvents(events: Iterable<StreamEvent>, faults: Faults): Generator<StreamEvent> {
  for (const event of events) {
    if (isOmitted(event, faults)) continue;
    yield faults.omits('usage') ? withoutUsage(event) : event;
    if (event.data.type === 'message_start' && faults.get('secondMessageStart')?.sameId === true) yield event;
    if (faults.has('unknownEvents')) yield* unknownAfter(event);
  }
}

function isOmitted({ data, isPiece }: StreamEvent, faults: Faults): boolean {
  switch (data.type) {
    case 'ping':
      return faults.omits('ping');
    case 'content_block_start':
      return faults.omits('blockStart');
    case 'content_block_stop':
      return faults.omits('blockStop');
    case 'message_delta':
      return faults.omits('messageDelta');
    case 'message_stop':
      return faults.has('noMessageStop');
    case 'content_block_delta':
      return isOmittedDelta(data['delta'], isPiece, faults);
    default:
      return false;
  }
}

function isOmittedDelta(delta: unknown, isPiece: boolean, faults: Faults): boolean {
  if (!isObject(delta)) return false;
  if (delta['type'] === 'signature_delta') return faults.omits('signature');
  return delta['type'] === 'input_json_delta' && (isPiece || delta['partial_json'] === '') && faults.omits('toolInput');
}

function withoutUsage(event: StreamEvent): StreamEvent {
  const message = event.data['message'];
  const data = without(event.data, ['usage']);
  const bare = isObject(message) ? { ...data, message: without(message, ['usage']) } : data;
  return { ...event, data: { ...bare, type: event.data.type } };
}

function* unknownAfter(event: StreamEvent): Generator<StreamEvent> {
  if (event.data.type === 'message_start') {
    yield { data: { type: 'vertex_event', note: 'no client knows this' }, isPiece: false };
  }
  if (event.data.type === 'content_block_start') {
    const delta = { type: 'mystery_delta', mystery: 'no client knows this' };
    yield { data: { type: 'content_block_delta', index: event.data['index'], delta }, isPiece: false };
  }
}
