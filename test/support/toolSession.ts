import { ChatSession } from '../../src/core/chat/session.ts';
import { emptyConversation } from '../../src/core/conversation/store.ts';
import type { AnswerContent } from '../../src/core/messages/wire.ts';
import { ToolRegistry } from '../../src/core/tools/registry.ts';
import { amongOthers } from '../../src/core/tools/tool.ts';
import { type Script, setUp } from './session.ts';
import { type Events, showingTool, waitingTool } from './testTools.ts';
import { MemoryWorkspace } from './toolWorkspace.ts';
import { turnOfLoop } from './turnOfLoop.ts';

/** A session whose tools wait until they are released, in Act. */
export function openWithTools(...scripts: Script[]) {
  const made = setUp(...scripts);
  const events: Events = [];
  const waiting = new Map<string, () => void>();
  const user = { isTrusted: true, isOverBudget: false };
  const registry = new ToolRegistry(() => [
    amongOthers(waitingTool('reads', events, waiting)),
    amongOthers(waitingTool('changes', events, waiting)),
    amongOthers(showingTool),
  ]);
  const running: boolean[] = [];
  const ports = {
    ...made.ports,
    tools: { registry, workspace: new MemoryWorkspace({}), isTrusted: () => user.isTrusted },
    isOverBudget: () => Promise.resolve(user.isOverBudget),
    runningChanged: (isRunning: boolean) => running.push(isRunning),
    mayGoOut: () => Promise.resolve(true),
  };
  const session = new ChatSession(emptyConversation('c'), ports);
  session.unsent.mode = 'act';
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 20; turns++) await turnOfLoop();
  };
  const release = async (name: string): Promise<void> => {
    waiting.get(name)?.();
    await settle();
  };
  const lastId = () => session.branch.turns.at(-1)?.id ?? '';
  /** What the last answer’s calls have come to. */
  const calls = () => {
    const last = session.branch.turns.findLast(({ role }) => role === 'assistant');
    return last?.role === 'assistant' ? (last.calls ?? []) : [];
  };
  return { ...made, session, ports, events, release, settle, user, running, lastId, calls };
}

export const look = (name: string): [string, Record<string, unknown>] => ['look', { name }];
export const change = (name: string): [string, Record<string, unknown>] => ['change', { name }];

/** Thinks before it calls. */
export function thinking(script: Script): Script {
  return (listener, message, signal) => {
    const block: AnswerContent = { type: 'thinking', thinking: 'I should look.', signature: 'signed' };
    message.content.push(block);
    listener.blockStarted(0, block);
    return script(listener, message, signal);
  };
}

/** Marks for the cache are no part of what is asserted. */
export function uncached(content: unknown): unknown {
  return JSON.parse(JSON.stringify(content, (key, value: unknown) => (key === 'cache_control' ? undefined : value)));
}

/** Ends an answer with another word than that for calls. */
export function endingWith(stopReason: string, script: Script): Script {
  return async (listener, message, signal) => {
    const end = await script(listener, message, signal);
    message.stopReason = stopReason;
    return end;
  };
}

/** Of the first call of the first answer. */
export function resultOf(session: ChatSession): string | undefined {
  const answer = session.branch.turns[1];
  return answer?.role === 'assistant' ? answer.calls?.[0]?.result?.text : undefined;
}
