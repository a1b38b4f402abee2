/**
 * What of the settings belongs to a conversation from its first answer on: which model is asked, and how. A value that is
 * absent is not sent. What is the endpoint's or the user's, such as whether answers stream, follows the settings.
 */
export interface StartSettings {
  model: string;
  maxTokens: number;
  systemPrompt: string;
  temperature?: number;
  topP?: number;
  topK?: number;
  stopSequences: string[];
}

export function startSettingsOf(settings: StartSettings): StartSettings {
  const { model, maxTokens, systemPrompt, temperature, topP, topK, stopSequences } = settings;
  return {
    model,
    maxTokens,
    systemPrompt,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    stopSequences: [...stopSequences],
  };
}

/** The settings of now, with those that the conversation began with in their place. */
export function withStart<Settings extends StartSettings>(
  settings: Settings,
  start: StartSettings | undefined,
): Settings {
  if (!start) return settings;
  // What it began without stays unsent, whatever the settings say by now.
  const merged = { ...settings, ...start };
  for (const name of ['temperature', 'topP', 'topK'] as const) {
    if (start[name] === undefined) Reflect.deleteProperty(merged, name);
  }
  return merged;
}

/** As they were stored; undefined where that is not all of them. */
export function parseStartSettings(value: unknown): StartSettings | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { model, maxTokens, systemPrompt, temperature, topP, topK, stopSequences } = value as Record<string, unknown>;
  const isWhole =
    typeof model === 'string' &&
    typeof maxTokens === 'number' &&
    typeof systemPrompt === 'string' &&
    Array.isArray(stopSequences) &&
    stopSequences.every(item => typeof item === 'string');
  if (!isWhole) return undefined;
  return {
    model,
    maxTokens,
    systemPrompt,
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && { topP }),
    ...(typeof topK === 'number' && { topK }),
    stopSequences,
  };
}
