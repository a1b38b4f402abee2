/**
 * How messages are read that come from a page: it renders foreign text and is not believed. Each feature has a table with
 * a reader for every field of its messages, so that a message without one does not compile.
 */

/** What a reader returns for a value that it does not take. */
export const refused = Symbol('refused');

/** Takes one field of a message, or refuses it and with it the message. Undefined leaves the field out. */
export type Reader<Value> = (value: unknown) => Value | typeof refused;

interface Typed {
  type: string;
}

/** A reader for every field of every message of a union. A field that a message may lack can be left out by its reader. */
export type MessageReaders<Message extends Typed> = {
  readonly [Type in Message['type']]: FieldReaders<Omit<Extract<Message, { type: Type }>, 'type'>>;
};

type FieldReaders<Fields> = {
  readonly [Name in keyof Fields]-?: Partial<Record<Name, Fields[Name]>> extends Pick<Fields, Name>
    ? Reader<Fields[Name] | undefined>
    : Reader<Fields[Name]>;
};

/** A message that the readers are for, with nothing else in it; undefined where it is none. */
export function parseMessage<Message extends Typed>(
  readers: MessageReaders<Message>,
  value: unknown,
): Message | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  const { type } = fields;
  if (typeof type !== 'string' || !Object.hasOwn(readers, type)) return undefined;
  const message: Record<string, unknown> = { type };
  for (const [name, read] of Object.entries<Reader<unknown>>(readers[type as Message['type']])) {
    const field = read(fields[name]);
    if (field === refused) return undefined;
    if (field !== undefined) message[name] = field;
  }
  // The readers of a type are for its fields, one for each.
  return message as unknown as Message;
}

export function text(value: unknown): string | typeof refused {
  return typeof value === 'string' ? value : refused;
}

export function flag(value: unknown): boolean | typeof refused {
  return typeof value === 'boolean' ? value : refused;
}

export function integer(value: unknown): number | typeof refused {
  return Number.isInteger(value) ? Number(value) : refused;
}

/** What is checked where it is used. */
export function anything(value: unknown): unknown {
  return value;
}

export function oneOf<const Value extends string>(values: readonly Value[]): Reader<Value> {
  return value => values.find(known => known === value) ?? refused;
}

export function listOf<Item>(read: Reader<Item>): Reader<Item[]> {
  return value => {
    if (!Array.isArray(value)) return refused;
    const items = value.map(read);
    return items.some(item => item === refused) ? refused : (items as Item[]);
  };
}

/** Leaves out what `read` does not take: the message means the same without it, only less exactly. */
export function optional<Value>(read: Reader<Value>): Reader<Value | undefined> {
  return value => {
    const field = read(value);
    return field === refused ? undefined : field;
  };
}
