import { isFields } from '../../shared/json.ts';
import type { Problem } from '../../shared/problem.ts';
import { EndpointBorder } from '../messages/endpoint.ts';
import type { Transport } from '../transport/transport.ts';
import type { ModelRules } from '../models/modelRules.ts';

/** A model as an endpoint lists it. What the endpoint does not say is absent. */
export interface ListedModel {
  id: string;
  displayName?: string;
  /** Tokens. */
  contextWindow?: number;
  /** Tokens: the highest `max_tokens`. */
  maxOutput?: number;
  thinking?: ModelRules['thinking'];
  /** The endpoint is going to withdraw it. */
  deprecated?: boolean;
}

export interface ModelsEndpoint {
  modelsUrl: string;
  key: string;
}

export type ModelListEnd =
  { kind: 'listed'; models: ListedModel[] } | { kind: 'stopped' } | { kind: 'failed'; problem: Problem };

/** Milliseconds for the whole list, all its pages. */
export const listDeadlineMs = 20_000;
/** Bytes of one page, several times those of the longest known list: a page is parsed in one go. */
const longestPage = 3_000_000;
const mostPages = 20;

/**
 * Asks an endpoint for its models. Never rejects. The key goes under both names that endpoints know it by: relays
 * document `Authorization` for this address, Anthropic takes `x-api-key` where both are there.
 */
export async function fetchModelList(
  openTransport: () => Promise<Transport>,
  { modelsUrl, key }: ModelsEndpoint,
  signal: AbortSignal,
  deadlineMs = listDeadlineMs,
): Promise<ModelListEnd> {
  const border = new EndpointBorder(openTransport, key);
  const limits = { late: AbortSignal.timeout(deadlineMs), bytes: longestPage };
  const models = new Map<string, ListedModel>();
  let query = '?limit=1000';
  for (let page = 0; page < mostPages; page++) {
    const reply = await border.ask(
      { method: 'GET', url: modelsUrl + query, keyAs: ['x-api-key', 'authorization'], signal },
      limits,
    );
    if (reply.kind === 'stopped') return reply;
    if (reply.kind === 'failed') return { kind: 'failed', problem: reply.error.problem };
    const read = reply.status < 300 ? readModelPage(reply.body) : undefined;
    if (!read) return { kind: 'failed', problem: border.refusal(reply).problem };
    for (const model of read.models) if (!models.has(model.id)) models.set(model.id, model);
    // A relay that does not know `after_id` would send the same page for ever.
    const next = read.nextAfter && `?limit=1000&after_id=${encodeURIComponent(read.nextAfter)}`;
    if (!next || next === query) break;
    query = next;
  }
  return { kind: 'listed', models: [...models.values()] };
}

export interface ModelPage {
  models: ListedModel[];
  /** The `after_id` of the next page, where there is one. */
  nextAfter?: string;
}

/**
 * One page of a list, in any of the forms that endpoints answer in: Anthropic's, OpenAI's, either in an envelope of
 * `code` or `success`, or a bare array. Entries that name no model are skipped. Undefined where it is no list.
 */
export function readModelPage(body: unknown, depth = 0): ModelPage | undefined {
  if (Array.isArray(body)) return { models: body.flatMap(entry => readEntry(entry) ?? []) };
  if (!isFields(body) || depth > 2) return undefined;
  if (isPresent(body['error']) || body['success'] === false || Number(body['code']) >= 400) return undefined;
  const page = readModelPage(body['data'] ?? body['models'], depth + 1);
  const last = body['last_id'];
  return page && body['has_more'] === true && typeof last === 'string' && last !== ''
    ? { ...page, nextAfter: last }
    : page;
}

function readEntry(entry: unknown): ListedModel | undefined {
  if (typeof entry === 'string') return readEntry({ id: entry });
  if (!isFields(entry)) return undefined;
  const id = textOf(entry['id'] ?? entry['name'] ?? entry['model']);
  // Longer than any id that the service takes.
  if (id === '' || id.length > 256) return undefined;
  const displayName = textOf(entry['display_name']);
  const contextWindow = tokensOf(entry['max_input_tokens']);
  const maxOutput = tokensOf(entry['max_tokens']);
  const thinking = thinkingOf(entry['capabilities']);
  return {
    id,
    ...(displayName !== '' && displayName !== id && { displayName }),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutput !== undefined && { maxOutput }),
    ...(thinking !== undefined && { thinking }),
    ...(entry['lifecycle'] === 'deprecated' && { deprecated: true }),
  };
}

/** The rules of a model, with what its endpoint says of it in their place. */
export function refineRules(rules: ModelRules, listed: ListedModel | undefined): ModelRules {
  if (!listed) return rules;
  const { contextWindow, maxOutput, thinking } = listed;
  return {
    ...rules,
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutput !== undefined && { maxOutput }),
    ...(thinking !== undefined && { thinking }),
  };
}

/** `capabilities.thinking.types` says of every form whether it is taken. */
function thinkingOf(capabilities: unknown): ModelRules['thinking'] | undefined {
  const thinking = isFields(capabilities) ? capabilities['thinking'] : undefined;
  const types = isFields(thinking) ? thinking['types'] : undefined;
  const supports = (type: string): boolean | undefined => {
    const support = isFields(types) ? types[type] : undefined;
    return isFields(support) && typeof support['supported'] === 'boolean' ? support['supported'] : undefined;
  };
  if (supports('enabled') === true) return supports('adaptive') === true ? 'budgetOrAdaptive' : 'budget';
  if (supports('adaptive') !== true) return undefined;
  return supports('disabled') === false ? 'alwaysAdaptive' : 'adaptive';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function tokensOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
