/** What the service allows for one model. The rules follow the family and its version, never a closed list of ids. */
export interface ModelRules {
  /** The id without a `-thinking` suffix: what an answer names. */
  readonly id: string;
  readonly hasThinkingSuffix: boolean;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly minCacheTokens: number;
  readonly enabledThinking: boolean;
  readonly adaptiveThinking: boolean;
  readonly thinkingCanBeOff: boolean;
  readonly prefill: boolean;
  /** `exclusive`: temperature or top_p, not both. `fixed`: only the default values. */
  readonly sampling: 'free' | 'exclusive' | 'fixed';
  readonly effort: boolean;
  readonly computerTool: 'computer_20250124' | 'computer_20251124';
  readonly computerToolset: boolean;
}

type Family = 'haiku' | 'sonnet' | 'opus' | 'fable' | 'mythos';

const VERSIONS: Readonly<Record<Family, readonly string[]>> = {
  haiku: ['4-5', '5-5'],
  sonnet: ['4', '4-0', '4-5', '4-6', '5', '5-5'],
  opus: ['4', '4-0', '4-1', '4-5', '4-6', '4-7', '4-8', '5', '5-5'],
  fable: ['5', '5-1', '5-2'],
  mythos: ['5'],
};

const ID = /^claude-(haiku|sonnet|opus|fable|mythos)-(\d+(?:-\d{1,2})?)(?:-\d{8})?(-thinking)?$/;

export function modelRules(id: string): ModelRules | undefined {
  const match = ID.exec(id);
  const family = match?.[1] as Family | undefined;
  const version = match?.[2];
  if (family === undefined || version === undefined || !VERSIONS[family].includes(version)) return undefined;
  const [major, minor] = version.split('-').map(Number);
  const number = (major ?? 0) + (minor ?? 0) / 10;
  const old = number < 4.6;
  return {
    id: id.replace(/-thinking$/, ''),
    hasThinkingSuffix: match?.[3] !== undefined,
    contextTokens: old || family === 'haiku' ? 200_000 : 1_000_000,
    maxOutputTokens: maxOutputTokens(family, number),
    minCacheTokens: minCacheTokens(family, number),
    enabledThinking: number < 4.7,
    adaptiveThinking: !old,
    thinkingCanBeOff: family !== 'fable' && family !== 'mythos',
    prefill: old,
    sampling: number > 4.6 ? 'fixed' : number > 4 ? 'exclusive' : 'free',
    effort: number >= 4.6 || (family === 'opus' && number >= 4.5),
    computerTool: number >= 4.6 || (family === 'opus' && number >= 4.5) ? 'computer_20251124' : 'computer_20250124',
    computerToolset: number >= 4.8,
  };
}

function maxOutputTokens(family: Family, number: number): number {
  if (family === 'haiku') return 64_000;
  if (number >= 4.6) return 128_000;
  return number < 4.5 ? 32_000 : 64_000;
}

function minCacheTokens(family: Family, number: number): number {
  if (family === 'haiku') return 4096;
  if (family === 'fable' || family === 'mythos') return 512;
  if (family === 'sonnet') return 1024;
  if (number === 5) return 512;
  if (number >= 4.8 || number < 4.5) return 1024;
  return number >= 4.7 ? 2048 : 4096;
}

interface ListedModel {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

const LISTED: readonly ListedModel[] = [
  { id: 'claude-opus-5', name: 'Claude Opus 5', createdAt: '2026-07-01T00:00:00Z' },
  { id: 'claude-sonnet-5', name: 'Claude Sonnet 5', createdAt: '2026-06-01T00:00:00Z' },
  { id: 'claude-sonnet-4-6', name: 'Claude Sonnet 4.6', createdAt: '2026-02-01T00:00:00Z' },
  { id: 'claude-haiku-4-5-20251001', name: 'Claude Haiku 4.5', createdAt: '2025-10-01T00:00:00Z' },
  { id: 'claude-sonnet-4-5-20250929', name: 'Claude Sonnet 4.5', createdAt: '2025-09-29T00:00:00Z' },
  {
    id: 'claude-sonnet-4-5-20250929-thinking',
    name: 'Claude Sonnet 4.5 (thinking)',
    createdAt: '2025-09-29T00:00:00Z',
  },
  { id: 'claude-opus-4-1-20250805', name: 'Claude Opus 4.1', createdAt: '2025-08-05T00:00:00Z' },
  { id: 'claude-opus-4-1-20250805-thinking', name: 'Claude Opus 4.1 (thinking)', createdAt: '2025-08-05T00:00:00Z' },
];

/** The entries of `GET /v1/models`, newest first. */
export function listedModels(): readonly object[] {
  return LISTED.map(modelObject);
}

/** The entry of `GET /v1/models/{id}`; an id that is accepted but not listed has one too. */
export function modelById(id: string): object | undefined {
  if (modelRules(id) === undefined) return undefined;
  const listed = LISTED.find(model => model.id === id);
  return modelObject(listed ?? { id, name: id, createdAt: '2026-01-01T00:00:00Z' });
}

function modelObject(model: ListedModel): object {
  const rules = modelRules(model.id);
  return {
    type: 'model',
    id: model.id,
    display_name: model.name,
    created_at: model.createdAt,
    max_input_tokens: rules?.contextTokens,
    max_tokens: rules?.maxOutputTokens,
  };
}
