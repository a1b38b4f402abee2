import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

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

view('a wrapped answer that was not streamed is read', async ({ workbench, endpoint }) => {
  endpoint.faults.next({ kind: 'envelope' });
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  assert.match(await chat.answers.innerText(), /Demo endpoint/);
  assert.equal(endpoint.requests.length, 1, 'it is not asked for once more');
});
