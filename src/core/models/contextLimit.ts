import type { Problem } from '../../shared/problem.ts';

/** Whether an endpoint's words say that a request has more tokens than the context window; `words` are type and code. */
export function isPromptTooLong(words: string, message: string): boolean {
  return (
    /context_length_exceeded|context_window_exceeded|prompt_too_long|string_above_max_length/.test(words) ||
    sayings.some(saying => saying.test(message))
  );
}

/** The service's own words, those of the clouds that resell it, and those of relays and of other protocols behind them. */
const sayings = [
  /\b(prompt|input|conversation) is too long\b/i,
  /input length and [`'"]?max_tokens[`'"]? exceed/i,
  /\b(exceeds?|exceeded|exceeding|longer than|over)\b.{0,40}\bcontext (length|limit|window|size)/i,
  /\bmaximum context length is \d/i,
  /\bcontext (length|limit|window|size)\b.{0,12}\bexceeded\b/i,
  /上下文.{0,8}(超出|超过|超限|过长)|(超出|超过).{0,12}上下文|(输入|提示词?)过长/,
];

/** The numbers in a refusal, in tokens: what the endpoint counted, and the most that it takes. */
export interface TooLongFacts {
  tokens?: number;
  limit?: number;
}

export function tooLongFacts(detail: string): TooLongFacts {
  const text = detail.replace(/(\d)[,_](?=\d{3}\b)/g, '$1');
  // With `max_tokens`: input + output > limit.
  const sum = /(\d+)\s*\+\s*\d+\s*>\s*(\d+)/.exec(text);
  const compared = sum ?? /(\d+)\s*(?:tokens)?\s*>\s*(\d+)/i.exec(text);
  if (compared) return { tokens: Number(compared[1]), limit: Number(compared[2]) };
  const limit =
    /context (?:length|limit|window|size)(?: is| of)?\s*\(?(\d{4,})/i.exec(text) ??
    /(\d{4,})[- ]tokens? context/i.exec(text);
  const tokens = /\binput \((\d+) tokens\)|\b(?:resulted in|requested|has) (?:about )?(\d+) tokens/i.exec(text);
  const counted = tokens?.[1] ?? tokens?.[2];
  return {
    ...(counted !== undefined && { tokens: Number(counted) }),
    ...(limit?.[1] !== undefined && { limit: Number(limit[1]) }),
  };
}

/** The context windows that an endpoint has named while it refused a request: smaller ones than the model's own. */
export class ContextLimits {
  readonly #limits = new Map<string, number>();

  learn(model: string, { said }: Problem): void {
    if (said?.contextWindow !== undefined) this.#limits.set(model, said.contextWindow);
  }

  /** The rules with the smaller one of the two windows. */
  fit<Rules extends { contextWindow: number }>(model: string, rules: Rules): Rules {
    const limit = this.#limits.get(model);
    return limit === undefined || limit >= rules.contextWindow ? rules : { ...rules, contextWindow: limit };
  }
}
