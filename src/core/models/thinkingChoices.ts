import type { Parameters } from '../../shared/parameters.ts';
import type { ModelRules } from './modelRules.ts';

/** What a conversation can ask of thinking: `model` sends nothing, so that the model does as it does by itself. */
export type ThinkingChoice =
  { kind: 'model' } | { kind: 'off' } | { kind: 'adaptive' } | { kind: 'budget'; budgetTokens: number };

/** Tokens; the least is what the service takes. */
const budgets = [1_024, 4_096, 16_384, 32_768];
export const leastBudget = 1_024;

/** What the model takes, and what leaves an answer of `maxTokens` tokens some room. */
export function thinkingChoices({ thinking }: Pick<ModelRules, 'thinking'>, maxTokens: number): ThinkingChoice[] {
  const takesBudget = thinking === 'budget' || thinking === 'budgetOrAdaptive' || thinking === 'unknown';
  return [
    { kind: 'model' },
    ...(thinking === 'budget' || thinking === 'alwaysAdaptive' ? [] : [{ kind: 'off' } as const]),
    ...(thinking === 'budget' ? [] : [{ kind: 'adaptive' } as const]),
    ...(takesBudget ? budgets.filter(budget => budget < maxTokens) : []).map(
      budgetTokens => ({ kind: 'budget', budgetTokens }) as const,
    ),
  ];
}

/** The choice as the parameter; how thinking is displayed stays as it was. */
export function thinkingOf(choice: ThinkingChoice, before: Parameters['thinking']): Parameters['thinking'] {
  const shown = before && 'display' in before && { display: before.display };
  switch (choice.kind) {
    case 'model':
      return undefined;
    case 'off':
      return { type: 'disabled' };
    case 'adaptive':
      // The models that think adaptively leave the words out unless they are asked for.
      return { type: 'adaptive', ...(shown || { display: 'summarized' }) };
    case 'budget':
      return { type: 'enabled', budget_tokens: choice.budgetTokens, ...shown };
  }
}

/** The choice that the parameter stands for. */
export function choiceOf(thinking: Parameters['thinking']): ThinkingChoice {
  if (!thinking) return { kind: 'model' };
  if (thinking.type === 'enabled') return { kind: 'budget', budgetTokens: thinking.budget_tokens };
  return { kind: thinking.type === 'adaptive' ? 'adaptive' : 'off' };
}
