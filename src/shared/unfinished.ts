import { parameterProblem } from './parameterProblem.ts';
import type { ParameterName } from './parameters.ts';
import { parameterNames } from './requestFields.ts';
import { parameterFromText } from './parameterText.ts';
import type { Translate } from './translate.ts';

/** What is half done in a conversation beside its draft, kept as it was typed. */
export interface Unfinished {
  /** Texts of parameters that are no value of theirs. Nothing is sent while there is one. */
  parameters?: Partial<Record<ParameterName, string>>;
  /** What is written so far for the tools that an answer waits for, in the order of its calls. */
  toolResults?: { turnId: string; results: TypedResult[] };
  /** The list of steps that the user has seen enough of; see lastTodoId. The next one is shown again. */
  hiddenSteps?: string;
}

export interface TypedResult {
  text: string;
  isError: boolean;
}

/** A parameter that is no value yet, and why. */
export interface WrongParameter {
  name: ParameterName;
  problem: string;
}

/** What keeps requests from being sent, in the order of the parameters. */
export function wrongParameters({ parameters = {} }: Unfinished, t: Translate): WrongParameter[] {
  return parameterNames.flatMap(name => {
    const text = parameters[name];
    const problem = text === undefined ? undefined : parameterProblem(name, parameterFromText(name, text), t);
    return problem === undefined ? [] : [{ name, problem }];
  });
}

/** As it was stored, whoever has written that; what is not understood is left out. */
export function parseUnfinished(value: unknown): Unfinished {
  if (typeof value !== 'object' || value === null) return {};
  const { parameters, toolResults, hiddenSteps } = value as Partial<Record<keyof Unfinished, unknown>>;
  const texts = typeof parameters === 'object' && parameters !== null ? (parameters as Record<string, unknown>) : {};
  const typed = parameterNames.filter(name => typeof texts[name] === 'string');
  const results = parseTyped(toolResults);
  return {
    ...(typed.length > 0 && { parameters: Object.fromEntries(typed.map(name => [name, texts[name]])) }),
    ...(results && { toolResults: results }),
    ...(typeof hiddenSteps === 'string' && { hiddenSteps }),
  };
}

function parseTyped(value: unknown): Unfinished['toolResults'] {
  if (typeof value !== 'object' || value === null) return undefined;
  const { turnId, results } = value as Record<string, unknown>;
  if (typeof turnId !== 'string' || !Array.isArray(results)) return undefined;
  return { turnId, results: results.map(parseTypedResult) };
}

/** One that can't be read is empty: the others belong to the calls that they stand for. */
export function parseTypedResult(value: unknown): TypedResult {
  const { text, isError } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { text: typeof text === 'string' ? text : '', isError: isError === true };
}
