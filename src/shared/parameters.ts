/**
 * What one conversation sends otherwise than the settings say. Names, shapes and units are the wire's; a field that is
 * absent comes from the settings, as they were at its first answer, and one that is there nowhere is not sent.
 */
export interface Parameters {
  model?: string;
  max_tokens?: number;
  stream?: boolean;
  /** Text, or text blocks as the wire takes them. */
  system?: string | { type: 'text'; text: string }[];
  temperature?: number;
  top_p?: number;
  top_k?: number;
  stop_sequences?: string[];
  metadata?: { user_id: string };
  thinking?:
    | { type: 'enabled'; budget_tokens: number; display?: ThinkingDisplay }
    | { type: 'adaptive'; display?: ThinkingDisplay }
    | { type: 'disabled' };
  tools?: Record<string, unknown>[];
  tool_choice?: { type: 'auto' | 'any' | 'tool' | 'none'; name?: string; disable_parallel_tool_use?: boolean };
  /** What the next answer begins with. */
  prefill?: string;
  /** Whether the parts that stay the same are marked for the endpoint's cache. */
  cache?: boolean;
}

/** Whether thinking comes in words; newer models leave them out where nothing is said. */
export type ThinkingDisplay = 'summarized' | 'omitted';

export type ParameterName = keyof Parameters;

/** A copy that has none of `names`. */
export function without<Name extends ParameterName>(
  parameters: Parameters,
  names: readonly Name[],
): Omit<Parameters, Name> {
  const rest = { ...parameters };
  for (const name of names) Reflect.deleteProperty(rest, name);
  return rest;
}
