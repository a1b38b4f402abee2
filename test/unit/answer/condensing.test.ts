import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { ChatSession, type SessionPorts } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import type { AnswerEnd } from '../../../src/core/messages/client.ts';
import type { AnswerContent, AnswerMessage, MessagesRequest } from '../../../src/core/messages/wire.ts';
import { estimateRequestTokens } from '../../../src/core/tokens/estimate.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import type { Problem } from '../../../src/shared/problem.ts';
import type { Change, ViewState } from '../../../src/shared/protocol/changes.ts';
import { problemOf } from '../../support/problemOf.ts';
import { replay } from '../../support/session.ts';
import { refusalsInMemory } from '../../support/refusals.ts';
import { plainSettings } from '../../support/turns.ts';

const tooLong = problemOf('prompt is too long: 9000 tokens > 4000 maximum');

test('a summary is written after the turns that it is about, and requests send it in their place', async () => {
  const { session, requests, shown } = setUp('one', 'two', 'The gist.', 'three');
  await session.send(turn('first'));
  await session.send(turn('second'));
  const summary = await session.summarizer.summarize('older');
  assert.equal(summary?.throughTurnId, session.branch.turns[1]?.id);
  assert.deepEqual(shown(), ['(first)', '(one)', 'Σ complete The gist.', 'second', 'two']);
  await session.send(turn('third'));
  const others = requests[3]?.messages.slice(1) ?? [];
  assert.match(firstText(requests[3]), /<summary>\nThe gist\.\n<\/summary>\n\nsecond$/);
  assert.deepEqual(
    others.map(({ content }) => content),
    ['two', 'third'],
  );
});

test('undone, the turns are sent again', async () => {
  const { session, requests, shown } = setUp('one', 'The gist.', 'two');
  await session.send(turn('first'));
  const summary = await session.summarizer.summarize('older');
  session.condensing.undo(summary?.turn.id ?? '');
  assert.deepEqual(shown(), ['first', 'one']);
  await session.send(turn('second'));
  assert.deepEqual(
    requests[2]?.messages.map(({ content }) => content),
    ['first', 'one', 'second'],
  );
});

test('a second summary holds the first, and gives way to it when it is undone', async () => {
  const { session, requests, shown } = setUp('one', 'Gist 1.', 'two', 'Gist 2.');
  await session.send(turn('first'));
  await session.summarizer.summarize('all');
  await session.send(turn('second'));
  const second = await session.summarizer.summarize('all');
  assert.match(firstText(requests[3]), /Gist 1\./);
  assert.deepEqual(shown(), ['(first)', '(one)', '(second)', '(two)', 'Σ complete Gist 2.']);
  session.condensing.undo(second?.turn.id ?? '');
  assert.deepEqual(shown(), ['(first)', '(one)', 'Σ complete Gist 1.', 'second', 'two']);
});

test('what the user has made of a summary is what is sent', async () => {
  const { session, requests, shown } = setUp('one', 'The gist.', 'two');
  await session.send(turn('first'));
  const summary = await session.summarizer.summarize('all');
  session.condensing.edit(summary?.turn.id ?? '', 'Better.');
  session.condensing.edit(summary?.turn.id ?? '', '  ');
  assert.deepEqual(shown(), ['(first)', '(one)', 'Σ complete Better.']);
  await session.send(turn('second'));
  assert.match(firstText(requests[2]), /<summary>\nBetter\.\n/);
});

test('what is summed up already is not summed up again', async () => {
  const { session, requests } = setUp('one', 'The gist.');
  await session.send(turn('first'));
  const summary = await session.summarizer.summarize('older');
  assert.equal(await session.summarizer.summarize('older'), undefined);
  assert.equal((await session.summarizer.summarize('all'))?.turn, summary?.turn);
  assert.equal(requests.length, 2);
});

