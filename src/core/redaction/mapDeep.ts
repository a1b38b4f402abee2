/** Every text within a value that is made of JSON, names of fields aside. What has not changed is the same object. */
export function mapDeep<Value>(value: Value, change: (text: string) => string): Value {
  return mapped(value, change) as Value;
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map((item: unknown) => mapped(item, change));
    return list.every((item, index) => item === value[index]) ? value : list;
  }
  const fields = Object.entries(value).map(([name, held]): [string, unknown] => [name, mapped(held, change)]);
  const isSame = fields.every(([name, held]) => held === (value as Record<string, unknown>)[name]);
  return isSame ? value : Object.fromEntries(fields);
}
