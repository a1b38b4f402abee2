import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { openWindow, typedTurn } from '../../support/bareWindow.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';
import { summary } from '../../support/session.ts';

const levels = 100_000;
const deep = `{"at":${'['.repeat(levels)}${']'.repeat(levels)}}`;
const text = { type: 'text', text: 'I look.' };

/** What a model or a relay may send that is nested deeper than a stack. */
const answers: [what: string, isStreamed: boolean, ...blocks: string[]][] = [
  ['a tool input in pieces', true, JSON.stringify(text), '{"type":"tool_use","id":"t","name":"look","input":{}}'],
  ['a tool input in the start of its block', true, JSON.stringify(text), toolUse(deep)],
  ['a tool input in a whole answer', false, JSON.stringify(text), toolUse(deep)],
  ['a block of an unknown type', true, JSON.stringify(text), `{"type":"new","deep":${deep}}`],
  ['a block of an unknown type in a whole answer', false, JSON.stringify(text), `{"type":"new","deep":${deep}}`],
];

for (const [what, isStreamed, ...blocks] of answers) {
  test(`an answer with ${what} of ${levels} levels is kept, and the conversation goes on`, async t => {
    const open = await start(t, isStreamed ? streamed(blocks) : whole(blocks), streamed([hello]));
    const session = open();
    await session.send(typedTurn('one'));
    const [, answer] = session.conversation.turns;
    assert.ok(answer?.role === 'assistant');
    assert.equal(answer.blocks[0]?.text, 'I look.');
    assert.ok(!session.running);
    assert.deepEqual(open().conversation.turns, session.conversation.turns, 'what is shown is stored');
    await session.send(typedTurn('two'));
    assert.equal(open().conversation.turns.map(summary).at(-1), 'assistant complete Hello');
  });
}

function toolUse(input: string): string {
  return `{"type":"tool_use","id":"t","name":"look","input":${input}}`;
}

const hello = JSON.stringify({ type: 'text', text: 'Hello' } satisfies AnswerContent);

type Answer = (response: ServerResponse) => void;

function streamed(blocks: readonly string[]): Answer {
  return response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const event = (data: string): void => void response.write(`data: ${data}\n\n`);
    event('{"type":"message_start","message":{"id":"m","content":[]}}');
    blocks.forEach((block, index) => {
      event(`{"type":"content_block_start","index":${index},"content_block":${block}}`);
      if (block.includes('"input":{}')) {
        const delta = { type: 'input_json_delta', partial_json: deep };
        event(JSON.stringify({ type: 'content_block_delta', index, delta }));
      }
      event(`{"type":"content_block_stop","index":${index}}`);
    });
    event('{"type":"message_delta","delta":{"stop_reason":"end_turn"}}');
    event('{"type":"message_stop"}');
    response.end();
  };
}

function whole(blocks: readonly string[]): Answer {
  return response => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      `{"id":"m","type":"message","role":"assistant","stop_reason":"end_turn","content":[${blocks.join(',')}]}`,
    );
  };
}

async function start(t: TestContext, ...script: Answer[]) {
  const server = await startScriptedServer(...script);
  const window = openWindow(':memory:', server.origin);
  t.after(async () => {
    await window.close();
    await server.close();
  });
  return () => window.open('c');
}
