import { invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { ModelRules } from '../models.ts';
import type { Tool } from '../wire.ts';
import type { Context } from './context.ts';
import { asInteger, noOthers, oneOf, required } from './fields.ts';

interface TypedTool {
  readonly name: string;
  readonly fields: readonly string[];
  readonly needed?: readonly string[];
}

const COMPUTER_FIELDS = ['display_width_px', 'display_height_px'];

/** Anthropic-defined tools. None of them takes a description or a schema. */
const TYPED: Readonly<Record<string, TypedTool>> = {
  bash_20250124: { name: 'bash', fields: [] },
  computer_20250124: {
    name: 'computer',
    fields: [...COMPUTER_FIELDS, 'display_number'],
    needed: COMPUTER_FIELDS,
  },
  computer_20251124: {
    name: 'computer',
    fields: [...COMPUTER_FIELDS, 'display_number', 'enable_zoom'],
    needed: COMPUTER_FIELDS,
  },
  memory_20250818: { name: 'memory', fields: [] },
  text_editor_20250124: { name: 'str_replace_editor', fields: [] },
  text_editor_20250429: { name: 'str_replace_based_edit_tool', fields: [] },
  text_editor_20250728: { name: 'str_replace_based_edit_tool', fields: ['max_characters'] },
  web_search_20250305: {
    name: 'web_search',
    fields: ['max_uses', 'allowed_domains', 'blocked_domains', 'user_location'],
  },
};

/** The tags that a request with these headers may use; the computer hides behind a beta. */
export function typedToolTags(model: ModelRules, context: Context): readonly string[] {
  const beta = model.computerTool === 'computer_20250124' ? 'computer-use-2025-01-24' : 'computer-use-2025-11-24';
  return Object.keys(TYPED).filter(
    tag => !tag.startsWith('computer_') || (tag === model.computerTool && context.betas.includes(beta)),
  );
}

export function typedTool(tool: JsonObject, tag: string, path: string, model: ModelRules): Tool {
  const definition = TYPED[tag] ?? { name: '', fields: [] };
  const name = oneOf(required(tool, 'name', path), `${path}.name`, [definition.name]);
  noOthers(tool, ['type', 'name', 'cache_control', 'strict', 'defer_loading', ...definition.fields], path);
  for (const field of definition.needed ?? []) asInteger(required(tool, field, path), `${path}.${field}`, 1);
  if (tag === 'text_editor_20250124') {
    throw invalid(
      `'${model.id}' does not support tool types: ${tag}. Did you mean one of text_editor_20250429, text_editor_20250728?`,
    );
  }
  return { name, description: '', inputSchema: undefined };
}
