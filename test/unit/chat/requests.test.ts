import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Clearance } from '../../../src/core/filter/clearance.ts';
import { findSecrets } from '../../../src/core/filter/findSecrets.ts';
import { madeUp } from '../../support/secrets.ts';
import { buildRequest, type RequestSettings } from '../../../src/core/request/buildRequest.ts';
import { type Summary, turnsToSend } from '../../../src/core/conversation/condense.ts';
import type { AnswerRecord, TurnRecord } from '../../../src/core/conversation/turns.ts';
import { type AnswerSources } from '../../../src/core/request/prepareAnswer.ts';
import { prepareSummary } from '../../../src/core/request/summarize.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';
import { answeredInLanguage } from '../../../src/core/prompts/answerLanguage.ts';
import { builtInPrompts } from '../../../src/core/prompts/builtInPrompts.ts';
import { expandPrompt } from '../../../src/core/prompts/expandPrompt.ts';
import { prepareRequest } from '../../../src/core/messages/prepareRequest.ts';
import type { Attachment, Excerpt } from '../../../src/shared/attachment.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';

const plain: RequestSettings = {
  model: 'claude-sonnet-4-5-20250929',
  maxTokens: 8192,
  stream: true,
  systemPrompt: '',
  reviewSystemPrompt: 'Review with care.',
  stopSequences: [],
  metadataUserId: '',
  promptCaching: true,
};
const code: Excerpt = {
  path: 'src/total.ts',
  uri: 'file:///w/src/total.ts',
  languageId: 'typescript',
  startLine: 3,
  endLine: 5,
  code: 'export function total(items: Item[]): number {\n  return items.length;\n}',
};
const fenced: Excerpt = { ...code, path: 'README.md', languageId: 'markdown', code: '# Use\n\n```sh\nnpm ci\n```' };
const change: Excerpt = { ...code, languageId: 'diff', code: '@@ -3,2 +3,3 @@\n a\n+b\n c' };
const hello = turn('chat', 'Hello', []);
const answer: AnswerRecord = {
  id: 'a',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  content: [
    { type: 'thinking', thinking: 'hm', signature: 's' },
    { type: 'text', text: 'Hi there. \n' },
  ],
  state: { phase: 'complete', stopReason: 'end_turn' },
};

const summary: Summary = {
  throughTurnId: 'a',
  turn: { ...answer, id: 's', content: [{ type: 'text', text: '- Greetings were exchanged.' }], isSummary: true },
};
const attached: Attachment[] = [
  { id: '1', kind: 'code', subject: 'selection', name: 'total.ts:3–5', excerpt: code, tokens: 30 },
  {
    id: '2',
    kind: 'text',
    subject: 'problems',
    name: 'Problems',
    heading: 'Problems that the editor reports:',
    languageId: '',
    text: '- src/total.ts:4:3 error: Property “length” does not exist. (ts 2339)',
  },
  {
    id: '3',
    kind: 'text',
    subject: 'changes',
    name: 'Staged changes',
    heading: 'Staged changes in shop:',
    languageId: 'diff',
    text: 'diff --git a/a b/a\n@@ -1 +1 @@\n-a\n+b',
    note: 'Left out: b.png',
  },
  { id: '4', kind: 'image', name: 'a.png', source: { type: 'url', url: 'https://example.com/a.png' } },
];

const rules = [
  { path: 'AGENTS.md', text: '# Rules\n\n- Tabs, not spaces.\n' },
  { path: 'CLAUDE.md', text: '# Rules\n\n- Tabs, not spaces.' },
  { path: '.github/copilot-instructions.md', text: 'Write tests first.' },
];

