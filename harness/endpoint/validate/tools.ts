import { invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { isArray, isObject } from '../json.ts';
import type { ModelRules } from '../models.ts';
import type { Tool, ToolChoice } from '../wire.ts';
import type { Context } from './context.ts';
import { asBoolean, asList, asObject, asString, fail, failTag, noOthers, required, tagOf } from './fields.ts';
import { typedTool, typedToolTags } from './typed-tools.ts';

const NAME = /^[a-zA-Z0-9_-]{1,128}$/;
const CUSTOM_FIELDS = [
  'type',
  'name',
  'description',
  'input_schema',
  'cache_control',
  'strict',
  'input_examples',
  'defer_loading',
  'eager_input_streaming',
  'allowed_callers',
];

export function toolList(value: unknown, model: ModelRules, context: Context): readonly Tool[] {
  if (value === undefined) return [];
  const tools = asList(value, 'tools').map((tool, index) => oneTool(tool, `tools.${index}`, model, context));
  const names = tools.map(tool => tool.name);
  if (new Set(names).size !== names.length) throw invalid('tools: Tool names must be unique.');
  return tools;
}

export function toolChoiceOf(value: unknown, tools: readonly Tool[]): ToolChoice {
  if (value === undefined) return { type: 'auto' };
  const choice = asObject(value, 'tool_choice');
  const tag = tagOf(choice, 'tool_choice', ['auto', 'any', 'tool', 'none']);
  const path = `tool_choice.${tag}`;
  const fields = { auto: [], any: [], none: [], tool: ['name'] }[tag] ?? [];
  const parallel = tag === 'none' ? [] : ['disable_parallel_tool_use'];
  const name = tag === 'tool' ? asString(required(choice, 'name', path), `${path}.name`) : '';
  noOthers(choice, ['type', ...fields, ...parallel], path);
  const single = choice['disable_parallel_tool_use'];
  if (single !== undefined) asBoolean(single, `${path}.disable_parallel_tool_use`);
  if (tools.length === 0) throw invalid('tool_choice: tool_choice may only be specified while providing tools');
  switch (tag) {
    case 'tool':
      if (!tools.some(tool => tool.name === name)) throw invalid(`Tool '${name}' not found in provided tools`);
      return { type: 'tool', name };
    case 'any':
      return { type: 'any' };
    case 'none':
      return { type: 'none' };
    default:
      return { type: 'auto' };
  }
}

export function disablesParallelTools(choice: unknown): boolean {
  return isObject(choice) && choice['disable_parallel_tool_use'] === true;
}

function oneTool(value: unknown, path: string, model: ModelRules, context: Context): Tool {
  const tool = asObject(value, path);
  const tag = tool['type'] ?? 'custom';
  if (tag === 'custom') return customTool(tool, `${path}.custom`);
  const tags = typedToolTags(model, context);
  if (typeof tag !== 'string' || !tags.includes(tag)) failTag(path, tag, [...tags, 'custom'].sort());
  return typedTool(tool, tag, `${path}.${tag}`, model);
}

function customTool(tool: JsonObject, path: string): Tool {
  const name = asString(required(tool, 'name', path), `${path}.name`, { min: 1, pattern: NAME });
  const description = tool['description'] === undefined ? '' : asString(tool['description'], `${path}.description`);
  const inputSchema = asObject(required(tool, 'input_schema', path), `${path}.input_schema`);
  checkSchema(inputSchema, `${path}.input_schema`);
  if (tool['strict'] !== undefined && asBoolean(tool['strict'], `${path}.strict`)) checkStrict(inputSchema, path);
  noOthers(tool, CUSTOM_FIELDS, path);
  return { name, description, inputSchema };
}

function checkSchema(schema: JsonObject, path: string): void {
  const type = required(schema, 'type', path);
  if (type !== 'object') fail(`${path}.type`, "Input should be 'object'");
  if (['oneOf', 'allOf', 'anyOf'].some(name => name in schema)) {
    fail(path, 'input_schema does not support oneOf, allOf, or anyOf at the top level');
  }
  if (!isSchema(schema)) {
    fail(
      path,
      'JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12).',
    );
  }
}

/** The members that are looked at here are those that tools are really written with. */
function isSchema(schema: unknown): boolean {
  if (typeof schema === 'boolean') return true;
  if (!isObject(schema)) return false;
  const { type, properties, required: names, items, enum: values } = schema;
  const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
  const isType = (name: unknown): boolean => typeof name === 'string' && types.includes(name);
  return (
    (type === undefined || isType(type) || (isArray(type) && type.every(isType))) &&
    (properties === undefined || (isObject(properties) && Object.values(properties).every(isSchema))) &&
    (names === undefined || (isArray(names) && names.every(name => typeof name === 'string'))) &&
    (items === undefined || isSchema(items)) &&
    (values === undefined || isArray(values))
  );
}

/** A strict tool closes every object of its schema. */
function checkStrict(schema: unknown, path: string): void {
  if (!isObject(schema)) return;
  if (schema['type'] === 'object' && schema['additionalProperties'] !== false) {
    fail(path, "For 'object' type, 'additionalProperties' must be explicitly set to false");
  }
  if (isObject(schema['properties'])) {
    for (const property of Object.values(schema['properties'])) checkStrict(property, path);
  }
  checkStrict(schema['items'], path);
}
