/** What a piece of code can be, as far as it has a colour of its own. Each is a class and a custom property of the view. */
export const codeRoles = [
  'comment',
  'keyword',
  'control',
  'string',
  'regexp',
  'number',
  'constant',
  'function',
  'type',
  'variable',
  'property',
  /** Of an object that is written out in code, and in JSON: themes colour them otherwise than a property of CSS. */
  'key',
  'field',
  'tag',
  'meta',
  'heading',
  'inserted',
  'deleted',
] as const;
export type CodeRole = (typeof codeRoles)[number];

/** A CSS colour for each role, out of the user's theme; empty where the theme could not be read. */
export type CodeColours = Partial<Record<CodeRole, string>>;
