import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerAssembler, type AnswerListener } from '../../../src/core/messages/assembler.ts';
import { readAnswer } from '../../../src/core/messages/readAnswer.ts';
import { takeUsualDelta } from '../../../src/core/messages/usualDelta.ts';
import { borderWithoutNetwork } from '../../support/border.ts';
import { inThread } from '../../support/inThread.ts';
import { arriving, everySlicing, type Slicing } from '../../support/slicings.ts';

const textDelta = (written: string): string =>
  `{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${written}"}}`;
const inputDelta = (written: string): string =>
  `{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"${written}"}}`;

/** No key is in what is read: nothing of one answer stays in it for the next. */
const border = borderWithoutNetwork();

/** Data of an event, and whether it may be taken without being parsed as a whole. */
const lines: { name: string; data: string; usual: boolean }[] = [
  { name: 'plain text', data: textDelta('a word'), usual: true },
  { name: 'no text at all', data: textDelta(''), usual: true },
  { name: 'characters of every width', data: textDelta('Grüße, 世界 😀\u2028\u007f\ufeff'), usual: true },
  { name: 'escaped quotes', data: textDelta(String.raw`say \"yes\"`), usual: true },
  { name: 'a backslash', data: textDelta(String.raw`C:\\`), usual: true },
  { name: 'a backslash before the closing quote', data: textDelta(String.raw`\\\"`), usual: true },
  { name: 'every short escape', data: textDelta(String.raw`\"\\\/\b\f\n\r\t`), usual: true },
  { name: 'unicode escapes', data: textDelta(String.raw`\u0041\ud83d\ude00\u0000`), usual: true },
  { name: 'half of a surrogate pair', data: textDelta(String.raw`\ud83d`), usual: true },
  { name: "the event's own end within the text", data: textDelta(String.raw`a\"}}b`), usual: true },
  { name: 'another event within the text', data: textDelta(textDelta('a').replaceAll('"', '\\"')), usual: true },
  { name: 'a delta of thinking', data: textDelta('hm').replaceAll('text', 'thinking'), usual: true },
  { name: 'a piece of tool input', data: inputDelta(String.raw`{\"a\": [1, \"`), usual: true },
  { name: 'another index', data: textDelta('a').replace('"index":0', '"index":7'), usual: true },
  { name: 'an index of two digits', data: textDelta('a').replace('"index":0', '"index":10'), usual: false },
  { name: 'an index with a leading zero', data: textDelta('a').replace('"index":0', '"index":00'), usual: false },
  { name: 'a fraction for an index', data: textDelta('a').replace('"index":0', '"index":0.5'), usual: false },
  { name: 'a negative index', data: textDelta('a').replace('"index":0', '"index":-1'), usual: false },
  { name: 'an index as a string', data: textDelta('a').replace('"index":0', '"index":"0"'), usual: false },
  { name: 'no index', data: textDelta('a').replace('"index":0,', ''), usual: false },
  { name: 'a long text', data: textDelta('a'.repeat(5_000)), usual: false },
  { name: 'keys in another order', data: '{"type":"content_block_delta","delta":{"type":"text_delta","text":"a"},"index":0}', usual: false }, // prettier-ignore
  { name: 'the text before its type', data: '{"type":"content_block_delta","index":0,"delta":{"text":"a","type":"text_delta"}}', usual: false }, // prettier-ignore
  { name: 'a property more in the event', data: textDelta('a').replace(/\}$/, ',"p":"}}"}'), usual: false },
  { name: 'a property more in the delta', data: textDelta('a').replace(/\}\}$/, ',"citations":[]}}'), usual: false },
  { name: 'a second text', data: textDelta('a').replace(/\}\}$/, ',"text":"b"}}'), usual: false },
  { name: 'a text that is no string', data: textDelta('a').replace('"a"', '{"text":"a"}'), usual: false },
  { name: 'an envelope', data: `{"code":200,"data":${textDelta('a')}}`, usual: false },
  { name: 'blanks between', data: textDelta('a').replaceAll(',', ', '), usual: false },
  { name: 'a blank behind', data: `${textDelta('a')} `, usual: false },
  { name: 'a closing brace too many', data: `${textDelta('a')}}`, usual: false },
  { name: 'a closing brace too few', data: textDelta('a').slice(0, -1), usual: false },
  { name: 'a bare end within the text', data: textDelta('a"}}b'), usual: false },
  { name: 'a bare quote', data: textDelta('a"b'), usual: false },
  { name: 'a backslash that opens nothing', data: textDelta('a\\'), usual: false },
  { name: 'an escape that JSON does not have', data: textDelta(String.raw`\x41`), usual: false },
  { name: 'a unicode escape that is cut', data: textDelta(String.raw`\u00`), usual: false },
  { name: 'a bare tab', data: textDelta('a\tb'), usual: false },
  { name: 'a text over two data lines', data: textDelta('a\ndata: b'), usual: false },
  { name: 'an event over two data lines', data: textDelta('a').replace(',"delta"', '\ndata: ,"delta"'), usual: false },
];

