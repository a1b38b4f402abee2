import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toMessages } from '../../../src/core/request/toMessages.ts';
import type { AnswerRecord, TurnRecord } from '../../../src/core/conversation/turns.ts';
import type { Citation } from '../../../src/core/messages/wire.ts';
import { dot } from '../../support/dot.ts';
import { turn } from '../../support/session.ts';
import { answered, calling, declined, failed, handedBack, ran, result, seen } from '../../support/turns.ts';

function messages(turns: TurnRecord[]): unknown[] {
  return toMessages(turns, { thinking: () => false, toolUses: true }).map(({ role, content }) => [role, content]);
}

test('a question whose answer failed stays out of what is sent, wherever it stands', () => {
  const lost = turn('lost');
  assert.deepEqual(messages([lost, failed, turn('next')]), [['user', turn('next').text]]);
  assert.deepEqual(messages([turn('first'), answered, lost, failed, lost, failed, turn('next')]), [
    ['user', turn('first').text],
    ['assistant', 'Green.'],
    ['user', turn('next').text],
  ]);
});

test('a question that is tried again goes out', () => {
  assert.deepEqual(messages([turn('lost')]), [['user', turn('lost').text]]);
});

test('an answer that was cut keeps its question: something of it was said', () => {
  const cut: AnswerRecord = { ...answered, state: { phase: 'truncated', problem: { kind: 'endedEarly', detail: '' } } };
  assert.equal(messages([turn('first'), cut, turn('next')]).length, 3);
});

test('results that went out in vain go out with the next message: their calls have no others', () => {
  assert.deepEqual(messages([turn('look'), calling, result, failed, turn('and?')]), [
    ['user', turn('look').text],
    ['assistant', [{ type: 'tool_use', id: 't', name: 'look', input: {} }]],
    [
      'user',
      [
        { type: 'tool_result', tool_use_id: 't', content: 'blue' },
        { type: 'text', text: turn('and?').text },
      ],
    ],
  ]);
});

test('what was declined stays out, with what it was to answer', () => {
  assert.deepEqual(messages([turn('bad'), declined, turn('next')]), [['user', turn('next').text]]);
});

test('a call whose results never came is handed back with the question after the failed one', () => {
  const sent = messages([turn('look'), calling, turn('lost'), failed, turn('and?')]) as [string, { type: string }[]][];
  assert.deepEqual(
    sent.map(([role]) => role),
    ['user', 'assistant', 'user'],
  );
  assert.equal(sent[2]?.[1][0]?.type, 'tool_result');
});

test('citations go back with their text where the document that they name stands in its place', () => {
  const file = { id: 'd', kind: 'document', name: 'spec.pdf', source: { type: 'url', url: 'https://a.test' } } as const;
  const asked: TurnRecord = { ...turn('what?'), attachments: [file] };
  const place = (index: number, title: string) => ({
    type: 'page_location',
    document_index: index,
    document_title: title,
  });
  const page = { type: 'web_search_result_location', url: 'https://b.test', encrypted_index: 'Eo8' };
  const cited = (...citations: Citation[]): AnswerRecord => ({
    ...answered,
    content: [
      { type: 'text', text: 'Green.', citations },
      { type: 'text', text: 'Or so.' },
    ],
  });
  const held = place(0, 'spec.pdf');
  const texts = [
    { type: 'text', text: 'Green.', citations: [held] },
    { type: 'text', text: 'Or so.' },
  ];
  const given = cited({ ...held, file_id: 'f' }, place(1, 'spec.pdf'), place(0, 'other.pdf'), page);
  assert.deepEqual(messages([asked, given, turn('next')])[1], ['assistant', texts]);
  assert.deepEqual(messages([turn('what?'), given, turn('next')])[1], ['assistant', 'Green.\n\nOr so.']);

  const paused: AnswerRecord = { ...cited(page), state: { phase: 'complete', stopReason: 'pause_turn' } };
  const sent = toMessages([turn('look'), paused], { thinking: () => false, toolUses: true, paused });
  assert.deepEqual(sent[1]?.content, paused.content);
});

const call = (id: string, name = 'look') => ({ type: 'tool_use', id, name, inputJson: '{}', input: {} }) as const;

for (const [what, ids, sentIds] of [
  ['one id', ['look', 'look'], ['look', 'look_2']],
  ['no id', ['', ''], ['toolu', 'toolu_2']],
  ['ids that differ in what is replaced', ['call.1', 'call:1'], ['call_1', 'call_1_2']],
] as const) {
  test(`results of two calls with ${what} go to them by position, under ids of their own`, () => {
    const asked: AnswerRecord = { ...calling, content: ids.map(id => call(id)) };
    const given: TurnRecord = {
      ...turn(''),
      toolResults: ['sunny', 'snow'].map((text, index) => ({ toolUseId: ids[index] ?? '', text, isError: false })),
    };
    const sent = messages([turn('look'), asked, given]) as [string, Record<string, unknown>[]][];
    assert.deepEqual(
      sent[1]?.[1].map(block => block['id']),
      sentIds,
    );
    assert.deepEqual(
      sent[2]?.[1].map(block => [block['tool_use_id'], block['content']]),
      [
        [sentIds[0], 'sunny'],
        [sentIds[1], 'snow'],
      ],
    );
  });
}

test('ids that begin anew in each answer go out once each', () => {
  const asked: AnswerRecord = { ...calling, content: [call('call_0')] };
  const given = (text: string): TurnRecord => ({
    ...turn(''),
    toolResults: [{ toolUseId: 'call_0', text, isError: false }],
  });
  const sent = messages([turn('look'), asked, given('blue'), asked, given('red')]) as [
    string,
    Record<string, unknown>[],
  ][];
  assert.deepEqual(
    sent.slice(1).map(([, [block]]) => [block?.['id'] ?? block?.['tool_use_id'], block?.['content']]),
    [
      ['call_0', undefined],
      ['call_0', 'blue'],
      ['call_0_2', undefined],
      ['call_0_2', 'red'],
    ],
  );
});

test('what has run here goes back with the turn behind it, whatever that says', () => {
  const given = { type: 'tool_result', tool_use_id: 't', content: 'the sky' };
  assert.deepEqual(messages([turn('look'), ran, handedBack]).at(-1), ['user', [given]]);
  assert.deepEqual(messages([turn('look'), ran, turn('and?')]).at(-1), [
    'user',
    [given, { type: 'text', text: turn('and?').text }],
  ]);
  assert.deepEqual(messages([turn('look'), ran, handedBack, failed, turn('and?')]).length, 3);
});

test('an image that a tool has brought goes back in its result, behind the words', () => {
  const source = { type: 'base64', media_type: 'image/png', data: dot.toString('base64') };
  const content = [
    { type: 'text', text: 'the sky' },
    { type: 'image', source },
  ];
  assert.deepEqual(messages([turn('look'), seen, handedBack]).at(-1), [
    'user',
    [{ type: 'tool_result', tool_use_id: 't', content }],
  ]);
  const wordless = structuredClone(seen);
  if (wordless.calls?.[0]?.result) wordless.calls[0].result.text = '';
  assert.deepEqual(messages([turn('look'), wordless, handedBack]).at(-1), [
    'user',
    [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source }] }],
  ]);
});
