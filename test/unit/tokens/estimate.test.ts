import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { estimateMessageTokens, estimateRequestTokens, type ReadRequest } from '../../../src/core/tokens/estimate.ts';
import { countPieces, estimateTextTokens } from '../../../src/core/tokens/textTokens.ts';
import { tokenizerOf, toolInstructionTokens } from '../../../src/core/tokens/tokenizer.ts';

interface PublishedCount {
  kind: string;
  id: string;
  set: 'fitted' | 'heldOut';
  tokens: number;
  request?: ReadRequest;
  answer?: { model: string; text: string };
}

const counts = JSON.parse(readFileSync('test/unit/tokens/published/counts.json', 'utf8')) as PublishedCount[];
const endOfTurnTokens = 3;

describe('against counts that the service has reported', () => {
  const kinds: [kind: string, items: number, name: string][] = [
    ['prose', 11, 'English prose'],
    ['structured', 7, 'JSON, XML, shell, calculations and Markdown with code'],
    ['tools', 4, 'requests with tools, tool uses and results'],
    ['japanese', 2, 'Japanese (2 items only: hardly any counts are published)'],
    ['chinese', 2, 'Chinese (2 items only)'],
  ];
  for (const [kind, items, name] of kinds) {
    test(`${name}: the held-out items together are within 15 %`, () => {
      const judged = counts.filter(count => count.kind === kind && count.set === 'heldOut');
      assert.equal(judged.length, items);
      assertWithin(sum(judged.map(estimateOf)), sum(judged.map(count => count.tokens)), 0.15);
    });
  }

  test('half of all items are within 5 %, nine of ten within 15 %', () => {
    const errors = counts.map(count => Math.abs(estimateOf(count) / count.tokens - 1)).sort((a, b) => a - b);
    assert.ok(
      (errors[Math.floor(errors.length * 0.5)] ?? 1) <= 0.05,
      `median ${errors[Math.floor(errors.length / 2)]}`,
    );
    assert.ok(
      (errors[Math.floor(errors.length * 0.9)] ?? 1) <= 0.15,
      `9th decile ${errors[Math.floor(errors.length * 0.9)]}`,
    );
  });

  // Published measurements over longer samples whose texts are not: characters a token, before 4.7 and from it on.
  test('source code has 3.66 and 2.69 characters a token, within 15 %', () => {
    const code = globSync('src/core/**/*.ts')
      .map(file => readFileSync(file, 'utf8'))
      .join('');
    assertWithin(code.length / estimateTextTokens(code, 'claude3'), 3.66, 0.15);
    assertWithin(code.length / estimateTextTokens(code, 'claude47'), 2.69, 0.15);
  });

  test('English prose has 4.33 and 3.60 characters a token, within 15 %', () => {
    const prose = counts.flatMap(({ kind, answer }) => (kind === 'prose' && answer ? [answer.text] : [])).join('\n');
    assertWithin(prose.length / estimateTextTokens(prose, 'claude3'), 4.33, 0.15);
    assertWithin(prose.length / estimateTextTokens(prose, 'claude47'), 3.6, 0.15);
  });
});

test('an estimate says that it is one', () => {
  const count = estimateRequestTokens({ model: 'claude-sonnet-4-5', messages: [{ role: 'user', content: 'Hi' }] });
  assert.deepEqual(count, { tokens: 8, isEstimate: true });
});

test('the pieces of a text', () => {
  const { words, capitals, digits, spaces, spacesBeforeDigits } = countPieces('getUser of HTTP in 12 + 3');
  assert.deepEqual(
    { words, capitals, digits, spaces, spacesBeforeDigits },
    {
      words: 4,
      capitals: 4,
      digits: 3,
      spaces: 1,
      spacesBeforeDigits: 2,
    },
  );
  const mixed = countPieces('日本語のテスト、한국어 и 👋!!\n\n  x');
  assert.deepEqual(
    [mixed.han, mixed.hiragana, mixed.katakana, mixed.widePunctuation, mixed.hangul, mixed.otherLetters, mixed.astral],
    [3, 1, 3, 1, 3, 1, 1],
  );
  assert.deepEqual([mixed.punctuation, mixed.repeatedPunctuation, mixed.lineBreaks], [1, 1, 1]);
});

