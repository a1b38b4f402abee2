import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { withoutNativeTools } from '../../../src/core/tools/nativeTools.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import { textEditor } from '../../../src/core/tools/textEditor.ts';
import { problemOf } from '../../support/problemOf.ts';
import { answerWith, type Script, setUp, turn } from '../../support/session.ts';
import { ownTools } from '../../support/testTools.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';

const model = 'claude-sonnet-4-5-20250929';
const native = { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' };
const own = textEditor.definition(withoutNativeTools(rulesFor(model)));
const replaced = { field: 'native_tools', change: 'changed', reason: 'refusedBefore', sent: 'custom' };

function refusing(message: string): Script {
  return (_, answer) => ({ kind: 'failed', message: answer, problem: problemOf(message) });
}

/** A session in Plan, whose model knows the service's own text editor. */
function open(...scripts: Script[]) {
  const made = setUp(...scripts);
  const tools = { registry: ownTools(), workspace: new MemoryWorkspace({}), isTrusted: () => true };
  const session = new ChatSession(emptyConversation('c'), { ...made.ports, tools });
  session.unsent.mode = 'plan';
  session.unsent.parameters = { model, cache: false };
  const offered = () => made.requests.map(({ tools: sent }) => sent);
  const adjustments = () =>
    session.branch.turns.flatMap(answer => (answer.role === 'assistant' ? [answer.adjustments ?? []] : []));
  return { ...made, session, offered, adjustments };
}

for (const refusal of [
  "tools.0: Input tag 'text_editor_20250728' found using 'type' does not match any of the expected tags: 'custom'",
  'tools[0].input_schema: Field required',
  "'claude-sonnet-4-5' does not support tool types: text_editor_20250728.",
  "Invalid value: 'text_editor_20250728'. Supported values are: 'function'.",
]) {
  test(`the tools go with schemas of our own where theirs are refused, from then on: ${refusal}`, async () => {
    const { session, offered, adjustments } = open(refusing(refusal), answerWith('ok'), answerWith('again'));
    await session.send(turn('hi'));
    await session.send(turn('more'));
    assert.deepEqual(offered(), [[native], [own], [own]]);
    assert.deepEqual(adjustments(), [[replaced], [replaced]]);
    await session.sendRefusedAgain('native_tools');
    await session.send(turn('once more'));
    assert.deepEqual(offered()[3], [native]);
  });
}

test('where no tools at all are taken, that is what is said, and nothing is remembered of their kind', async () => {
  const refusal = 'tools: this model does not support tools';
  const { session, offered, adjustments } = open(refusing(refusal), refusing(refusal), answerWith('ok'));
  await session.send(turn('hi'));
  const failed = session.branch.turns.at(-1);
  assert.ok(failed?.role === 'assistant' && failed.state.phase === 'failed');
  assert.equal(failed.state.problem.field, 'tools');
  assert.deepEqual(adjustments(), [[]]);
  await session.send(turn('more'));
  assert.deepEqual(offered()[2], [native]);
});

test('a refusal that is about something else is left as it is', async () => {
  const { session, offered } = open(refusing('messages: at least one message is required'));
  await session.send(turn('hi'));
  assert.deepEqual(offered(), [[native]]);
});

test('a tool that the user has written keeps its kind', async () => {
  const { session, offered } = open(refusing("Invalid value: 'text_editor_20250728'"), answerWith('ok'));
  const written = { name: 'weather', input_schema: { type: 'object' as const } };
  session.unsent.parameters = { model, cache: false, tools: [written] };
  await session.send(turn('hi'));
  assert.deepEqual(offered(), [
    [written, native],
    [written, own],
  ]);
});

test('a cache breakpoint stays where it was', async () => {
  const { session, offered } = open(refusing("Invalid value: 'text_editor_20250728'"), answerWith('ok'));
  session.unsent.parameters = { model, cache: true };
  await session.send(turn('hi'));
  const cache_control = { type: 'ephemeral' };
  assert.deepEqual(offered(), [[{ ...native, cache_control }], [{ ...own, cache_control }]]);
});
