import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextSizeOf } from '../../../src/core/request/nextSize.ts';
import { type AnswerSources, prepareAnswer } from '../../../src/core/request/prepareAnswer.ts';
import { RequestMeter } from '../../../src/core/request/requestMeter.ts';
import type { AnswerRecord, TurnRecord } from '../../../src/core/conversation/turns.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import { estimateRequestTokens } from '../../../src/core/tokens/estimate.ts';
import type { Attachment, Excerpt } from '../../../src/shared/attachment.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import type { Parameters } from '../../../src/shared/parameters.ts';
import { cpuTime } from '../../support/cpuTime.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const image: Attachment = {
  id: 'i',
  kind: 'image',
  name: 'i.png',
  source: { type: 'base64', mediaType: 'image/png', data: png },
};
const pdf: Attachment = { id: 'p', kind: 'document', name: 'p.pdf', source: { type: 'url', url: 'https://x.example' } };
const code: Excerpt = {
  path: 'src/a.ts',
  uri: 'file:///a.ts',
  languageId: 'typescript',
  startLine: 1,
  endLine: 900,
  code: 'export const total = items.reduce((sum, item) => sum + item.price, 0);\n'.repeat(200),
};
const tools = [{ name: 'look', input_schema: { type: 'object', properties: { at: { type: 'string' } } } }];

const history: TurnRecord[] = [
  { ...ask('explain'), intent: 'explain', excerpts: [code] },
  answer('It adds prices up. '.repeat(50)),
  { ...ask('What does this show?'), attachments: [image, pdf] },
  answer('A dot.'),
];
const toolLoop: TurnRecord[] = [
  ask('Look at the sky'),
  {
    ...answer(''),
    content: [
      { type: 'thinking', thinking: 'I should look, and then think about it. '.repeat(20), signature: 's' },
      { type: 'tool_use', id: 't', name: 'look', inputJson: '{"at":"the sky"}', input: { at: 'the sky' } },
    ],
  },
];

describe('The measure is the estimate of the whole request', () => {
  const cases: [what: string, history: TurnRecord[], next: UserTurn, parameters: Parameters][] = [
    ['for a first message', [], ask('Hello there'), {}],
    ['with a history', history, ask('And now?'), {}],
    ['with attachments beside the message', history, { ...ask('See'), attachments: [image, pdf] }, {}],
    ['with attachments alone', [], { ...ask(''), attachments: [image] }, {}],
    ['with a system prompt, tools and thinking', history, ask('And now?'), settingMuch()],
    ['with a prefill', history, ask('JSON'), { prefill: '{"a":' }],
    [
      'with the results of a tool',
      [...history, ...toolLoop],
      { ...ask(''), toolResults: [{ toolUseId: 't', text: 'blue', isError: false }] },
      settingMuch(),
    ],
    ['for a review', history, { ...ask('Review'), intent: 'review', excerpts: [code] }, {}],
  ];
  for (const [what, before, next, parameters] of cases) {
    test(what, () => {
      const sources = sourcesWith(parameters);
      const meter = new RequestMeter();
      const whole = estimateRequestTokens(prepareAnswer([...before, next], [], sources).body).tokens;
      for (const time of ['measured', 'remembered']) {
        const { total } = meter.measure(before, next, sources);
        assert.ok(Math.abs(total - whole) <= 2, `${time}: ${total}, not ${whole}`);
      }
    });
  }
});

test('the parts add up, and what was attached is told from what was said', () => {
  const parts = new RequestMeter().measure(
    history,
    { ...ask('See'), attachments: [image] },
    sourcesWith(settingMuch()),
  );
  const sum = parts.system + parts.tools + parts.history + parts.attachments + parts.message;
  assert.ok(Math.abs(parts.total - sum) < 50, `${sum} of ${parts.total}`);
  assert.ok(parts.attachments > 3_000 && parts.history < 1_000, JSON.stringify(parts));
});