test('the newer tokenizer costs more in Latin words and the same in Japanese', () => {
  const ratio = (text: string): number => estimateTextTokens(text, 'claude47') / estimateTextTokens(text, 'claude3');
  assertWithin(
    ratio('The same input text produces about a third more tokens than on earlier models. '.repeat(9)),
    1.3,
    0.15,
  );
  assert.equal(ratio('日本語は同じままです。'), 1);
  assert.equal(ratio('1234 5678'), 1);
});

test('which models have it', () => {
  for (const id of ['claude-opus-4-7', 'us.anthropic.claude-opus-4-8-v1:0', 'claude-sonnet-5', 'claude-fable-5-2']) {
    assert.equal(tokenizerOf(id), 'claude47', id);
  }
  for (const id of ['claude-sonnet-4-5-20250929', 'claude-opus-4-20250514', 'claude-opus-4.6', 'gpt-x', '']) {
    assert.equal(tokenizerOf(id), 'claude3', id);
  }
  assert.equal(toolInstructionTokens('claude-opus-4-1-20250805', true), 313);
  assert.equal(toolInstructionTokens('claude-haiku-4-5', false), 496);
});

test('thinking counts within the turn that it belongs to and not afterwards', () => {
  const thought = { type: 'thinking' as const, thinking: 'A long thought about it. '.repeat(40), signature: 's' };
  const use = { type: 'tool_use' as const, id: 't', name: 'f', input: {} };
  const inTurn: ReadRequest = {
    model: 'claude-sonnet-4-5',
    messages: [
      { role: 'user', content: 'Do it' },
      { role: 'assistant', content: [thought, use] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'done' }] },
    ],
  };
  const afterwards: ReadRequest = {
    ...inTurn,
    messages: [...inTurn.messages, { role: 'assistant', content: 'Done.' }, { role: 'user', content: 'And now?' }],
  };
  assert.ok(estimateRequestTokens(inTurn).tokens > 200);
  assert.ok(estimateRequestTokens(afterwards).tokens < estimateRequestTokens(inTurn).tokens);
});

test('a tool result counts with its texts and images', () => {
  const result = (content: { type: 'text'; text: string }[]): number =>
    estimateMessageTokens({ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content }] }, 'claude3');
  assert.ok(result([{ type: 'text', text: 'word '.repeat(100) }]) - result([]) > 95);
});

test('cost and work grow with the length, no faster', () => {
  const line = 'The quick brown fox jumps over getUserCountry(42).\n';
  const text = line.repeat(200);
  const long = text.repeat(100);
  // Of the processor, not of the clock: what else runs on the machine does not count.
  const used = (): number => {
    const { user, system } = process.threadCpuUsage();
    return user + system;
  };
  const microseconds = (value: string, times: number): number => {
    const before = used();
    for (let time = 0; time < times; time++) estimateTextTokens(value, 'claude3');
    return used() - before;
  };
  // As much text in both, and the best of some rounds.
  let inOne = Infinity;
  let inMany = Infinity;
  for (let round = 0; round < 5; round++) {
    inOne = Math.min(inOne, microseconds(long, 5));
    inMany = Math.min(inMany, microseconds(text, 500));
  }
  const ratio = inOne / inMany;
  assert.ok(ratio < 10, `a megabyte takes ${ratio.toFixed(1)} times the work of as much in small texts`);
  assertWithin(estimateTextTokens(long, 'claude3'), 100 * estimateTextTokens(text, 'claude3'), 1e-3);
});

function estimateOf({ request, answer }: PublishedCount): number {
  if (request) return estimateRequestTokens(request).tokens;
  assert.ok(answer);
  return endOfTurnTokens + estimateTextTokens(answer.text, tokenizerOf(answer.model));
}

function assertWithin(actual: number, expected: number, share: number): void {
  const error = actual / expected - 1;
  assert.ok(Math.abs(error) <= share, `${actual.toFixed(2)} for ${expected}: ${(error * 100).toFixed(1)} % off`);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
