import type { ListedModel } from '../../core/endpoint/modelList.ts';
import { endOf } from '../../core/models/modelEnds.ts';
import { purposeOf } from '../../core/models/modelPurpose.ts';
import { isGuessed, isKnownLarger, type ModelRules } from '../../core/models/modelRules.ts';
import type { Translate } from '../../shared/translate.ts';

export interface ModelChoice {
  id: string;
  label: string;
  description: string;
  detail: string;
  isFavourite: boolean;
}

export interface ModelGroup {
  heading: string;
  /** Why these are not, or not today's, models of the endpoint. */
  notice?: string;
  choices: ModelChoice[];
}

export interface ModelsToChoose {
  current: string;
  /** The latest first. */
  recent: readonly string[];
  /** Those that the user has marked, in the order in which that was done. */
  favourites?: readonly string[];
  /** What the endpoint lists; undefined where nothing is known of it. */
  listed: readonly ListedModel[] | undefined;
  /** The host that lists them, such as `api.example.com`. */
  host: string;
  /** Why there is no list, or none of today; empty where it is. */
  why: string;
  /** The list is on its way. What stands in its place would move from under the pointer when it comes. */
  isAwaited?: boolean;
  /** The ids that are shown already, in their order: they keep their places, and what is new comes behind them. */
  shown?: readonly string[];
  rulesFor: (id: string) => ModelRules;
  /** Only those whose context window is known to be larger than so many tokens. */
  largerThan?: number | undefined;
}

/** The models on the endpoint's page, for where no list can be had. */
const knownModels: ListedModel[] = [
  { id: 'claude-sonnet-4-5-20250929', displayName: 'Claude Sonnet 4.5' },
  { id: 'claude-haiku-4-5-20251001', displayName: 'Claude Haiku 4.5' },
  { id: 'claude-opus-4-1-20250805', displayName: 'Claude Opus 4.1' },
  { id: 'claude-sonnet-4-5-20250929-thinking' },
  { id: 'claude-opus-4-1-20250805-thinking' },
];

/** What there is to choose from: the user's favourites, the models used last, then the endpoint's, those of this protocol's vendor first. */
export function groupModels(models: ModelsToChoose, t: Translate): ModelGroup[] {
  const isAwaited = models.isAwaited === true && models.listed === undefined;
  const offered = inPlace(models.listed ?? (isAwaited ? [] : knownModels), models.shown ?? []);
  const isMeant = (id: string): boolean => isLarge(models.rulesFor(id), models.largerThan);
  const favourites = (models.favourites ?? []).filter(isMeant);
  const used = [...new Set([models.current, ...models.recent])].filter(id => isMeant(id) && !favourites.includes(id));
  const own = [...favourites, ...used];
  const others = offered.filter(({ id }) => !own.includes(id) && isMeant(id));
  const claude = others.filter(({ id }) => /claude/i.test(id));
  const rest = others.filter(({ id }) => !/claude/i.test(id));
  const heading = models.listed || isAwaited ? t('Listed by {0}', models.host) : t('Known models');
  const notice = isAwaited ? t('Asking the endpoint…') : whyNone(models, own.length + others.length, t);
  const toChoice = (model: ListedModel): ModelChoice => describe(model, models, t);
  const byId = (id: string): ModelChoice =>
    toChoice((models.listed ?? knownModels).find(model => model.id === id) ?? { id });
  const groups: ModelGroup[] = [
    { heading: t('Favourites'), choices: favourites.map(byId) },
    { heading: t('Used last'), choices: used.map(byId) },
    { heading, choices: claude.map(toChoice), ...(notice !== '' && { notice }) },
    { heading: t('Other models of {0}', models.host), choices: rest.map(toChoice) },
  ];
  return groups.filter(({ choices, notice }) => choices.length > 0 || notice !== undefined);
}

function inPlace(offered: readonly ListedModel[], shown: readonly string[]): ListedModel[] {
  const placeOf = ({ id }: ListedModel): number => (shown.includes(id) ? shown.indexOf(id) : shown.length);
  return offered.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function describe(model: ListedModel, models: ModelsToChoose, t: Translate): ModelChoice {
  const { current, favourites = [], rulesFor } = models;
  const { id, displayName } = model;
  const marks = [displayName === undefined ? '' : id, id === current ? t('current') : '', endText(model, t)];
  return {
    id,
    label: displayName ?? id,
    description: marks.filter(mark => mark !== '').join(' · '),
    detail: [purposeText(id, t), describeRules(rulesFor(id), t)].filter(part => part !== '').join(' · '),
    isFavourite: favourites.includes(id),
  };
}

/** Why there is nothing to choose, or no list of today. */
function whyNone({ why, largerThan }: ModelsToChoose, count: number, t: Translate): string {
  if (why !== '' || largerThan === undefined || count > 0) return why;
  return t('No model with a larger context window is known here');
}

function isLarge(rules: ModelRules, than: number | undefined): boolean {
  return than === undefined || isKnownLarger(rules, than);
}

/** What is known of its end: nothing is said of one that may never come. */
function endText({ id, deprecated }: ListedModel, t: Translate): string {
  const end = endOf(id);
  if (end) return t('ends with its vendor on {0}, then {1}', end.day, end.successor);
  return deprecated ? t('will be withdrawn') : '';
}

/** What the endpoint's page says that a family is for. */
function purposeText(id: string, t: Translate): string {
  switch (purposeOf(id)) {
    case 'complex':
      return t('for complex tasks');
    case 'balanced':
      return t('balanced');
    case 'fast':
      return t('fast, for simple tasks');
    case undefined:
      return '';
  }
}

/** Nothing where nothing is known. */
function describeRules(rules: ModelRules, t: Translate): string {
  const { contextWindow, maxOutput, price, priceSource } = rules;
  const parts = isGuessed(rules) ? [] : [t('{0} context', inShort(contextWindow)), t('{0} output', inShort(maxOutput))];
  if (price) {
    const amounts = [dollars(price.input), dollars(price.output)] as const;
    parts.push(
      priceSource === 'setting'
        ? t('{0} in, {1} out per million tokens (your price)', ...amounts)
        : t('{0} in, {1} out per million tokens (list price)', ...amounts),
    );
  }
  return parts.join(' · ');
}

/** 200,000 is `200K`, a million `1M`. */
function inShort(tokens: number): string {
  if (tokens >= 1_000_000) return `${round(tokens / 1_000_000)}M`;
  return tokens >= 1_000 ? `${round(tokens / 1_000)}K` : String(tokens);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function dollars(amount: number): string {
  return `$${Math.round(amount * 10_000) / 10_000}`;
}
