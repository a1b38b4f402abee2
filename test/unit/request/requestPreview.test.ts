import assert from 'node:assert/strict';
import { test } from 'node:test';
import { previewRequest } from '../../../src/core/request/requestPreview.ts';
import type { AnswerSources } from '../../../src/core/request/prepareAnswer.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import type { Parameters } from '../../../src/shared/parameters.ts';

function sources(model: string, parameters: Parameters = {}): AnswerSources {
  return {
    settings: {
      model,
      maxTokens: 8192,
      stream: true,
      systemPrompt: 'Be kind.',
      reviewSystemPrompt: '',
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

const turn = (text: string): UserTurn => ({ id: 'u', role: 'user', createdAt: 0, intent: 'chat', text, excerpts: [] });

test('the preview is the body that would go out', () => {
  const preview = previewRequest([turn('hi')], sources('claude-sonnet-4-5', { top_k: 5, prefill: '{' }));
  assert.deepEqual(JSON.parse(preview.json), {
    model: 'claude-sonnet-4-5',
    max_tokens: 8192,
    stream: true,
    system: 'Be kind.',
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: '{' },
    ],
    top_k: 5,
  });
});

test('what a model would refuse is named, with the reason, whether it is set or not', () => {
  const newer = previewRequest([turn('hi')], sources('claude-opus-4-8')).unavailable;
  assert.deepEqual(Object.keys(newer).sort(), ['prefill', 'temperature', 'tool_choice', 'top_k', 'top_p']);
  assert.equal(newer.temperature?.reason, 'notOnThisModel');
  const older = previewRequest([turn('hi')], sources('claude-sonnet-4-5', { temperature: 0.5 })).unavailable;
  assert.deepEqual(Object.keys(older).sort(), ['tool_choice', 'top_p']);
  assert.equal(older.top_p?.reason, 'notWithTemperature');
});

test('what the conversation does not set is shown as the settings would send it', () => {
  const { defaults } = previewRequest([turn('hi')], sources('claude-sonnet-4-5', { max_tokens: 5 }));
  assert.deepEqual(defaults, { model: 'claude-sonnet-4-5', max_tokens: '8192', stream: 'true', system: 'Be kind.' });
});

test('a long text is cut and says by how much; the length is that of all', () => {
  const { json, length } = previewRequest([turn('x'.repeat(5_000))], sources('claude-sonnet-4-5'));
  assert.match(json, /x… \(3000 more characters\)/);
  assert.ok(length > 5_000 && json.length < 3_000);
});
