import assert from 'node:assert/strict';
import { type Connection } from '../../src/core/request/requestSources.ts';
import { ChatSession } from '../../src/core/chat/session.ts';
import { inProcess } from '../../src/core/store/inProcess.ts';
import { openSqliteStore } from '../../src/core/store/sqliteStore.ts';
import { emptyConversation } from '../../src/core/conversation/store.ts';
import type { AnswerEnd, SendListener } from '../../src/core/messages/client.ts';
import { rulesFor } from '../../src/core/models/modelRules.ts';
import type { AnswerContent, AnswerMessage, MessagesRequest } from '../../src/core/messages/wire.ts';
import type { ReportedFinding } from '../../src/core/review/report.ts';
import { applyChange } from '../../src/shared/applyChange.ts';
import type { UserTurn } from '../../src/shared/conversation.ts';
import type { Finding } from '../../src/shared/finding.ts';
import type { Change, ViewState } from '../../src/shared/protocol/changes.ts';
import { refusalsInMemory } from './refusals.ts';

/** Plays the client: what arrives, and how it ends. */
export type Script = (
  listener: SendListener,
  message: AnswerMessage,
  signal: AbortSignal,
) => AnswerEnd | Promise<AnswerEnd>;

export const thought: AnswerContent = { type: 'thinking', thinking: 'hm', signature: 'sig' };

export function setUp(...scripts: Script[]) {
  const store = openSqliteStore(':memory:');
  const changes: Change[] = [];
  const requests: MessagesRequest[] = [];
  const placed: ReportedFinding[] = [];
  const failures: unknown[] = [];
  let ids = 0;
  const use = (changed: Partial<Connection['settings']>): void => void Object.assign(connection.settings, changed);
  const connection: Connection = {
    ok: true,
    endpoint: { messagesUrl: 'https://x/v1/messages', key: 'k' },
    settings: {
      model: 'm',
      maxTokens: 100,
      stream: true,
      systemPrompt: '',
      reviewSystemPrompt: 'R',
      stopSequences: [],
      metadataUserId: '',
      promptCaching: true,
    },
  };
  const ports = {
    store: inProcess(() => store),
    client: {
      send: async (
        request: MessagesRequest,
        _endpoint: unknown,
        listener: SendListener,
        signal: AbortSignal,
      ): Promise<AnswerEnd> => {
        const script = scripts[requests.length];
        requests.push(structuredClone(request));
        const message: AnswerMessage = {
          id: 'x',
          model: 'm',
          content: [],
          stopReason: null,
          stopSequence: null,
          usage: {},
        };
        listener.attemptStarted();
        if (!script) throw new Error('No more answers.');
        return script(listener, message, signal);
      },
    },
    connect: () => Promise.resolve(connection),
    rulesFor,
    refusals: refusalsInMemory(),
    emit: (change: Change) => changes.push(structuredClone(change)),
    runningChanged: () => undefined,
    placeFindings: (findings: ReportedFinding[]): Promise<Finding[]> => {
      placed.push(...findings);
      return Promise.resolve(
        findings.map((finding, index) => ({
          ...finding,
          id: `finding ${index}`,
          uri: 'file:///x.ts',
          placement: { placed: true, line: 1, endLine: 1 },
        })),
      );
    },
    findingsReported: () => undefined,
    storeFailed: (error: unknown) => failures.push(error),
    now: () => 0,
    newId: () => `answer ${++ids}`,
  };
  const session = new ChatSession(emptyConversation('c'), ports);
  return { session, store, changes, requests, placed, failures, ports, use };
}

export function turn(text: string, intent: UserTurn['intent'] = 'chat'): UserTurn {
  return { id: `turn ${text}`, role: 'user', createdAt: 0, intent, text, excerpts: [] };
}

export function write(listener: SendListener, message: AnswerMessage, text: string): void {
  const block: AnswerContent = { type: 'text', text: '' };
  message.content.push(block);
  listener.blockStarted(message.content.length - 1, block);
  block.text = text;
  listener.textAppended(message.content.length - 1, text);
}

export function answerWith(text: string): Script {
  return (listener, message) => {
    write(listener, message, text);
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  };
}

export function cutAfter(text: string, outputTokens?: number): Script {
  return (listener, message) => {
    write(listener, message, text);
    if (outputTokens !== undefined) message.usage.output_tokens = outputTokens;
    return { kind: 'truncated', message, problem: { kind: 'connectionLost', detail: '' } };
  };
}

export function thinkThen(text: string): Script {
  return (listener, message) => {
    const block = { ...thought };
    message.content.push(block);
    listener.blockStarted(0, block);
    return answerWith(text)(listener, message, new AbortController().signal);
  };
}

export function reportWith(input: Record<string, unknown>): Script {
  return (listener, message) => {
    const block: AnswerContent = {
      type: 'tool_use',
      id: 't',
      name: 'report_findings',
      inputJson: JSON.stringify(input),
      input,
    };
    message.content.push(block);
    listener.blockStarted(0, block);
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  };
}

/** An answer of calls; one without an input is broken off in it. */
export function calling(...calls: [tool: string, input: Record<string, unknown> | undefined][]): Script {
  return (listener, message) => {
    for (const [at, [name, input]] of calls.entries()) {
      const inputJson = input ? JSON.stringify(input) : '{"name"';
      const block: AnswerContent = { type: 'tool_use', id: `t${at}`, name, inputJson, ...(input && { input }) };
      message.content.push(block);
      listener.blockStarted(message.content.length - 1, block);
    }
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  };
}

export function summary(shown: ReturnType<typeof replay>['turns'][number]): string {
  if (shown.role === 'user') return `user ${shown.text}`;
  return `assistant ${shown.state.phase} ${shown.blocks.map(block => block.text).join('|')}`;
}

export function replay(changes: Change[]): ViewState['conversation'] {
  let state: ViewState = {
    conversation: { id: 'c', title: '', parameters: {}, turns: [], siblings: {} },
    earlier: 0,
    connection: { origin: '', model: '', key: 'missing' },
    draft: '',
    attachments: [],
    queue: [],
    revision: 0,
  };
  for (const change of changes) {
    const next = applyChange(state, change);
    assert.ok(next, `does not fit: ${JSON.stringify(change)}`);
    state = next;
  }
  return state.conversation;
}
