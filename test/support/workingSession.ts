import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ChatSession, type SessionPorts } from '../../src/core/chat/session.ts';
import { openSqliteCheckpoints } from '../../src/core/checkpoints/sqliteCheckpoints.ts';
import { emptyConversation } from '../../src/core/conversation/store.ts';
import type { AnswerContent, MessagesRequest } from '../../src/core/messages/wire.ts';
import type { ShellRule } from '../../src/core/shell/shellRules.ts';
import { shellEnvironment } from '../../src/core/shell/shellEnvironment.ts';
import { Shells } from '../../src/core/shell/shells.ts';
import { createBash } from '../../src/core/tools/bash.ts';
import { judgeCommand } from '../../src/core/tools/judgeCommand.ts';
import { ToolRegistry } from '../../src/core/tools/registry.ts';
import { textEditor } from '../../src/core/tools/textEditor.ts';
import { type AnyTool, amongOthers } from '../../src/core/tools/tool.ts';
import type { CallDecision, RanCall } from '../../src/shared/ranCalls.ts';
import { checkpointPort } from './checkpoints.ts';
import { DiskFiles, DiskWorkspace } from './diskWorkspace.ts';
import { type Script, setUp } from './session.ts';

export interface WorkingOptions {
  /** What the model says, an answer each. */
  scripts?: Script[];
  /** The user's word on a call; without it all is allowed. */
  decide?: (call: RanCall) => CallDecision;
  rules?: ShellRule[];
  /** What the editor's own process has in its environment. */
  environment?: Record<string, string>;
  /** Beside the editor and the shell. */
  tools?: () => readonly AnyTool[];
  ready?: (signal: AbortSignal) => Promise<void>;
  ports?: Partial<SessionPorts>;
}

/** A conversation in Act on a folder of the disk: the product’s loop, tools, shell and checkpoints, without an editor. */
export function workIn(t: TestContext, folder: string, options: WorkingOptions = {}) {
  const { scripts = [], decide = () => 'allow', rules = [], environment = {}, tools = () => [], ready } = options;
  const made = setUp(...scripts);
  const program = { file: 'bash', args: ['--noprofile', '--norc'], name: 'bash' } as const;
  const ofEditor = { PATH: process.env['PATH'] ?? '', HOME: temporaryFolder(t), ...environment };
  const shells = new Shells(
    () => Promise.resolve({ program, folder, environment: shellEnvironment(ofEditor, []) }),
    () => import('../../src/core/tools/shellBundle.ts'),
  );
  const bash = createBash({
    shells,
    timeoutMs: () => 120_000,
    judge: (command, surroundings) =>
      judgeCommand(command, { ...surroundings, changedSince: () => [], rules: { user: rules, workspace: [] } }),
    allow: () => Promise.resolve(),
    allowed: () => Promise.resolve(),
  });
  const registry = new ToolRegistry(() => [amongOthers(textEditor), amongOthers(bash), ...tools()]);
  const kept = openSqliteCheckpoints(':memory:');
  const asked: RanCall[] = [];
  const ports: SessionPorts = {
    ...made.ports,
    tools: { registry, workspace: new DiskWorkspace(folder), isTrusted: () => true, ...(ready && { ready }) },
    checkpoints: { store: checkpointPort(kept), files: new DiskFiles(folder) },
    emit: change => {
      made.ports.emit(change);
      setImmediate(answerCard);
    },
    ...options.ports,
  };
  const session = new ChatSession(emptyConversation('c'), ports);
  session.unsent.mode = 'act';
  const calls = (): RanCall[] =>
    session.branch.turns.flatMap(turn => (turn.role === 'assistant' ? (turn.calls ?? []) : []));
  let isAnswered = false;
  function answerCard(): void {
    const last = session.branch.turns.at(-1);
    const waiting = last?.role === 'assistant' ? last.calls?.find(({ state }) => state === 'awaiting') : undefined;
    if (!last || !waiting) isAnswered = false;
    else if (!isAnswered) {
      isAnswered = true;
      asked.push(waiting);
      session.calls.decide(last.id, waiting.index, decide(waiting));
    }
  }
  t.after(async () => {
    await session.close();
    await shells.endAll();
    kept.close();
  });
  return { ...made, session, asked, calls };
}

/** A folder that goes with the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'marginalia-work-')));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** An answer of the model that calls tools. */
export function calling(...calls: [tool: string, input: Record<string, unknown>][]): Script {
  return (listener, message) => {
    for (const [at, [name, input]] of calls.entries()) {
      const block: AnswerContent = { type: 'tool_use', id: `t${at}`, name, inputJson: JSON.stringify(input), input };
      message.content.push(block);
      listener.blockStarted(at, block);
    }
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  };
}

/** The results that a request hands back last. */
export function resultsIn(request: MessagesRequest | undefined): { text: string; isError: boolean }[] {
  const content = request?.messages.at(-1)?.content ?? [];
  return (typeof content === 'string' ? [] : content).flatMap(block =>
    block.type === 'tool_result'
      ? [{ text: JSON.stringify(block.content).slice(1, -1), isError: block.is_error === true }]
      : [],
  );
}
