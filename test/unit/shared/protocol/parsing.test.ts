import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseInspectorMessage } from '../../../../src/shared/protocol/inspector.ts';
import { parseToolTrialMessage } from '../../../../src/shared/protocol/toolTrial.ts';
import { parseUsageMessage } from '../../../../src/shared/protocol/usage.ts';
import { parseFromView, type ViewMessage } from '../../../../src/shared/protocol/viewMessage.ts';
import {
  inspectorSamples,
  requestSamples,
  toolTrialSamples,
  usageSamples,
  viewSamples,
} from '../../../support/messageSamples.ts';

/** What a page posts, and the fields that may be missing or wrong: the message then means the same without them. */
const borders: [name: string, parse: (value: unknown) => unknown, samples: object[], optional: string[]][] = [
  [
    'the view',
    parseViewMessage,
    Object.values(viewSamples).flat(),
    [
      'setParameter.value',
      'goOnInNew.summaryTurnId',
      'openPath.place',
      'openPath.isBeside',
      'openSymbol.isBeside',
      'send.steers',
      'openConversation.turnId',
      'openConversationInTab.turnId',
    ],
  ],
  [
    'the view that asks for something',
    parseRequest,
    Object.values(requestSamples).flat(),
    ['peekPath.place', 'listConversations.after'],
  ],
  ['the inspector', parseInspectorMessage, Object.values(inspectorSamples).flat(), []],
  ['the page that tries a tool', parseToolTrialMessage, Object.values(toolTrialSamples).flat(), []],
  ['the usage page', parseUsageMessage, Object.values(usageSamples).flat(), []],
];

/** One value of each kind that a message can hold. */
const kinds: unknown[] = [undefined, null, 3, 1.5, 'another', true, {}, []];

for (const [name, parse, samples, optional] of borders) {
  describe(`A message of ${name}`, () => {
    for (const sample of samples) {
      test(`passes the border as it is: ${JSON.stringify(sample)}`, () => {
        assert.deepEqual(parse(structuredClone(sample)), sample);
        assert.deepEqual(parse({ ...sample, more: 1 }), sample);
      });
    }

    for (const sample of samples) {
      const fields = Object.entries(sample).filter(([field]) => field !== 'type');
      for (const [field, value] of fields) {
        const wrong = kinds.filter(kind => kindOf(kind) !== kindOf(value));
        test(`does not pass with another ${field}: ${JSON.stringify(sample)}`, () => {
          const isOptional = optional.includes(`${'type' in sample ? String(sample.type) : ''}.${field}`);
          const others = Object.fromEntries(Object.entries(sample).filter(([other]) => other !== field));
          if (isOptional) assert.deepEqual(parse(others), others);
          else for (const other of wrong) assert.equal(parse({ ...sample, [field]: other }), undefined, String(other));
        });
      }
    }

    test('is an object with a type that is known', () => {
      for (const value of [undefined, null, 'ready', 3, [], {}, { type: 3 }]) assert.equal(parse(value), undefined);
      for (const type of ['', 'unknown', 'toString', 'constructor', '__proto__', 'hasOwnProperty']) {
        assert.equal(parse({ type }), undefined, type);
      }
    });
  });
}

function parseViewMessage(value: unknown): ViewMessage | undefined {
  return parseFromView(value)?.message;
}

function parseRequest(request: unknown): unknown {
  const message = parseViewMessage({ type: 'request', id: 3, request });
  return message?.type === 'request' ? message.request : message;
}

/** Whole numbers are a kind of their own. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

test('what is of the right kind, and still no value, does not pass', () => {
  const values: unknown[] = [
    { type: 'finding', turnId: 't', findingId: 'f', action: 'delete' },
    { type: 'typeParameter', name: 'unknown', text: '' },
    { type: 'setParameter', name: '__proto__', value: 1 },
    { type: 'openLocation', uri: 'file:///x', line: Infinity },
    { type: 'openPath', path: '' },
    { type: 'openSymbol', name: 'rm -rf' },
    { type: 'openPath', path: 'x'.repeat(401) },
    { type: 'detach', ids: ['a', 1] },
    { type: 'sendToolResults', results: [] },
    { type: 'sendToolResults', results: [{ toolUseId: 'u', text: '', isError: false }, { toolUseId: 'v' }] },
    { type: 'sendToolResults', results: [{ toolUseId: 'u', text: '', isError: 'no' }] },
    { type: 'useCode', action: 'run', text: '', language: '' },
    { type: 'command', command: 'workbench.action.terminal.sendSequence' },
    { type: 'command', command: 'marginalia.removeApiKey' },
    { type: 'setUpKey', from: 'https://evil.example' },
  ];
  for (const value of values) assert.equal(parseViewMessage(value), undefined, JSON.stringify(value));
  for (const paths of [[], [3, '', 'x'.repeat(401)]])
    assert.equal(parseRequest({ type: 'resolvePaths', paths }), undefined);
  const place = { id: 'c', updatedAt: 5, isPinned: false };
  for (const after of [null, 3, {}, { ...place, id: 1 }, { ...place, updatedAt: '5' }, { ...place, isPinned: 0 }])
    assert.equal(parseRequest({ type: 'listConversations', shelf: 'current', after }), undefined);
  assert.equal(parseRequest({ type: 'listConversations', shelf: 'lost' }), undefined);
  assert.equal(parseInspectorMessage({ type: 'copy', id: 'e', form: 'binary' }), undefined);
  assert.equal(parseUsageMessage({ type: 'show', span: { kind: 'days', count: 8 }, timeZone: '' }), undefined);
});

test('what is left out of a message leaves the rest of it', () => {
  const read: [given: unknown, read: unknown][] = [
    [
      { type: 'openPath', path: 'a.ts', place: { line: 0 } },
      { type: 'openPath', path: 'a.ts' },
    ],
    [
      { type: 'openPath', path: 'a.ts', place: { line: 1, column: 0, endLine: '9', more: 1 } },
      { type: 'openPath', path: 'a.ts', place: { line: 1 } },
    ],
    [{ type: 'goOnInNew', summaryTurnId: 3 }, { type: 'goOnInNew' }],
    [
      { type: 'typeToolResults', conversationId: 'c', turnId: 't', results: [3, { text: 'a' }] },
      {
        type: 'typeToolResults',
        conversationId: 'c',
        turnId: 't',
        results: [
          { text: '', isError: false },
          { text: 'a', isError: false },
        ],
      },
    ],
  ];
  const paths = Array.from({ length: 201 }, (_, index) => `f${index}.ts`);
  assert.deepEqual(parseRequest({ type: 'resolvePaths', paths: [3, 'a.ts', '', 'x'.repeat(401), 'b.ts'] }), {
    type: 'resolvePaths',
    paths: ['a.ts', 'b.ts'],
  });
  assert.deepEqual(parseRequest({ type: 'resolvePaths', paths }), { type: 'resolvePaths', paths: paths.slice(0, 200) });
  for (const [given, expected] of read) assert.deepEqual(parseViewMessage(given), expected);
});

test('a message names the conversation that the view shows, where it shows one', () => {
  const stop = { type: 'stop' } as const;
  assert.deepEqual(parseFromView({ ...stop, conversationId: 'c' }), { message: stop, conversationId: 'c' });
  for (const conversationId of [undefined, 3, null, {}]) {
    assert.deepEqual(parseFromView({ ...stop, conversationId }), { message: stop, conversationId: undefined });
  }
  const draft = { type: 'draft', conversationId: 'd', text: '' } as const;
  assert.deepEqual(parseFromView(draft), { message: draft, conversationId: 'd' });
});
