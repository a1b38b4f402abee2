import assert from 'node:assert/strict';
import { type AnswerEnd, MessagesClient, type RetryWait } from '../../src/core/messages/client.ts';
import type { Transport } from '../../src/core/transport/transport.ts';
import type { OddCase } from './oddities.ts';

/** Sent with every case whose answer does not bring an id of its own. */
export const wireRequestId = 'req_wire';

export interface Asked {
  end: AnswerEnd;
  /** The first wait for a retry, which ended the request. */
  wait: RetryWait | undefined;
}

/** Asks through the whole client, and gives up instead of trying again. */
export async function ask(
  transport: Transport,
  origin: string,
  { stream = true }: Pick<OddCase, 'stream'>,
): Promise<Asked> {
  const abort = new AbortController();
  let wait: RetryWait | undefined;
  const end = await new MessagesClient({ transport: () => Promise.resolve(transport), random: () => 0 }).send(
    { model: 'm', max_tokens: 100, stream, messages: [{ role: 'user', content: 'hi' }] },
    { messagesUrl: `${origin}/v1/messages`, key: 'secret-key' },
    {
      attemptStarted: () => undefined,
      retrying: announced => {
        wait = announced;
        // With a reason, in whose place an error with a stack would be made.
        abort.abort('no second try');
      },
      blockStarted: () => undefined,
      textAppended: () => undefined,
      restarted: () => undefined,
    },
    abort.signal,
  );
  return { end, wait };
}

export function headersOf({ headers = {}, end, encoding }: OddCase): Record<string, string> {
  const ownId = end.kind !== 'complete' && end.problem.requestId !== undefined;
  return {
    ...(!ownId && { 'request-id': wireRequestId }),
    ...(encoding && { 'content-encoding': encoding }),
    ...headers,
  };
}

/** Compares everything that a caller can see with what the case says. */
export function checkEnd({ end, wait }: Asked, { end: expected }: OddCase, how: string): void {
  if (expected.kind === 'complete') {
    assert.equal(end.kind, 'complete', `${how}: ${'problem' in end ? JSON.stringify(end.problem) : end.kind}`);
    assert.deepEqual(end.message.content, expected.content, how);
    if (expected.stopReason) assert.equal(end.message.stopReason, expected.stopReason, how);
    if (expected.model) assert.equal(end.message.model, expected.model, how);
    if (expected.usage) assert.deepEqual(end.message.usage, expected.usage, how);
    return;
  }
  const retried = expected.kind === 'failed' && expected.retried === true;
  assert.equal(wait !== undefined, retried, `${how}: retried`);
  assert.equal(end.kind, retried ? 'stopped' : expected.kind, how);
  const problem = wait?.problem ?? ('problem' in end ? end.problem : undefined);
  assert.ok(problem);
  assert.match(problem.detail, expected.detail, how);
  assert.deepEqual({ ...problem, ...expected.problem }, problem, how);
  assert.equal(problem.requestId, expected.problem.requestId ?? wireRequestId, how);
  assert.deepEqual(end.message.content, expected.kind === 'truncated' ? expected.content : [], how);
}

/** What may be seen of an answer that was cut somewhere before its end. */
export function checkCut({ end }: Asked, { end: expected }: OddCase, how: string): void {
  assert.notEqual(end.kind, 'complete', how);
  for (const block of end.message.content) {
    if (block.type !== 'tool_use' || block.input === undefined) continue;
    assert.ok(expected.kind === 'complete', how);
    assert.ok(
      expected.content.some(whole => whole.type === 'tool_use' && whole.inputJson === block.inputJson),
      `${how}: ${block.inputJson} was handed out as an input`,
    );
  }
}

/** How many bytes of the case's plain body must have come before its answer may count as complete. */
export function bytesBeforeEnd({ body, end }: OddCase): number {
  if (end.kind !== 'complete') return 0;
  const from = end.from === undefined ? body.length - 1 : body.lastIndexOf(end.from);
  return Buffer.byteLength(body.slice(0, from));
}
