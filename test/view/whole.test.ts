import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

view.use({ settings: { 'marginalia.stream': false } });

view('a wrapped answer that was not streamed is read', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'envelope' });
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  assert.match(await chat.answers.innerText(), /Demo endpoint/);
  assert.equal(endpoint.requests.length, 1, 'it is not asked for once more');
});

view.describe('with every setting', () => {
  view.use({
    settings: {
      'marginalia.stream': false,
      'marginalia.model': 'claude-haiku-4-5-20251001',
      'marginalia.maxTokens': 2000,
      'marginalia.systemPrompt': 'Be brief.',
      'marginalia.temperature': 0.25,
      'marginalia.topP': 0.9,
      'marginalia.topK': 7,
      'marginalia.stopSequences': ['END'],
      'marginalia.metadataUserId': 'user-7',
    },
  });

  view('each reaches the request, and what the model refuses is left out and said', async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    await chat.ask('Hello');
    await chat.idle();
    assert.match(await chat.answers.innerText(), /Demo endpoint/);
    assert.deepEqual(endpoint.requests[0]?.body, {
      model: 'claude-haiku-4-5-20251001',
      max_tokens: 2000,
      stream: false,
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'Hello' }],
      temperature: 0.25,
      top_k: 7,
      stop_sequences: ['END'],
      metadata: { user_id: 'user-7' },
    });
    assert.match(await chat.answers.innerText(), /top_p/);
  });
});