const goldens: Record<string, [TurnRecord[], RequestSettings]> = {
  'chat-defaults': [[hello], plain],
  'chat-every-setting': [
    [hello, answer, turn('chat', 'And now?', [])],
    {
      ...plain,
      stream: false,
      systemPrompt: 'Be brief.',
      temperature: 0,
      topP: 0.9,
      topK: 0,
      stopSequences: ['END', '  ', 'b', 'c', 'd', 'e'],
      metadataUserId: 'u-1',
    },
  ],
  'chat-with-rules': [[hello], { ...plain, systemPrompt: 'Be brief.', rules }],
  'review-with-rules': [[turn('review', 'Review this file.', [code])], { ...plain, rules }],
  'chat-after-a-failed-answer': [
    [
      hello,
      { ...answer, content: [], state: { phase: 'failed', problem: { kind: 'overloaded', detail: '' } } },
      turn('chat', 'Again', []),
    ],
    plain,
  ],
  'chat-condensed': [
    [...turnsToSend([hello, answer, turn('chat', 'And now?', [])], { summaries: [summary], omitted: [] })],
    plain,
  ],
  'chat-omitted': [
    [
      ...turnsToSend([turn('explain', 'Explain this code.', [code]), answer, turn('chat', 'And now?', [])], {
        summaries: [],
        omitted: ['Explain this code.#0'],
      }),
    ],
    plain,
  ],
  'chat-attachments': [[{ ...turn('chat', 'Why?', []), attachments: attached }], plain],
  'explain-selection': [[turn('explain', 'Explain this code.', [code])], plain],
  'explain-in-another-language': [
    [turn('explain', answeredInLanguage('Erkläre diesen Code.', 'de', inGerman), [code])],
    plain,
  ],
  'explain-code-with-fences': [[turn('explain', 'Explain this code.', [fenced])], plain],
  'review-file': [[turn('review', 'Review this file.', [code])], { ...plain, stopSequences: ['END'] }],
  'review-changes': [[turn('review', 'Review these changes.', [change, { ...code, path: 'src/new.ts' }])], plain],
};

const values = {
  language: { text: 'typescript' },
  problems: { text: '- line 4, error: Property “length” does not exist.\n- line 5, hint: Unused.' },
};
for (const prompt of builtInPrompts(text => text, 'en')) {
  // These two have requests of their own above.
  if (prompt.intent !== 'chat') continue;
  const asked = turn('chat', expandPrompt(prompt.text, values), [code]);
  goldens[`prompt-${prompt.name}`] = [[{ ...asked, call: `/${prompt.name}` }], plain];
}
const fixSoundCode = expandPrompt(builtInPrompts(text => text, 'en').at(-1)?.text ?? '', {
  input: { text: 'It crashes.' },
});
goldens['prompt-fix-without-problems'] = [[turn('chat', fixSoundCode, [code])], plain];

for (const [name, [turns, settings]] of Object.entries(goldens)) {
  test(`the request "${name}" is the one that was looked at`, () => {
    isGolden(name, prepareRequest(buildRequest(turns, settings)).body);
  });
}

function inGerman(_text: string, name: string | number = ''): string {
  return `Antworte auf ${name}.`;
}

function turn(intent: UserTurn['intent'], text: string, excerpts: Excerpt[]): UserTurn {
  return { id: text, role: 'user', createdAt: 0, intent, text, excerpts };
}

test('the request with placeholders for secrets is the one that was looked at', async () => {
  const env: Excerpt = {
    ...code,
    path: '.env',
    languageId: 'dotenv',
    code: `A=1\nDB_PASSWORD=${madeUp.password}\nB=2`,
  };
  const question = turn('chat', `Why does ${madeUp.github} fail?`, []);
  const attachment: Attachment = { id: '1', kind: 'code', subject: 'selection', name: '.env:3–5', excerpt: env };
  const asked = { ...question, attachments: [attachment] };
  const body = prepareRequest(buildRequest([hello, answer, asked], plain)).body;
  const modes = { secrets: 'placeholders', personal: 'off' } as const;
  const clearance = new Clearance({ find: findSecrets, modes: () => modes }, () => undefined);
  const cleared = await clearance.clear(body, new AbortController().signal);
  assert.ok(cleared.kind === 'goes');
  isGolden('chat-with-placeholders', cleared.sent(body));
});

test('the request for a summary is the one that was looked at', () => {
  const sources: AnswerSources = {
    settings: { ...plain, stopSequences: ['END'], systemPrompt: 'Be brief.' },
    parameters: { prefill: '{', tools: [{ name: 'look', input_schema: { type: 'object' } }] },
    rules: rulesFor(plain.model),
    refusedFields: new Set(),
    isThinkingRefused: () => false,
  };
  isGolden('summary', prepareSummary([hello, answer], sources, 1).body);
});

function isGolden(name: string, body: MessagesRequest): void {
  const file = new URL(`../../golden/${name}.json`, import.meta.url);
  const built = `${JSON.stringify(body, null, 2)}\n`;
  // `UPDATE_GOLDEN=1 npm run test:unit` writes the files anew; look at the difference before committing it.
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, built);
  assert.equal(built, readFileSync(file, 'utf8'));
}
