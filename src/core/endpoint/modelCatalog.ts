import { isFields } from '../../shared/json.ts';
import type { OriginMemory } from './originMemory.ts';
import { type ListedModel, refineRules } from './modelList.ts';
import { applyOverrides, type ModelOverride } from '../models/modelOverrides.ts';
import { canonicalId, isKnownLarger, type ModelRules, rulesFor, thinkingForms } from '../models/modelRules.ts';

/** What an origin has listed, and when, in milliseconds since the epoch. */
export interface KnownList {
  models: ListedModel[];
  listedAt: number;
}

export interface CatalogPorts {
  memory: OriginMemory;
  overrides: () => readonly ModelOverride[];
  /** The origin that requests go to; undefined where the base URL is unusable. */
  origin: () => string | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Milliseconds: an older list is asked for again when somebody looks at it. */
const freshForMs = 24 * 60 * 60 * 1000;

/** What is known of models: the table, over it what the endpoint lists, over that what the user has set. */
export class ModelCatalog {
  readonly #ports: CatalogPorts;
  readonly #lists = new Map<string, KnownList | undefined>();

  constructor(ports: CatalogPorts) {
    this.#ports = ports;
  }

  rulesFor(modelId: string): ModelRules {
    const origin = this.#ports.origin();
    const list = origin === undefined ? undefined : this.listOf(origin);
    return applyOverrides(refineRules(rulesFor(modelId), findListed(list, modelId)), this.#ports.overrides(), modelId);
  }

  /** Whether its window is known, and larger than so many tokens. */
  isLarger(modelId: string, tokens: number): boolean {
    return isKnownLarger(this.rulesFor(modelId), tokens);
  }

  /** Whether a model of the endpoint's list has a larger window; where nothing is listed yet, there may be one. */
  mayHaveLarger(tokens: number): boolean {
    const origin = this.#ports.origin();
    const list = origin === undefined ? undefined : this.listOf(origin);
    return list === undefined || list.models.some(({ id }) => this.isLarger(id, tokens));
  }

  /** What the endpoint has listed that requests go to. */
  get listed(): readonly ListedModel[] {
    const origin = this.#ports.origin();
    return (origin === undefined ? undefined : this.listOf(origin))?.models ?? [];
  }

  /** What the origin has listed, however long ago. */
  listOf(origin: string): KnownList | undefined {
    if (!this.#lists.has(origin)) this.#lists.set(origin, parseKnownList(this.#ports.memory.read(origin)));
    return this.#lists.get(origin);
  }

  isFresh({ listedAt }: KnownList): boolean {
    const age = this.#ports.now() - listedAt;
    return age >= 0 && age < freshForMs;
  }

  /** Keeps what an origin has listed. */
  learn(origin: string, models: ListedModel[]): KnownList {
    const list = { models, listedAt: this.#ports.now() };
    this.#lists.set(origin, list);
    this.#ports.memory.write(origin, list);
    return list;
  }
}

/** A relay may list a model without the prefix or the `-thinking` suffix that the user's id has. */
function findListed(list: KnownList | undefined, modelId: string): ListedModel | undefined {
  const canonical = canonicalId(modelId);
  return list?.models.find(({ id }) => id === modelId) ?? list?.models.find(({ id }) => canonicalId(id) === canonical);
}

function parseKnownList(kept: unknown): KnownList | undefined {
  if (!isFields(kept) || typeof kept['listedAt'] !== 'number' || !Array.isArray(kept['models'])) return undefined;
  return { listedAt: kept['listedAt'], models: kept['models'].flatMap(model => parseKept(model) ?? []) };
}

function parseKept(kept: unknown): ListedModel | undefined {
  if (!isFields(kept)) return undefined;
  const fields: Partial<Record<keyof ListedModel, unknown>> = kept;
  const { id, displayName, contextWindow, maxOutput, deprecated } = fields;
  if (typeof id !== 'string') return undefined;
  const thinking = thinkingForms.find(form => form === fields.thinking);
  return {
    id,
    ...(typeof displayName === 'string' && { displayName }),
    ...(typeof contextWindow === 'number' && { contextWindow }),
    ...(typeof maxOutput === 'number' && { maxOutput }),
    ...(thinking !== undefined && { thinking }),
    ...(deprecated === true && { deprecated }),
  };
}
