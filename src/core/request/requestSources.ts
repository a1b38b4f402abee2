import type { Usage } from '../../shared/conversation.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { Endpoint } from '../messages/endpoint.ts';
import { ContextLimits } from '../models/contextLimit.ts';
import type { ModelRules } from '../models/modelRules.ts';
import type { ToolParam } from '../messages/wire.ts';
import { nativeTools, type RefusalMemory } from '../messages/refusedField.ts';
import type { RequestSettings } from './buildRequest.ts';
import { type StartSettings, withStart } from '../conversation/startSettings.ts';
import type { Agent } from '../agent/agent.ts';
import { standIns, withoutNativeTools } from '../tools/nativeTools.ts';
import { CacheExpectation } from './cacheExpectation.ts';
import type { AnswerSources } from './prepareAnswer.ts';
import type { AnswerRecord, TurnRecord } from '../conversation/turns.ts';

/** Where requests go and how, or why none can be sent. */
export type Connection =
  | { ok: true; endpoint: Endpoint; settings: RequestSettings }
  | { ok: false; problem: Problem; settings: RequestSettings };

export interface SourcePorts {
  /** Asked anew for every answer: settings and key may have changed. */
  connect: () => Promise<Connection>;
  /** What a model takes, by its id. */
  rulesFor: (model: string) => ModelRules;
  refusals: RefusalMemory;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** The conversation that the requests are of. */
export interface RequestedConversation {
  parameters: () => Parameters;
  /** The settings that it began with. */
  start: () => StartSettings | undefined;
  turns: () => readonly TurnRecord[];
  agent: Pick<Agent, 'offered' | 'isHeldBack' | 'workspaceNote'>;
}

/** What decides about a conversation's requests besides its turns, and what their answers have taught about that. */
export class RequestSources {
  readonly #ports: SourcePorts;
  readonly #asking: RequestedConversation;
  readonly #limits = new ContextLimits();
  readonly #cache = new CacheExpectation();
  /** The thinking of the turns before this one is known to be refused. */
  #thinkingRefusedBefore = 0;

  constructor(ports: SourcePorts, asking: RequestedConversation) {
    this.#ports = ports;
    this.#asking = asking;
  }

  /** `once` stands over the conversation's own parameters. */
  async connect(once: Parameters = {}): Promise<{ connection: Connection; sources: AnswerSources }> {
    const connection = await this.#ports.connect();
    const parameters = { ...this.#asking.parameters(), ...once };
    const settings = withStart(connection.settings, this.#asking.start());
    const model = parameters.model ?? settings.model;
    const { rulesFor, refusals } = this.#ports;
    const { agent } = this.#asking;
    const rules = this.#limits.fit(model, rulesFor(model));
    const refusedFields = connection.ok ? refusals.fields(originOf(connection), model) : new Set<string>();
    const own = agent.offered(withoutNativeTools(rules));
    const tools = refusedFields.has(nativeTools) ? own : agent.offered(rules);
    const sources: AnswerSources = {
      settings: { ...settings, ...(tools.length > 0 && { workspaceNote: agent.workspaceNote }) },
      parameters: withTools(parameters, tools),
      areToolsHeldBack: agent.isHeldBack,
      rules,
      refusedFields,
      standIns: standIns(tools, own),
      areNativeToolsRefused: refusedFields.has(nativeTools) && standIns(agent.offered(rules), own).size > 0,
      isThinkingRefused: turn => this.#asking.turns().indexOf(turn) < this.#thinkingRefusedBefore,
    };
    return { connection, sources };
  }

  /** The endpoint has refused the field that the answer's problem names: it is left out from now on. */
  async leaveOutRefused({ state, model }: AnswerRecord): Promise<void> {
    const field = state.phase === 'failed' ? state.problem.field : undefined;
    if (field !== undefined) await this.leaveOut(field, model);
  }

  /** The field goes no more to this model, for as long as refusals are remembered. */
  async leaveOut(field: string, model: string): Promise<void> {
    const connection = await this.#ports.connect();
    if (connection.ok) this.#ports.refusals.add(originOf(connection), model, field);
  }

  /** The field is sent again to the model that the next request asks. */
  async sendRefusedAgain(field: string): Promise<void> {
    const { connection, sources } = await this.connect();
    const model = sources.parameters.model ?? sources.settings.model;
    if (connection.ok) this.#ports.refusals.forget(originOf(connection), model, field);
  }

  leaveOutThinkingBefore(turnCount: number): void {
    this.#thinkingRefusedBefore = turnCount;
  }

  /** Takes the window that a refusal has named. */
  learnLimit(turn: TurnRecord): void {
    if (turn.role === 'assistant' && 'problem' in turn.state) this.#limits.learn(turn.model, turn.state.problem);
  }

  /** A request for the answer to `turns` has ended; `sentAt` in milliseconds since the epoch. */
  learnCache(turns: readonly TurnRecord[], sources: AnswerSources, usage: Usage | undefined, sentAt: number): void {
    this.#cache.learn(turns, sources, usage, sentAt);
  }

  /** Tokens of a request that begins with `turns` which the endpoint should still have in its cache. */
  cached(turns: readonly TurnRecord[], sources: AnswerSources): number | undefined {
    return this.#cache.expected(turns, sources, this.#ports.now());
  }
}

/** The parameters with tools of our own behind those that the user has written. */
function withTools(parameters: Parameters, tools: readonly ToolParam[]): Parameters {
  if (tools.length === 0) return parameters;
  return { ...parameters, tools: [...(parameters.tools ?? []), ...tools.map(tool => ({ ...tool }))] };
}

function originOf({ endpoint }: Connection & { ok: true }): string {
  return new URL(endpoint.messagesUrl).origin;
}
