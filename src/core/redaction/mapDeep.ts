type Change = (text: string) => string;

/**
 * Every text within a value that is made of JSON; names of fields are left alone unless `changeName` says otherwise. What
 * has not changed is the same object.
 */
export function mapDeep<Value>(value: Value, change: Change, changeName: Change = same): Value {
  return mapped(value, change, changeName) as Value;
}

function same(name: string): string {
  return name;
}

function mapped(value: unknown, change: Change, changeName: Change): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map((item: unknown) => mapped(item, change, changeName));
    return list.every((item, index) => item === value[index]) ? value : list;
  }
  const fields = new Map<string, unknown>();
  let isSame = true;
  for (const [name, held] of Object.entries(value) as [string, unknown][]) {
    const now = mapped(held, change, changeName);
    let nameNow = changeName(name);
    // Two names may have become one: none of the values is lost.
    while (fields.has(nameNow)) nameNow += '_';
    fields.set(nameNow, now);
    isSame &&= now === held && nameNow === name;
  }
  return isSame ? value : Object.fromEntries(fields);
}
