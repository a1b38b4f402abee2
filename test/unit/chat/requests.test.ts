import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildRequest, type RequestSettings } from '../../../src/core/chat/buildRequest.ts';
import type { TurnRecord } from '../../../src/core/chat/turns.ts';
import { prepareRequest } from '../../../src/core/messages/prepareRequest.ts';
import type { Excerpt, UserTurn } from '../../../src/shared/conversation.ts';

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
const answer: TurnRecord = {
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
  'chat-after-a-failed-answer': [
    [
      hello,
      { ...answer, content: [], state: { phase: 'failed', problem: { kind: 'overloaded', detail: '' } } },
      turn('chat', 'Again', []),
    ],
    plain,
  ],
  'explain-selection': [[turn('explain', 'Explain this code.', [code])], plain],
  'explain-code-with-fences': [[turn('explain', 'Explain this code.', [fenced])], plain],
  'review-file': [[turn('review', 'Review this file.', [code])], { ...plain, stopSequences: ['END'] }],
  'review-changes': [[turn('review', 'Review these changes.', [change, { ...code, path: 'src/new.ts' }])], plain],
};

for (const [name, [turns, settings]] of Object.entries(goldens)) {
  test(`the request "${name}" is the one that was looked at`, () => {
    const file = new URL(`../../golden/${name}.json`, import.meta.url);
    const built = `${JSON.stringify(prepareRequest(buildRequest(turns, settings)).body, null, 2)}\n`;
    // `UPDATE_GOLDEN=1 npm run test:unit` writes the files anew; look at the difference before committing it.
    if (process.env['UPDATE_GOLDEN']) writeFileSync(file, built);
    assert.equal(built, readFileSync(file, 'utf8'));
  });
}

function turn(intent: UserTurn['intent'], text: string, excerpts: Excerpt[]): UserTurn {
  return { id: text, role: 'user', createdAt: 0, intent, text, excerpts };
}
