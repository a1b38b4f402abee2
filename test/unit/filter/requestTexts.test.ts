import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapTexts } from '../../../src/core/filter/requestTexts.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';

test('of a citation the words are changed, and nothing that the service has written for itself', () => {
  const citation = {
    type: 'page_location',
    cited_text: 'secret',
    title: 'secret',
    document_title: 'secret',
    url: 'secret',
  };
  const own = { type: 'web_search_result_location', encrypted_index: 'secret', title: null };
  const content = [{ type: 'text' as const, text: 'plain', citations: [citation, own] }];
  const request: MessagesRequest = {
    model: 'm',
    max_tokens: 1,
    stream: true,
    messages: [{ role: 'assistant', content }],
  };
  const changed = { ...citation, cited_text: 'KEPT', title: 'KEPT', document_title: 'KEPT' };
  assert.deepEqual(mapTexts(request, text => text.replaceAll('secret', 'KEPT')).messages, [
    { role: 'assistant', content: [{ type: 'text', text: 'plain', citations: [changed, own] }] },
  ]);
  assert.equal(mapTexts(request, text => text).messages, request.messages);
});
