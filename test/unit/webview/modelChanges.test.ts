import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Turn } from '../../../src/shared/conversation.ts';
import { modelChanges } from '../../../src/webview/transcript/modelChanges.ts';

const asked = (id: string): Turn => ({ role: 'user', id, createdAt: 0, intent: 'chat', text: 'q', excerpts: [] });
const answered = (id: string, model: string, isSummary?: true): Turn => ({
  ...{ role: 'assistant', id, createdAt: 0, model, blocks: [], state: { phase: 'complete', stopReason: 'end_turn' } },
  ...(isSummary && { isSummary }),
});

test('the model is named where the answers begin and where it changes', () => {
  const turns = [
    asked('q1'),
    answered('a1', 'sonnet'),
    asked('q2'),
    answered('a2', 'sonnet'),
    answered('sum', 'haiku', true),
    asked('q3'),
    answered('a3', 'sonnet'),
    asked('q4'),
    answered('a4', 'opus'),
    asked('q5'),
    answered('a5', 'sonnet'),
  ];
  assert.deepEqual([...modelChanges(turns)], ['a1', 'a4', 'a5']);
});
