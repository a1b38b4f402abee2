import { codeRoles, type CodeColours, type CodeRole } from '../../shared/codeColours.ts';

/** A rule of a colour theme: scopes as TextMate grammars name them, and the colour of what has them. */
export interface TokenRule {
  scopes: string[];
  /** Out of the theme, not checked. */
  foreground: string;
}

/** The scopes that stand for a role; the first that a theme colours decides. */
const scopesOf: Record<CodeRole, string[]> = {
  comment: ['comment.line'],
  keyword: ['storage.type', 'keyword.other'],
  control: ['keyword.control'],
  string: ['string.quoted'],
  regexp: ['string.regexp'],
  number: ['constant.numeric'],
  constant: ['constant.language'],
  function: ['entity.name.function'],
  type: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class'],
  variable: ['variable.other.readwrite'],
  property: ['support.type.property-name', 'entity.other.attribute-name', 'variable.other.property'],
  key: ['meta.object-literal.key', 'variable.other.property'],
  field: ['support.type.property-name.json'],
  tag: ['entity.name.tag'],
  meta: ['meta.preprocessor', 'entity.name.function.decorator'],
  heading: ['markup.heading'],
  inserted: ['markup.inserted'],
  deleted: ['markup.deleted'],
};

/**
 * The colour that `rules` give each role. What a theme leaves uncoloured looks like the text around it, as in the
 * editor. Empty for a theme without rules.
 */
export function codeColoursOf(rules: readonly TokenRule[]): CodeColours {
  if (rules.length === 0) return {};
  const colourOf = (role: CodeRole): string =>
    scopesOf[role].map(scope => colourOfScope(scope, rules)).find(colour => colour !== undefined) ?? 'currentcolor';
  return Object.fromEntries(codeRoles.map(role => [role, colourOf(role)]));
}

/** The longest selector wins, and of equal ones the last. Those that ask for a surrounding scope are left out. */
function colourOfScope(scope: string, rules: readonly TokenRule[]): string | undefined {
  let longest = 0;
  let colour: string | undefined;
  for (const { scopes, foreground } of rules) {
    if (!/^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(foreground)) continue;
    for (const selector of scopes) {
      const [name = '', ...more] = selector.trim().split(/\s+/);
      const isExclusion = more[0] === '-';
      if (name.length < longest || (more.length > 0 && !isExclusion)) continue;
      if (name !== scope && !scope.startsWith(`${name}.`)) continue;
      longest = name.length;
      colour = foreground;
    }
  }
  return colour;
}

/** The rules under `tokenColors` of a theme, or under `textMateRules` of the setting; what is malformed is left out. */
export function parseTokenRules(value: unknown): TokenRule[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((rule: unknown) => {
    const foreground = property(property(rule, 'settings'), 'foreground');
    const scope = property(rule, 'scope');
    const listed = typeof scope === 'string' ? scope.split(',') : Array.isArray(scope) ? scope : [];
    const scopes = listed.filter(entry => typeof entry === 'string');
    return typeof foreground === 'string' && scopes.length > 0 ? [{ scopes, foreground }] : [];
  });
}

/** What the words of `editor.tokenColorCustomizations` stand for. */
const scopesOfSetting: Record<string, string[]> = {
  comments: ['comment'],
  strings: ['string'],
  keywords: ['keyword', 'keyword.control', 'storage', 'storage.type'],
  numbers: ['constant.numeric'],
  types: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class'],
  functions: ['entity.name.function', 'support.function'],
  variables: ['variable'],
};

/** The rules of `editor.tokenColorCustomizations`, those for the theme with this name after those for all. */
export function parseCustomizations(setting: unknown, themeName: string): TokenRule[] {
  const rulesIn = (value: unknown): TokenRule[] => {
    const words = Object.entries(scopesOfSetting).flatMap(([word, scopes]) => {
      const entry = property(value, word);
      const foreground = typeof entry === 'string' ? entry : property(entry, 'foreground');
      return typeof foreground === 'string' ? [{ scopes, foreground }] : [];
    });
    return [...words, ...parseTokenRules(property(value, 'textMateRules'))];
  };
  const forTheme = Object.entries(isRecord(setting) ? setting : {}).filter(([key]) => namesTheme(key, themeName));
  return [...rulesIn(setting), ...forTheme.flatMap(([, value]) => rulesIn(value))];
}

/** Whether a key such as `[Monokai]` or `[*Dark*][Red]` is for this theme. */
function namesTheme(key: string, themeName: string): boolean {
  return Array.from(key.matchAll(/\[([^\]]*)\]/g), ([, pattern = '']) => {
    const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|\\[\]]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(themeName);
  }).includes(true);
}

function property(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