test('a summary that is stopped is gone; one that has failed can be tried again', async () => {
  const overloaded: Problem = { kind: 'overloaded', detail: '' };
  const { session, shown } = setUp('one', 'stop', overloaded, 'The gist.');
  await session.send(turn('first'));
  await session.summarizer.summarize('all');
  assert.deepEqual(shown(), ['first', 'one']);
  const failed = await session.summarizer.summarize('all');
  assert.deepEqual(shown(), ['first', 'one', 'Σ failed ']);
  await session.summarizer.retry(failed?.turn.id ?? '');
  assert.deepEqual(shown(), ['(first)', '(one)', 'Σ complete The gist.']);
});

test('summary and omissions survive the window', async () => {
  const { session, store, ports, shownBy } = setUp('one', 'The gist.');
  await session.send(turn('first'));
  await session.summarizer.summarize('all');
  session.condensing.omit('i', true);
  session.condensing.omit('j', true);
  session.condensing.omit('i', false);
  await session.saved();
  const stored = store.load('c');
  assert.ok(stored);
  const reopened = new ChatSession(stored, ports);
  assert.deepEqual(shownBy(reopened), ['(first)', '(one)', 'Σ complete The gist.']);
  assert.deepEqual(reopened.conversation.omitted, ['j']);
});

test('after "prompt is too long" a summary makes room, and the question is answered', async () => {
  const { session, requests, shown } = setUp('one', tooLong, 'The gist.', 'two');
  await session.send(turn('first'));
  await session.send(turn('second'));
  assert.deepEqual(shown(), ['first', 'one', 'second', 'failed']);
  await session.summarizer.summarize('older');
  assert.deepEqual(shown(), ['(first)', '(one)', 'Σ complete The gist.', 'second', 'failed']);
  await session.again.retry(session.branch.turns.at(-1)?.id ?? '');
  assert.match(firstText(requests[3]), /The gist\.[^]*second$/);
  assert.deepEqual(shown(), ['(first)', '(one)', 'Σ complete The gist.', 'second', 'two']);
});

test('a summary that the model declines to write stands for nothing, and can be tried again', async () => {
  const { session, requests, shown } = setUp('one', { declined: 'Only a part' }, 'two', 'The gist.');
  await session.send(turn('first'));
  const summary = await session.summarizer.summarize('all');
  assert.deepEqual(summary?.turn.state, {
    phase: 'failed',
    problem: { kind: 'declined', detail: 'Not this.' },
  });
  await session.send(turn('second'));
  assert.match(JSON.stringify(requests[2]?.messages), /first.*one.*second/);
  assert.doesNotMatch(JSON.stringify(requests[2]?.messages), /Only a part/);
  await session.summarizer.retry(summary.turn.id);
  assert.ok(shown().includes('Σ complete The gist.'), shown().join());
});

test('a conversation that does not fit is summed up in a request that does', async () => {
  const { session, requests } = setUp('one', tooLong, tooLong, 'The gist.');
  await session.send(turn('A long story about tea. '.repeat(2_000)));
  await session.send(turn('second'));
  const summary = await session.summarizer.summarize('older');
  assert.equal(summary?.turn.state.phase, 'complete');
  const sizes = requests.slice(2).map(request => estimateRequestTokens(request).tokens + request.max_tokens);
  // The window that the endpoint has named, and less of it after another refusal.
  assert.ok(sizes[0] !== undefined && sizes[0] <= 4_000 && sizes[0] > 3_000, String(sizes));
  assert.ok(sizes[1] !== undefined && sizes[1] < 3_000, String(sizes));
});

test('what waits in the queue goes out after a summary', async () => {
  const { session, requests } = setUp('one', 'The gist.', 'two');
  await session.send(turn('first'));
  const summing = session.summarizer.summarize('all');
  await Promise.resolve();
  session.enqueue(turn('queued'));
  await summing;
  await session.idle();
  assert.match(firstText(requests[2]), /queued$/);
});

