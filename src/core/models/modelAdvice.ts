import type { AdviceReason, ModelAdvice } from '../../shared/modelAdvice.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import type { NextSize } from '../../shared/nextSize.ts';
import { type ModelPurpose, purposeOf } from './modelPurpose.ts';
import { isKnownLarger, isThinkingId, type ModelRules } from './modelRules.ts';

/** What would go out now, and what it would go to. */
export interface AdvisedTask {
  model: string;
  turn: Pick<UserTurn, 'text' | 'intent' | 'call' | 'excerpts' | 'attachments'>;
  size: Pick<NextSize, 'tokens' | 'history' | 'contextWindow'>;
  /** The user has said how the model is to think, or lets it use tools: they want more than a quick answer. */
  isDemanding: boolean;
}

/** What there is to choose from. */
export interface OfferedModels {
  /** What the endpoint lists. Nothing else is suggested: nobody knows whether it is there. */
  listed: readonly { id: string; displayName?: string; deprecated?: boolean }[];
  /** The ids that the user likes best, the favourites first. */
  preferred: readonly string[];
  rulesFor: (id: string) => ModelRules;
}

/** Characters: a longer question may be a hard one. */
const mostOfShortQuestion = 160;
/** Tokens of what was said before; behind more of that, a short question is about it. */
const mostBeforeQuick = 2_000;
/** From so many attachments, or so many tokens, on there is much to read. */
const manyAttachments = 5;
const muchTokens = 50_000;
/** What a context window has beyond the request, at least, as a factor: the count is an estimate, and answers take room. */
const windowReserve = 1.1;

/** Another model that suits the task clearly better, by few plain rules; undefined where none does, as it mostly is. */
export function adviseModel(task: AdvisedTask, offered: OfferedModels): ModelAdvice | undefined {
  const reason = reasonFor(task);
  const model = reason && bestFor(reason, task, offered);
  return model && { model: model.id, name: model.displayName ?? model.id, reason };
}

function reasonFor(task: AdvisedTask): AdviceReason | undefined {
  const { model, turn, size } = task;
  const attached = turn.attachments?.length ?? 0;
  if (turn.text.trim() === '' && attached === 0) return undefined;
  if (size.tokens > (size.contextWindow ?? Infinity)) return 'window';
  const purpose = purposeOf(model);
  if (purpose === 'fast' && turn.intent === 'review') return 'review';
  if (purpose === 'fast' && (attached >= manyAttachments || size.tokens >= muchTokens)) return 'much';
  return purpose === 'complex' && isQuick(task) ? 'quick' : undefined;
}

/** One line that asks something, about nothing that lies beside it or was said before. */
function isQuick({ turn, size, isDemanding }: AdvisedTask): boolean {
  const { intent, call, excerpts, attachments = [] } = turn;
  const isPlain = intent === 'chat' && call === undefined && excerpts.length === 0 && attachments.length === 0;
  const text = turn.text.trim();
  // Also the question mark of Chinese and Japanese, and that of Arabic.
  const isQuestion = text.length <= mostOfShortQuestion && /^[^\n]+[?？؟]$/.test(text);
  return isPlain && isQuestion && !isDemanding && size.history <= mostBeforeQuick;
}

/** The purposes that are meant, the one that suits best first. */
const wanted: Record<Exclude<AdviceReason, 'window'>, ModelPurpose[]> = {
  quick: ['fast'],
  review: ['balanced', 'complex'],
  much: ['balanced', 'complex'],
};

function bestFor(
  reason: AdviceReason,
  { model, size }: AdvisedTask,
  { listed, preferred, rulesFor }: OfferedModels,
): OfferedModels['listed'][number] | undefined {
  // A larger window changes as little else as it can.
  const own = purposeOf(model);
  const purposes = reason === 'window' ? [own, 'balanced', 'complex', 'fast', undefined] : wanted[reason];
  const rankOf = (id: string): [number, number] => [
    preferred.includes(id) ? preferred.indexOf(id) : preferred.length,
    purposes.indexOf(purposeOf(id)),
  ];
  const fits = ({ id, deprecated }: OfferedModels['listed'][number]): boolean =>
    id !== model &&
    deprecated !== true &&
    isThinkingId(id) === isThinkingId(model) &&
    purposes.includes(purposeOf(id)) &&
    isKnownLarger(rulesFor(id), size.tokens * windowReserve);
  return listed.filter(fits).toSorted((one, other) => {
    const [[liked, suits], [otherLiked, otherSuits]] = [rankOf(one.id), rankOf(other.id)];
    return liked - otherLiked || suits - otherSuits;
  })[0];
}
