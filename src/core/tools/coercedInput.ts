import { type Fields, isFields, parseJson } from '../../shared/json.ts';

/**
 * An input with its fields as the schema has them, where what they mean is plain: models and relays write numbers, lists and
 * flags as text, and null or nothing for what they leave out. Whatever else is wrong stays as it is, for the check to say.
 */
export function coercedInput(fields: Fields, schema: Fields): Fields {
  const { properties } = schema;
  const types = isFields(properties) ? properties : {};
  const entries = Object.entries(fields).flatMap(([name, value]) => {
    const property = types[name];
    const type = isFields(property) ? property['type'] : undefined;
    const isLeftOut = value === null || (value === '' && type !== 'string');
    return isLeftOut ? [] : [[name, coerced(value, type)] as const];
  });
  return Object.fromEntries(entries);
}

function coerced(value: unknown, type: unknown): unknown {
  if (typeof value !== 'string' || type === 'string' || type === undefined) return value;
  const meant = parseJson(value.trim());
  const isMeant =
    type === 'array' ? Array.isArray(meant) : typeof meant === (type === 'boolean' ? 'boolean' : 'number');
  return !isMeant ? value : Array.isArray(meant) ? (meant as unknown[]).map(item => coerced(item, 'number')) : meant;
}
