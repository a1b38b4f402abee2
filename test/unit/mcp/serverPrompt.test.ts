import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PromptMessage } from '../../../src/core/mcp/connection.ts';
import { filledPrompt, type ServerPrompt, promptDescription, promptNames } from '../../../src/core/mcp/serverPrompt.ts';
import { isPromptName } from '../../../src/shared/prompt.ts';

const prompt = { name: 'docs:check', server: { found: { name: 'docs' } } } as ServerPrompt;

function said(role: PromptMessage['role'], text: string): PromptMessage {
  return { role, part: { kind: 'text', text } };
}

test('names of prompts can stand after a slash, each once', () => {
  const names = promptNames([
    { server: 'docs', prompt: 'summary' },
    { server: 'my docs', prompt: 'check style' },
    { server: 'my-docs', prompt: 'check/style' },
    { server: '$', prompt: '料金' },
    { server: 'x'.repeat(80), prompt: 'a' },
    { server: 'x'.repeat(80), prompt: 'b' },
  ]);
  assert.deepEqual(names.slice(0, 4), ['docs:summary', 'my-docs:check-style', 'my-docs:check-style-2', '_料金']);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.every(isPromptName), names.join());
});

test('what a server says of a prompt is one line in which nothing is hidden', () => {
  const definition = { name: 'a', title: 'All\u200b', description: 'One\ntwo', takes: [] };
  assert.equal(promptDescription(definition), 'All⟨U+200B⟩ – One two');
  assert.equal(promptDescription({ ...definition, title: '' }), 'One two');
});

test('what the user is to say becomes the message, with what is hidden in it visible', () => {
  const filled = filledPrompt(prompt, [said('user', 'Check it.'), said('user', 'All\u202e of it.')]);
  assert.deepEqual(filled, { text: 'Check it.\n\nAll⟨U+202E⟩ of it.', attached: [] });
});

test('turns of both sides go along as a conversation; the last words of the user are the message', () => {
  const filled = filledPrompt(prompt, [said('user', 'How?'), said('assistant', 'So.'), said('user', 'Do it.')]);
  assert.equal(filled.text, 'Do it.');
  assert.deepEqual(filled.attached, [
    {
      kind: 'text',
      name: 'docs:check',
      heading: 'A conversation that the prompt "docs:check" of the server “docs” begins with:',
      text: 'User: How?\n\nAssistant: So.',
    },
  ]);
});

test('resources and images are attached, and of what can’t be shown it is said what it is', () => {
  const filled = filledPrompt(prompt, [
    { role: 'user', part: { kind: 'resource', uri: 'docs://a', text: 'One\u200b.' } },
    { role: 'assistant', part: { kind: 'image', mediaType: 'image/png', base64: 'AAAA' } },
    { role: 'user', part: { kind: 'other', what: 'audio/wav' } },
    { role: 'user', part: { kind: 'link', uri: 'docs://b', name: 'b', description: 'Two' } },
  ]);
  assert.equal(filled.text, `(audio/wav, which can't be shown here)\n\n(a link to "docs://b": b, Two)`);
  assert.deepEqual(filled.attached, [
    {
      kind: 'text',
      name: 'docs://a',
      heading: '"docs://a", as the server “docs” gives it:',
      text: 'One⟨U+200B⟩.',
    },
    { kind: 'image', name: 'docs:check 2', bytes: Buffer.alloc(3) },
  ]);
});

test('a message that would call another prompt does not, and a long one is attached', () => {
  assert.equal(filledPrompt(prompt, [said('user', '/review all')]).text, 'docs:check:\n\n/review all');
  const { text, attached } = filledPrompt(prompt, [said('user', 'a'.repeat(20_001))]);
  assert.equal(text, '');
  assert.equal(attached.length, 1);
});
