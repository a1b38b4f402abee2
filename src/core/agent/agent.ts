import type { CallDecision, RanCall } from '../../shared/ranCalls.ts';
import type { ToolMode } from '../../shared/toolMode.ts';
import type { AnswerContent, ToolParam } from '../messages/wire.ts';
import type { ModelRules } from '../models/modelRules.ts';
import type { ToolRegistry } from '../tools/registry.ts';
import { noWorkspace, type ToolWorkspace } from '../tools/workspace.ts';
import { Asks } from './asks.ts';
import { type RequestedCall, requestedCalls } from './requestedCalls.ts';
import { Round, type RoundPorts } from './round.ts';
import { takeBack } from './takeBack.ts';

/** The tools, and what they work on. */
export interface ToolPorts {
  registry: ToolRegistry;
  workspace: ToolWorkspace;
  /** Before each request: starts what the tools need. Resolves at once when the signal is aborted; never rejects. */
  ready?: (signal: AbortSignal) => Promise<void>;
  /** Whether the user trusts the workspace: else nothing runs. */
  isTrusted: () => boolean;
  /** The conversation is let go: what tools keep for it, such as a browser, is ended. */
  left?: (conversationId: string) => void;
}

export interface AgentPorts {
  conversationId: string;
  /** Absent: there are none. */
  tools?: ToolPorts;
  mode: () => ToolMode;
  /** The names of tools that the user has written into the request, and answers by hand. */
  answeredByHand: () => readonly string[];
  newId: () => string;
  /** Milliseconds on a clock that never goes back. */
  clock: () => number;
}

/** Requests that follow each other without the user's word. After so many the user is asked. */
export const mostRounds = 25;

/** The tools of one conversation: what its requests offer, and the calls of its answers. */
export class Agent {
  readonly #ports: AgentPorts;
  readonly #asks = new Asks();
  /** Tools, or what stands for one of a file, whose calls the user has allowed for as long as the conversation is open. */
  readonly #allowed = new Set<string>();
  /** That of the answer whose calls run now. */
  #running: Round | undefined;

  constructor(ports: AgentPorts) {
    this.#ports = ports;
  }

  /** Whether the user wants tools and gets none, as the workspace is not trusted. */
  get isHeldBack(): boolean {
    const { tools, mode } = this.#ports;
    return tools !== undefined && mode() !== 'chat' && !tools.isTrusted();
  }

  /** Makes ready what the next request may offer. */
  async ready(signal: AbortSignal): Promise<void> {
    await this.#tools?.ready?.(signal);
  }

  /** What a request to a model of these rules offers beside the user's own tools. */
  offered(rules: ModelRules): ToolParam[] {
    return this.#tools?.registry.offered(rules, new Set(this.#ports.answeredByHand())) ?? [];
  }

  /** What a model that is offered tools is told of the workspace. */
  get workspaceNote(): string {
    const place =
      'You work on the user’s workspace in their editor. Its root is `.`; name files by their paths relative to it, such as `src/main.ts`.';
    const rule =
      this.#ports.mode() === 'plan'
        ? 'In this conversation tools may only read: say what you would change, and where.'
        : 'The user is asked before a file is changed or a command runs, and may decline.';
    return `${place} ${rule}`;
  }

  /**
   * Runs the calls of an answer, and gives each a result, also where the signal ends it; `changed` hears of all that
   * becomes of them. `isCut`: the limit of tokens has ended it. Those to tools that the user answers by hand are left to
   * them. Empty where there are no others.
   */
  async run(
    content: readonly AnswerContent[],
    changed: RoundPorts['changed'],
    signal: AbortSignal,
    isCut = false,
  ): Promise<RanCall[]> {
    const tools = this.#tools;
    const byHand = [...this.#ports.answeredByHand(), ...(tools?.registry.byHand ?? [])];
    const requested = tools ? requestedCalls(content, isCut).filter(({ name }) => !byHand.includes(name)) : [];
    if (!tools || requested.length === 0) return [];
    const { registry } = tools;
    this.#running = this.#round({ registry, mode: this.#ports.mode, changed }, requested, signal);
    return this.#running.run();
  }

  /** Runs the calls to tools that a request has brought for itself. They only read; no mode keeps them from running. */
  async runOwn(registry: ToolRegistry, content: readonly AnswerContent[]): Promise<RanCall[]> {
    const mode = (): ToolMode => 'plan';
    return this.#round(
      { registry, mode, changed: () => undefined },
      requestedCalls(content),
      new AbortController().signal,
    ).run();
  }

  #round(
    ports: Pick<RoundPorts, 'registry' | 'mode' | 'changed'>,
    requested: readonly RequestedCall[],
    signal: AbortSignal,
  ): Round {
    const { tools, conversationId } = this.#ports;
    return new Round(
      requested,
      {
        ...ports,
        site: { workspace: tools?.workspace ?? noWorkspace, conversationId },
        isAllowed: permission => this.#allowed.has(permission),
        allow: permission => this.#allowed.add(permission),
        ask: (index, shown) => this.#asks.ask(index, shown, signal),
        newId: this.#ports.newId,
        clock: this.#ports.clock,
      },
      signal,
    );
  }

  /** The user's word on the call that waits for it, without the hunks of `left`; see Asks. */
  decide(index: number, decision: CallDecision, left: readonly number[] = []): void {
    this.#asks.decide(index, { decision, left });
  }

  /** Ends one call that runs; see Round. */
  stop(index: number): void {
    this.#running?.stop(index);
  }

  /** Takes a hunk of a change that was made back; see takeBack. */
  async takeBack(call: RanCall, hunk: number): Promise<RanCall | undefined> {
    const { tools } = this.#ports;
    return tools && takeBack(call, hunk, tools.workspace);
  }

  get #tools(): ToolPorts | undefined {
    const { tools, mode } = this.#ports;
    return tools && mode() !== 'chat' && tools.isTrusted() ? tools : undefined;
  }
}
