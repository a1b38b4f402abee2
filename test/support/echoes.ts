import { everySlicing, type Slicing } from './slicings.ts';

/** Keys of a vendor's and of a relay's own form, the second with a character that JSON may escape. */
export const echoedKeys = ['sk-ant-api03-Zq8_vW3xT9LmN2pR7cKd5', 'relay.k3y/wItHoUt+pr3f1x'];

/** The ways to write a text within a string of JSON. */
export const waysToWrite: Record<string, (text: string) => string> = {
  plain: text => text,
  'first escaped': text => asEscapes(text.slice(0, 1)) + text.slice(1),
  'all escaped': asEscapes,
  'slashes escaped': text => text.replaceAll('/', '\\/'),
};

function asEscapes(text: string): string {
  return Array.from(text, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** An answer in which the endpoint says the key. */
export interface Echo {
  name: string;
  body: string;
  status?: number;
  headers?: Record<string, string>;
}

const stopEvents = [
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];

/** Every place of an answer at which an endpoint can say the key; `written` is the key within JSON. */
export function echoesOf(key: string, written: string): Echo[] {
  const start = event({ type: 'message_start', message: { id: 'msg_1', model: 'm', content: [] } });
  const stop = stopEvents.map(event).join('');
  const block = (fields: object, index = 0): string =>
    event({ type: 'content_block_start', index, content_block: fields });
  const text = block({ type: 'text', text: '' });
  // The key is put in as it is to be written, behind JSON.stringify.
  const say = (stream: string): string => stream.replaceAll('KEY', () => written);
  const delta = (type: string, field: string, value: string): string =>
    event({ type: 'content_block_delta', index: 0, delta: { type, [field]: value } });
  const textDelta = (value: string): string => delta('text_delta', 'text', value);
  const answer = (content: string, end = stop): string => say(start + content + end);
  const error = (fields: object): string => say(JSON.stringify({ type: 'error', error: fields }));
  const half = key.length >> 1;
  const whole = { type: 'message', id: 'KEY', model: 'KEY', role: 'assistant', usage: {} };
  const splitOver = (type: string, field: string, opening: object): string =>
    start +
    block(opening) +
    delta(type, field, `so ${key.slice(0, half)}`) +
    delta(type, field, `${key.slice(half)} it`) +
    stop;

  return [
    { name: 'in the id and the model', body: say(event({ type: 'message_start', message: whole }) + text + stop) },
    { name: 'in a delta', body: answer(text + textDelta('it is KEY, yes')) },
    { name: 'alone in a delta', body: answer(text + textDelta('KEY')) },
    { name: 'as the text that a block begins with', body: answer(block({ type: 'text', text: 'KEY' })) },
    {
      name: 'half as the text that a block begins with',
      body: start + block({ type: 'text', text: key.slice(0, half) }) + textDelta(key.slice(half)) + stop,
    },
    { name: 'over two deltas', body: splitOver('text_delta', 'text', { type: 'text', text: '' }) },
    { name: 'over two deltas of thinking', body: splitOver('thinking_delta', 'thinking', { type: 'thinking' }) },
    {
      name: 'over two deltas of a tool’s input',
      body: splitOver('input_json_delta', 'partial_json', { type: 'tool_use', id: 't', name: 'n' }),
    },
    {
      name: 'character by character',
      body: start + text + Array.from(key, textDelta).join('') + stop,
    },
    {
      name: 'in deltas inside envelopes',
      body: [key.slice(0, half), key.slice(half)]
        .map(piece => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } }))
        .map(data => `data: ${JSON.stringify({ code: 200, data })}\n\n`)
        .join(''),
    },
    {
      name: 'within the JSON of a tool’s input',
      body:
        start +
        block({ type: 'tool_use', id: 't', name: 'n' }) +
        delta('input_json_delta', 'partial_json', `{"key":"a ${written}`) +
        delta('input_json_delta', 'partial_json', ' b"}') +
        stop,
    },
    {
      name: 'as a tool’s whole input, its id and its name',
      body: answer(block({ type: 'tool_use', id: 'KEY', name: 'KEY', input: { KEY: ['KEY'] } })),
    },
    {
      name: 'as a signature and redacted thinking',
      body: answer(
        block({ type: 'thinking', signature: 'KEY' }) + block({ type: 'redacted_thinking', data: 'KEY' }, 1),
      ),
    },
    { name: 'in a block of a type that is not known', body: answer(block({ type: 'new', KEY: { deep: ['KEY'] } })) },
    { name: 'as the type of a block', body: answer(block({ type: 'KEY' })) },
    {
      name: 'as the reason of its end',
      body: answer(text, say(event({ type: 'message_delta', delta: { stop_reason: 'KEY', stop_sequence: 'KEY' } }))),
    },
    { name: 'in a comment and an event’s name', body: answer(`: ${key}\n\nevent: ${key}\ndata: {"x":1}\n\n${text}`) },
    { name: 'as a stray line of a stream that is cut', body: answer(text + textDelta('so'), `\nthe key is ${key}\n`) },
    { name: 'as a stray error', body: answer(text + textDelta('so'), `\n${error({ message: 'bad key KEY' })}\n`) },
    {
      name: 'in an error of the stream',
      body: answer(text, `event: error\ndata: ${error({ message: 'KEY', request_id: 'KEY' })}\n\n`),
    },
    { name: 'in an error event that is no JSON', body: answer(text, `event: error\ndata: no such key ${key}\n\n`) },
    {
      name: 'in a message that comes whole',
      body: say(
        JSON.stringify({
          ...whole,
          content: [
            { type: 'text', text: 'KEY' },
            { type: 'tool_use', id: 'KEY', name: 'KEY', input: { a: 'KEY' } },
          ],
          stop_reason: 'KEY',
        }),
      ),
    },
    { name: 'in every header', body: answer(text), headers: headersWith(key) },
    { name: 'in every header of a failure', status: 400, body: '{}', headers: headersWith(key) },
    { name: 'as the request’s id in an error', status: 400, body: error({ message: 'no', request_id: 'KEY' }) },
    { name: 'as the request’s id in an error’s words', status: 400, body: error({ message: 'no (request id: KEY)' }) },
    { name: 'in the words of an error', status: 401, body: error({ message: 'Incorrect key KEY given' }) },
    ...[270, 280, 290, 295].map(before => ({
      name: `where an error’s words are cut, behind ${before} characters`,
      status: 401,
      body: say(`${'word '.repeat(before / 5)}KEY and more`),
    })),
    {
      name: 'in an error within an error',
      status: 400,
      body: say(JSON.stringify({ error: { metadata: { raw: JSON.stringify({ error: { message: 'no KEY' } }) } } })),
    },
    {
      name: 'in an error’s details',
      status: 400,
      body: say(JSON.stringify({ success: false, msg: 'KEY', details: 'KEY' })),
    },
    { name: 'in an error that is a string', status: 400, body: say(JSON.stringify({ error: 'KEY' })) },
    { name: 'in JSON that is cut', status: 500, body: say('{"error":{"message":"the key KEY') },
    { name: 'in a page', status: 502, body: `<html><head><title>no ${key}</title></head><body>${key}</body></html>` },
    {
      name: 'in a page without a title',
      status: 502,
      body: `<html><body><p>${'word '.repeat(57)}${key}</p></body></html>`,
    },
    { name: 'in a redirect', status: 302, body: '', headers: { location: `https://other.test/${key}` } },
    { name: 'in words', status: 200, body: `your key is ${key}` },
  ];
}

