import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redaction } from '../../../src/core/redaction/redaction.ts';
import { everySlicing, arriving } from '../../support/slicings.ts';

const key = 'sk-ant-api03-Zq8_vW3xT9LmN2pR7cKd5';
const redaction = new Redaction(key);

const redacted: [text: string, seen: string][] = [
  [key, '[key]'],
  [`a${key}b`, 'a[key]b'],
  [`${key}${key} ${key}`, '[key][key] [key]'],
  [key.slice(0, 7), key.slice(0, 7)],
  [key.slice(0, -1), '[key]'],
  [`x sk-ant-api03-${key}`, 'x [key]'],
  [`sk-an${key}`, 'sk-an[key]'],
  ['\\u0073' + key.slice(1), '[key]'],
  ['{"a":"\\n' + key.replace('-', '\\u002D') + '\\n"}', '{"a":"\\n[key]\\n"}'],
  ['{\\"a\\":\\"\\\\u0073' + key.slice(1) + '\\"}', '{\\"a\\":\\"[key]\\"}'],
  // Other keys of known vendors.
  ['Use sk-ant-api03-abcdefghijklmnop_qrs-tuv.', 'Use [key].'],
  ['"sk-proj-abcdefghijklmnopqrstuvwx-yz"', '"[key]"'],
  ['\\nsk-0123456789abcdef0123456789abcdef', '\\n[key]'],
  ['gsk_0123456789abcdef0123456789 xai-0123456789abcdef0123456789', '[key] [key]'],
];

/** What looks like a key's beginning, and is none. */
const kept = [
  'is this the task? yes, as sketched',
  'class="sk-loading-spinner sk-cube-grid sk-1234"',
  'task-0123456789abcdef0123456789abcdef and risk-averse-0123456789abcdef',
  'Keys begin with sk-ant-api03- or sk-ant-…',
  'export KEY=sk-ant-…; pip install sk-learn; C:\\new\\u00e9\\u0041\\',
  's',
  'sk',
  'sk-',
  'sk-ant-',
  '\\',
  '\\u',
  '\\u0',
  '\\u00',
  '\\\\u007',
  'EqQBCgIYAhIkZDlzay1hbnQvc2st+sk/AAAA==',
];

for (const [text, seen] of [...redacted, ...kept.map(text => [text, text] as [string, string])]) {
  test(`${JSON.stringify(text)} is seen as ${JSON.stringify(seen)}, however it is cut`, () => {
    assert.equal(redaction.text(text), seen);
    for (const pieces of everyCut(text)) {
      assert.equal(joined(pieces), seen, pieces.join('|'));
      assert.equal(joinedBehindScreen(pieces), seen, pieces.join('|'));
    }
  });
}

test('pieces of any texts come to the same as the whole, and all that is no key is there', () => {
  const parts = [
    'sk-',
    'ant-',
    'api03-',
    's',
    ' ',
    '\\',
    'u0073',
    'k',
    key,
    key.slice(0, 20),
    key.slice(5),
    'abcdefghijklmnopqrstuv',
    '\\u0073',
    '"',
  ];
  const next = randomNumbers(7);
  for (let count = 0; count < 3_000; count++) {
    const text = Array.from({ length: 1 + next(7) }, () => parts[next(parts.length)]).join('');
    const whole = redaction.pieces();
    const expected = whole.append(text) + whole.end();
    assert.equal(expected.includes(key), false);
    const pieces = text.match(new RegExp(`[^]{1,${1 + next(5)}}`, 'g')) ?? [];
    assert.equal(joined(pieces), expected, JSON.stringify(pieces));
    assert.equal(joinedBehindScreen(pieces), expected, JSON.stringify(pieces));
  }
});

test('only what may become a key waits, and no longer than that', () => {
  const redactor = redaction.pieces();
  const shown = ['the ask', ' is: s', 'k', '-l', 'earn', ' or sk-lo', 'ading-', 'spin', 'ner'].map(piece =>
    redactor.append(piece),
  );
  // The key in use is looked for within words as well.
  assert.deepEqual(shown, ['the a', 'sk is: ', '', '', '', 'sk-learn or ', 'sk-loading-', 'spin', 'ner']);
  assert.equal(redactor.end(), '');
});

test('a vendor’s key is marked once it is known, however long it goes on', () => {
  const redactor = redaction.pieces();
  const pieces = ['it is sk-proj-', 'a'.repeat(30), 'b'.repeat(1_000), 'c', ' and', ' so'];
  assert.deepEqual(
    pieces.map(piece => redactor.append(piece)),
    ['it is ', '[key]', '', '', ' and', ' so'],
  );
});

test('bytes are without the key wherever they are cut, and complete without it', async () => {
  const body = `data: ${key}, s${key}${key}sk-ant-\n\nGrüße ${key.slice(0, 7)}`;
  for (const { name, chunks } of everySlicing(new TextEncoder().encode(body))) {
    const read = await textOf(redaction.bytes(arriving(chunks)));
    assert.equal(read, `data: [key], s[key][key]sk-ant-\n\nGrüße ${key.slice(0, 7)}`, name);
  }
});

test('bytes that end within the key end with its mark', async () => {
  const bytes = new TextEncoder().encode(`so ${key.slice(0, 20)}`);
  for (const { name, chunks } of everySlicing(bytes)) {
    assert.equal(await textOf(redaction.bytes(arriving(chunks))), 'so [key]', name);
  }
});

test('whoever leaves a body early ends what it comes from', async () => {
  let ended = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield await Promise.resolve(new Uint8Array([65]));
    } finally {
      ended = true;
    }
  }
  for await (const chunk of redaction.bytes(source())) {
    assert.equal(chunk.length, 1);
    break;
  }
  assert.ok(ended);
});

test('a word that local servers give as a key stays a word of answers', () => {
  for (const word of ['ollama', 'lm-studio', 'not-needed', 'demo', '']) {
    const said = `Set the key to ${word}, or to ${word}.`;
    assert.equal(new Redaction(word).text(said), said);
  }
});

test('fields nested deeper than a stack are gone through, and __proto__ stays a field', () => {
  const depth = 100_000;
  const nested = JSON.parse(`${'[{"a":'.repeat(depth)}"${key}"${'}]'.repeat(depth)}`) as unknown;
  let inner = redaction.fields(nested);
  for (let level = 0; level < depth; level++) inner = (inner as [{ a: unknown }])[0].a;
  assert.equal(inner, '[key]');
  const named = redaction.fields(JSON.parse(`{"__proto__":"${key}","${key}":{"__proto__":1}}`) as object);
  assert.equal(JSON.stringify(named), '{"__proto__":"[key]","[key]":{"__proto__":1}}');
});

function joined(pieces: readonly string[], redactor = redaction.pieces()): string {
  return pieces.map(piece => redactor.append(piece)).join('') + redactor.end();
}

/** As an answer's deltas are read, each from a chunk that was looked at before. */
function joinedBehindScreen(pieces: readonly string[]): string {
  const screen = redaction.screen();
  screen.begin();
  const redactor = redaction.pieces(screen);
  const seen = pieces.map(piece => {
    screen.see(piece);
    return redactor.append(piece);
  });
  return seen.join('') + redactor.end();
}

function* everyCut(text: string): Generator<string[]> {
  yield Array.from(text);
  for (let cut = 1; cut < text.length; cut++) {
    yield [text.slice(0, cut), text.slice(cut)];
    for (let second = cut + 1; second < text.length; second++) {
      yield [text.slice(0, cut), text.slice(cut, second), text.slice(second)];
    }
  }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** Whole numbers below a bound, the same ones in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
