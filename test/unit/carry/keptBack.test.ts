import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { carriedFrom } from '../../../src/core/carry/carried.ts';
import { toJson } from '../../../src/core/carry/json.ts';
import { toMarkdown } from '../../../src/core/carry/markdown.ts';
import { parseMarkdown } from '../../../src/core/carry/parseMarkdown.ts';
import { comparedTurns } from '../../../src/core/conversation/comparedTurns.ts';
import type { StoredConversation } from '../../../src/core/conversation/store.ts';
import { type AnswerRecord, toView } from '../../../src/core/conversation/turns.ts';
import { searchableText } from '../../../src/core/store/turnText.ts';
import { conversationPage } from '../../../src/page/conversationPage.ts';
import type { AnswerCheck } from '../../../src/shared/moderation.ts';
import { conversationMarkdown, turnMarkdown } from '../../../src/shared/turnMarkdown.ts';
import { partsOf } from '../../../src/webview/find/parts.ts';
import { t } from '../../../src/webview/ui/l10n.ts';
import { answer, question } from '../../support/carried.ts';

const asked = question('1', 'Tell me.');

function checked(check?: AnswerCheck): AnswerRecord {
  return answer('2', '', {
    content: [
      { type: 'text', text: 'A forbidden thing.' },
      { type: 'tool_use', id: 'u', name: 'read', inputJson: '{"path":"forbidden"}', input: { path: 'forbidden' } },
    ],
    ...(check && { check }),
  });
}

function carried(record: AnswerRecord) {
  const turns = [asked, record];
  const tree = turns.map(({ id, role }, at) => ({ id, role, parentId: turns[at - 1]?.id ?? null, isDeleted: false }));
  const stored: StoredConversation = {
    id: 'c',
    title: 'A title',
    draft: '',
    parameters: {},
    attachments: [],
    queue: [],
    turns,
    tree,
  };
  return carriedFrom(stored, turns, turns);
}

/** All ways on which what was said leaves its place in the chat. */
async function shownOf(record: AnswerRecord): Promise<Record<string, string>> {
  const all = carried(record);
  const turn = toView(record);
  const branch = { recordOf: () => Promise.resolve(record) };
  return {
    'as Markdown': toMarkdown(all),
    'as JSON': toJson(all),
    'as a page': await conversationPage(all, { t, language: 'en' }),
    copied: turnMarkdown(turn),
    'to be read': conversationMarkdown('A title', [turn]),
    'in the diff': JSON.stringify(await comparedTurns(branch, { turnId: '2', otherId: '2' }, () => '')),
    'for the search': searchableText(record),
    'for find': JSON.stringify(partsOf(turn)),
  };
}

const kept: AnswerCheck[] = [
  { state: 'blocked', by: 'my-check', reason: 'not nice' },
  { state: 'failed', by: 'my-check', failure: 'timeout', detail: '' },
];

describe('of an answer that a check keeps back nothing is', () => {
  for (const check of kept) {
    test(check.state, async () => {
      for (const [way, shown] of Object.entries(await shownOf(checked(check)))) {
        assert.doesNotMatch(shown, /forbidden/, way);
      }
      for (const [way, shown] of Object.entries(await shownOf(checked()))) assert.match(shown, /forbidden/, way);
    });
  }
});

test('a file says that it was kept back', async () => {
  const { 'as Markdown': markdown = '', 'as a page': page } = await shownOf(checked(kept[0]));
  assert.match(String(page), /Your check has blocked this answer/);
  const read = parseMarkdown(markdown, { newId: () => assert.fail(), now: () => assert.fail() });
  const last = read.ok ? read.conversation.turns.at(-1)?.record : undefined;
  assert.deepEqual(last?.role === 'assistant' && last.check, kept[0]);
});