test('what was attached to a question whose answer failed is no part of the next request', () => {
  const problem = { kind: 'overloaded', detail: '' } as const;
  const failed: AnswerRecord = { ...answer(''), content: [], state: { phase: 'failed', problem } };
  const lost: TurnRecord[] = [{ ...ask('See this'), attachments: [image, pdf] }, failed];
  const parts = new RequestMeter().measure(lost, ask('And now?'), sourcesWith({}));
  assert.deepEqual([parts.attachments, parts.history], [0, 0]);
});

test('what is being written is looked at anew, what has ended is not', () => {
  const meter = new RequestMeter();
  const growing: AnswerRecord = { ...answer('one'), state: { phase: 'streaming' } };
  const before: TurnRecord[] = [ask('a'), growing];
  const first = meter.measure(before, ask('b'), sourcesWith({})).total;
  growing.content = [{ type: 'text', text: 'one two three four five six seven' }];
  assert.ok(meter.measure(before, ask('b'), sourcesWith({})).total > first);
});

test('a key in a conversation of megabytes costs a fraction of measuring it', () => {
  const long: TurnRecord[] = Array.from({ length: 500 }, (_, index) => [
    ask(`Question ${index}`),
    answer('The quick brown fox jumps over const value = getUser(id);\n'.repeat(180)),
  ]).flat();
  const meter = new RequestMeter();
  const timed = (text: string): number => cpuTime(() => meter.measure(long, ask(text), sourcesWith({})));
  const first = timed('a');
  const later = Math.min(...Array.from({ length: 5 }, (_, index) => timed('a'.repeat(index))));
  assert.ok(later < first / 5, `${later} ms after ${first} ms`);
});

describe('The size that is shown', () => {
  const parts = { total: 10_000, system: 0, tools: 0, history: 9_000, attachments: 0, message: 990, maxTokens: 100 };

  test('is priced as written to the cache, but for what is in it', () => {
    const fresh = nextSizeOf(parts, sourcesWith({}));
    assert.equal(fresh.inputCostUsd, (10_000 * 3.75) / 1e6);
    const warm = nextSizeOf(parts, sourcesWith({}), 8_000);
    assert.equal(warm.inputCostUsd, (2_000 * 3.75 + 8_000 * 0.3) / 1e6);
    assert.equal(warm.cached, 8_000);
  });

  test('is priced as plain input where nothing is cached', () => {
    assert.equal(nextSizeOf(parts, sourcesWith({ cache: false })).inputCostUsd, (10_000 * 3) / 1e6);
    const short = nextSizeOf({ ...parts, total: 500 }, sourcesWith({}));
    assert.equal(short.inputCostUsd, (500 * 3) / 1e6);
  });

  test('names no price and no window that nobody knows', () => {
    const size = nextSizeOf(parts, { ...sourcesWith({}), rules: rulesFor('somebody-elses-model') });
    assert.equal(size.contextWindow, undefined);
    assert.equal(size.inputCostUsd, undefined);
    assert.equal(size.inputPrice, undefined);
  });
});

function sourcesWith(parameters: Parameters): AnswerSources {
  const model = 'claude-sonnet-4-5';
  return {
    settings: {
      model,
      maxTokens: 8192,
      stream: true,
      systemPrompt: '',
      reviewSystemPrompt: 'Review with care.',
      stopSequences: [],
      metadataUserId: '',
      promptCaching: true,
    },
    parameters,
    rules: rulesFor(model),
    refusedFields: new Set(),
    isThinkingRefused: () => false,
  };
}

function settingMuch(): Parameters {
  return { system: 'Be kind to everybody.', tools, thinking: { type: 'enabled', budget_tokens: 2_000 } };
}

function ask(text: string): UserTurn {
  return { id: `u ${text}`, role: 'user', createdAt: 0, intent: 'chat', text, excerpts: [] };
}

function answer(text: string): AnswerRecord {
  return {
    id: `a ${text}`,
    role: 'assistant',
    createdAt: 0,
    model: 'claude-sonnet-4-5',
    content: text === '' ? [] : [{ type: 'text', text }],
    state: { phase: 'complete', stopReason: 'end_turn' },
  };
}