const checkEverySlicing = await inThread(import.meta.url, async (data: string): Promise<void> => {
  for (const eol of ['\n', '\r\n']) {
    const parsed = await read([Buffer.from(streamOf(parsedForm(data), eol))]);
    for (const { name: cut, chunks } of slicingsOf(streamOf(data, eol))) {
      assert.deepEqual(await read(chunks), parsed, cut);
    }
  }
});

for (const { name, data, usual } of lines) {
  test(`${name}: the same read whole as parsed, in every slicing`, async () => {
    assert.equal(takeUsualDelta({ delta: () => undefined }, data), usual);
    await checkEverySlicing(data);
  });
}

// Not in the table: how much is read behind an error depends on the slicing.
test('a delta with an error glued on is parsed', async () => {
  const data = `${textDelta('a')}{"error":{"message":"glued"}}`;
  assert.equal(takeUsualDelta({ delta: () => undefined }, data), false);
  const [taken, parsed] = await Promise.all(
    [data, parsedForm(data)].map(form => read([Buffer.from(streamOf(form, '\n'))])),
  );
  assert.deepEqual(taken, parsed);
});

test('a text is taken exactly where it is a JSON string, for every character bare and escaped', t => {
  const { stackTraceLimit } = Error;
  // Half of the texts are none, and the stack of each error costs more than all else.
  Error.stackTraceLimit = 0;
  t.after(() => (Error.stackTraceLimit = stackTraceLimit));
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    for (const written of [`a${character}b`, `a\\${character}b`]) {
      const expected = parsedText(textDelta(written));
      let taken: string | undefined;
      takeUsualDelta({ delta: (_index, _type, text) => (taken = text) }, textDelta(written));
      if (taken !== expected) assert.equal(taken, expected, `U+${code.toString(16)} ${written}`);
    }
  }
});

/** The same data in a form that is never taken whole. */
function parsedForm(data: string): string {
  return data.replace('{', '{ ');
}

function parsedText(data: string): string | undefined {
  try {
    return (JSON.parse(data) as { delta: { text: string } }).delta.text;
  } catch {
    return undefined;
  }
}

function streamOf(data: string, eol: string): string {
  const lineEnds = data.replaceAll('\n', eol);
  return [
    'event: message_start',
    'data: {"type":"message_start","message":{"id":"msg_1","model":"m"}}',
    '',
    'event: content_block_delta',
    `data: ${lineEnds}`,
    '',
    `data: ${textDelta('after')}`,
    '',
    'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}',
    '',
    '',
  ].join(eol);
}

/** Every slicing; of a long stream, which has too many, the whole and the finest. */
function slicingsOf(stream: string): Slicing[] {
  const slicings = [...everySlicing(Buffer.from(stream))];
  return stream.length < 2_000 ? slicings : slicings.slice(0, 2);
}

/** Everything that a caller can see of an answer. */
async function read(chunks: Uint8Array[]): Promise<unknown> {
  const seen: unknown[] = [];
  const listener: AnswerListener = {
    blockStarted: (position, content) => seen.push(['blockStarted', position, content.type]),
    textAppended: (position, text) => seen.push(['textAppended', position, text]),
    restarted: () => seen.push(['restarted']),
  };
  const assembler = new AnswerAssembler(listener, border.redaction);
  const outcome = await readAnswer({ status: 200, headers: {}, body: arriving(chunks) }, border, assembler);
  return { seen, outcome, unknown: [...assembler.unknownTypes] };
}