test('a queued turn that may not go out goes on waiting', async () => {
  const { session, requests, gate } = setUp('one');
  gate.isOpen = false;
  const running = session.send(turn('first'));
  session.enqueue(turn('queued'));
  await running;
  await new Promise(setImmediate);
  assert.equal(requests.length, 1);
  assert.deepEqual(
    session.unsent.queue.messages.map(({ text }) => text),
    ['queued'],
  );
});

/** Answers in turn: a text, one with which the model declines, a problem, or `stop`, which ends the answer as the user does. */
function setUp(...answers: (string | { declined: string } | Problem)[]) {
  const store = openSqliteStore(':memory:');
  const changes: Change[] = [];
  const requests: MessagesRequest[] = [];
  let ids = 0;
  const settings = { ...plainSettings, model: 'claude-sonnet-4-5', maxTokens: 1_000 };
  const gate = { isOpen: true };
  const ports: SessionPorts = {
    mayGoOut: () => Promise.resolve(gate.isOpen),
    store: inProcess(() => store),
    client: {
      send: (request, _endpoint, listener): Promise<AnswerEnd> => {
        const next = answers[requests.length];
        const isDeclined = typeof next === 'object' && 'declined' in next;
        const answer = isDeclined ? next.declined : next;
        requests.push(structuredClone(request));
        const content: AnswerContent[] = [];
        const message: AnswerMessage = {
          id: 'x',
          model: 'm',
          content,
          stopReason: 'end_turn',
          stopSequence: null,
          usage: {},
        };
        if (typeof answer !== 'string') {
          return Promise.resolve({ kind: 'failed', problem: answer ?? { kind: 'internal', detail: '' }, message });
        }
        if (answer === 'stop') return Promise.resolve({ kind: 'stopped', message });
        listener.attemptStarted();
        const block: AnswerContent = { type: 'text', text: '' };
        content.push(block);
        listener.blockStarted(0, block);
        block.text = answer;
        listener.textAppended(0, answer);
        if (isDeclined) Object.assign(message, { stopReason: 'refusal', stopDetails: { explanation: 'Not this.' } });
        return Promise.resolve({ kind: 'complete', message });
      },
    },
    connect: () =>
      Promise.resolve({ ok: true, endpoint: { messagesUrl: 'https://x/v1/messages', key: 'k' }, settings }),
    rulesFor,
    refusals: refusalsInMemory(),
    emit: change => changes.push(structuredClone(change)),
    runningChanged: () => undefined,
    placeFindings: () => Promise.resolve([]),
    findingsReported: () => undefined,
    storeFailed: error => {
      throw error;
    },
    now: () => 0,
    newId: () => `answer ${++ids}`,
  };
  const session = new ChatSession(emptyConversation('c'), ports);
  /** What the view shows after all changes, which is what the host would tell it anew. */
  const shown = (): string[] => {
    const replayed = replay(changes).turns.map(summary);
    assert.deepEqual(replayed, shownBy(session));
    return replayed;
  };
  return { session, store, ports, gate, requests, shown, shownBy };
}

function firstText(request: MessagesRequest | undefined): string {
  const content = request?.messages[0]?.content;
  return typeof content === 'string' ? content : '';
}

function shownBy(session: ChatSession): string[] {
  return session.conversation.turns.map(summary);
}

function summary(shown: ViewState['conversation']['turns'][number]): string {
  if (shown.role === 'user') return shown.isSummarized ? `(${shown.text})` : shown.text;
  const text = shown.blocks.map(block => block.text).join('|');
  if (shown.isSummary) return `Σ ${shown.state.phase} ${text}`;
  if (shown.state.phase === 'failed') return 'failed';
  return shown.isSummarized ? `(${text})` : text;
}

function turn(text: string): UserTurn {
  return { id: `turn ${text.slice(0, 20)}`, role: 'user', createdAt: 0, intent: 'chat', text, excerpts: [] };
}