/**
 * Whole, byte by byte, and cut once at every byte that the key, or a piece of it, is near. Escapes are long, and their
 * every cut is the business of `textRedactor.test.ts`.
 */
export function* slicingsOf(body: string, written: string): Generator<Slicing> {
  const first = Math.max(0, body.indexOf(written.slice(0, 4)) - 2);
  const last = body.lastIndexOf(written.slice(-4)) + 6;
  for (const slicing of everySlicing(new TextEncoder().encode(body))) {
    const cut = slicing.chunks.length === 2 ? (slicing.chunks[0]?.length ?? 0) : first;
    if (cut >= first && cut <= last && (cut === first || !written.includes('\\'))) yield slicing;
  }
}

export function headersWith(key: string): Record<string, string> {
  const names = ['request-id', 'x-request-id', 'x-oneapi-request-id', 'cf-ray', 'location', 'server', 'retry-after'];
  return {
    ...Object.fromEntries(names.map(name => [name, key])),
    'x-words': `Bearer ${key}; key=${key}`,
    [`x-${key.toLowerCase().replace(/[^a-z0-9-]/g, '-')}`]: '1',
  };
}

/** The first part of the key, of eight characters, that `seen` holds as text, whatever escapes stand in it. */
export function partOfKeyIn(seen: unknown, key: string): string | undefined {
  let text = JSON.stringify(seen);
  let all = text;
  // Escapes within escapes: what a text holds that is JSON itself is looked into as well.
  for (let depth = 0; depth < 3 && text.includes('\\'); depth++) {
    text = text.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, readEscape);
    all += `\n${text}`;
  }
  const lowerCase = all.toLowerCase();
  // Every part holds one of these, of which there are few: usually nothing of the key is there.
  const fours = Array.from({ length: Math.floor((key.length - 4) / 5) + 1 }, (_, at) => key.slice(at * 5, at * 5 + 4));
  if (!fours.some(four => lowerCase.includes(four.toLowerCase()))) return undefined;
  return partsOf(key).find(part => lowerCase.includes(part.toLowerCase()));
}

function partsOf(key: string): string[] {
  return Array.from({ length: key.length - 7 }, (_, at) => key.slice(at, at + 8));
}

function readEscape(_: string, code: string | undefined, character: string | undefined): string {
  return code === undefined ? (character ?? '') : String.fromCharCode(Number.parseInt(code, 16));
}

function event(data: object): string {
  return `event: ${'type' in data ? String(data.type) : ''}\ndata: ${JSON.stringify(data)}\n\n`;
}
