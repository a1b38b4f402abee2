import type { AssistantTurn, Usage } from '../../shared/conversation.ts';
import type { Translate } from '../../shared/translate.ts';
import { language } from '../ui/language.ts';
import { costText, exactCostText, formatCount } from '../ui/numberText.ts';

/** The tokens that stand below an answer; empty where none were reported. */
export function tokensSummary(turn: AssistantTurn, t: Translate): string {
  const { usage = {} } = turn;
  const parts = [
    usage.inputTokens === undefined ? '' : t('{0} in', formatCount(totalInput(usage, usage.inputTokens))),
    isReceived(turn) ? t('{0} out', formatCount(usage.outputTokens ?? 0)) : '',
  ].filter(part => part !== '');
  return parts.length === 0 ? '' : t('Tokens: {0}', parts.join(' · '));
}

/** The cost that follows them, with what parts the two; empty where no price is known. */
export function costSummary({ figures }: AssistantTurn): string {
  return figures?.costUsd === undefined ? '' : ` · ${costText(figures.costUsd)}`;
}

/** How long it took, behind the two; empty where nobody has measured it. */
export function timeSummary({ figures }: AssistantTurn, t: Translate): string {
  return figures === undefined ? '' : ` · ${durationText(figures.durationMs, t)}`;
}

/** All that is known of what an answer took; of an old one that is less. */
export function figuresRows(turn: AssistantTurn, t: Translate): [name: string, value: string][] {
  const { model, usage = {}, figures, state } = turn;
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens = 0 } = usage;
  const speed = tokensPerSecond(turn);
  const rows: [name: string, value: string | undefined][] = [
    [t('Model'), model === '' ? undefined : model],
    [t('Sent'), inputTokens === undefined ? undefined : formatCount(totalInput(usage, inputTokens))],
    [t('Of these from the cache'), cacheReadTokens ? formatCount(cacheReadTokens) : undefined],
    [t('Of these into the cache'), cacheWriteTokens ? formatCount(cacheWriteTokens) : undefined],
    [t('Received'), isReceived(turn) ? formatCount(outputTokens) : undefined],
    [t('Cost'), figures && costRow(figures.costUsd, t)],
    [t('First token after'), figures?.firstTokenMs === undefined ? undefined : durationText(figures.firstTokenMs, t)],
    [t('Speed'), speed === undefined ? undefined : t('{0} tokens/s', oneDigit(speed))],
    [t('Duration'), figures && durationText(figures.durationMs, t)],
    [t('Requests'), figures && figures.requests > 1 ? formatCount(figures.requests) : undefined],
    [t('Stop reason'), state.phase === 'complete' ? (state.stopReason ?? undefined) : undefined],
  ];
  return rows.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
}

function costRow(usd: number | undefined, t: Translate): string {
  return usd === undefined ? t('no price is known') : t('about {0}', exactCostText(usd));
}

/** What was received is counted at the end alone: before that, the endpoint has named a beginning. */
function isReceived({ usage, state }: AssistantTurn): boolean {
  return usage?.outputTokens !== undefined && state.phase === 'complete';
}

/** The protocol counts what came from the cache, and went into it, apart from the rest of the input. */
function totalInput(usage: Usage, uncached: number): number {
  return uncached + (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0);
}

/** Less than this, and the answer came at once: what it took to write is not known from its pieces. */
const leastWritingMs = 50;

/** Undefined where it would be a guess. */
function tokensPerSecond(turn: AssistantTurn): number | undefined {
  const { usage, figures, blocks } = turn;
  if (!figures || !isReceived(turn) || !usage?.outputTokens) return undefined;
  // Thinking that is not shown was written before the first piece that came.
  const isHidden = blocks.some(({ type, text }) => type === 'redactedThinking' || (type === 'thinking' && text === ''));
  const { writingMs = 0, durationMs } = figures;
  const ms = isHidden || writingMs < leastWritingMs ? durationMs : writingMs;
  return ms <= 0 ? undefined : (usage.outputTokens * 1000) / ms;
}

/** A time as one reads it. */
export function durationText(ms: number, t: Translate): string {
  if (ms < 1000) return t('{0} ms', formatCount(Math.round(ms)));
  const seconds = ms / 1000;
  if (seconds < 60) return t('{0} s', oneDigit(seconds));
  return t('{0} min {1} s', formatCount(Math.floor(seconds / 60)), formatCount(Math.floor(seconds % 60)));
}

function oneDigit(value: number): string {
  const digits = value < 100 ? 1 : 0;
  return new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value);
}
