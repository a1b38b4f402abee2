import type { Translate } from './translate.ts';

/** What a tool does when it is called. By hand: the user types the result. */
export type ToolWay =
  | { kind: 'command'; argv: string[] }
  | { kind: 'task'; name: string }
  | { kind: 'editorCommand'; id: string }
  | { kind: 'byHand' };

/** The names of fields that a tool file may have. */
export const toolFields = [
  '$schema',
  'name',
  'description',
  'input_schema',
  'command',
  'task',
  'editorCommand',
  'reads',
  'replay',
  'timeLimitSeconds',
] as const;
export type ToolField = (typeof toolFields)[number];

export const longestToolName = 64;
/** Bytes of a tool file. */
export const mostToolFileBytes = 100_000;
export const mostTimeLimitSeconds = 3_600;
export const usualTimeLimitSeconds = 60;

/** What a name of a tool may be, as the service takes it. */
export function isToolName(name: string): boolean {
  return /^[a-zA-Z0-9_-]{1,64}$/.test(name);
}

/** What is wrong with a tool file. `detail` is what it is wrong with, word for word. */
export interface ToolFileProblem {
  kind:
    | 'noJson'
    | 'noObject'
    | 'tooLarge'
    | 'unreadable'
    | 'outside'
    | 'unknownField'
    | 'missing'
    | 'noText'
    | 'noFlag'
    | 'noCommand'
    | 'badTimeLimit'
    | 'badName'
    | 'builtInName'
    | 'takenName'
    | 'severalWays'
    | 'ownCommand'
    | 'noObjectSchema'
    | 'schemaReference'
    | 'schemaPattern'
    | 'schemaSlowPattern'
    | 'schemaIntricate'
    | 'schemaBroken';
  detail: string;
  /** Where in the file: characters. */
  start: number;
  end: number;
}

export function toolFileProblemText({ kind, detail }: Pick<ToolFileProblem, 'kind' | 'detail'>, t: Translate): string {
  switch (kind) {
    case 'noJson':
      return t('This is no JSON: {0}', detail);
    case 'noObject':
      return t('A tool file holds one JSON object.');
    case 'tooLarge':
      return t('The file is larger than {0} bytes.', mostToolFileBytes);
    case 'unreadable':
      return t('The file can’t be read: {0}', detail);
    case 'outside':
      return t('The file is a link that leads out of the workspace.');
    case 'unknownField':
      return t('Tool files have no field “{0}”.', detail);
    case 'missing':
      return t('The field “{0}” is missing.', detail);
    case 'noText':
      return t('“{0}” has to be a text that is not empty.', detail);
    case 'noFlag':
      return t('“{0}” has to be true or false.', detail);
    case 'noCommand':
      return t('“command” has to be a list of texts: a program, and what is given to it.');
    case 'badTimeLimit':
      return t('“timeLimitSeconds” has to be a number from 1 to {0}.', mostTimeLimitSeconds);
    case 'badName':
      return t('“name” has to be 1 to {0} letters (a to z), digits, _ or -.', longestToolName);
    case 'builtInName':
      return t('“{0}” is the name of a tool that is built in.', detail);
    case 'takenName':
      return t('The tool in {0} has the same name.', detail);
    case 'severalWays':
      return t('Only one of “command”, “task” and “editorCommand” can be there.');
    case 'ownCommand':
      return t('A command of Marginalia’s own can’t be a tool.');
    case 'noObjectSchema':
      return t(
        '“input_schema” has to be a JSON schema with "type": "object", without anyOf, oneOf or allOf beside it.',
      );
    case 'schemaReference':
      return t('In “input_schema”, nothing is at the reference {0}.', detail);
    case 'schemaPattern':
      return t('In “input_schema”, {0} is no regular expression.', detail);
    case 'schemaSlowPattern':
      return t('In “input_schema”, the pattern {0} could take for ever.', detail);
    case 'schemaIntricate':
      return t('“input_schema” is too intricate to be checked.');
    case 'schemaBroken':
      return t('“input_schema” can’t be used: {0}', detail);
  }
}
