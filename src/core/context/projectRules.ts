import type { TextBlockParam } from '../messages/wire.ts';

/**
 * Where projects say how they want to be worked on, from their folder, in the order in which it is sent. The names are
 * those that other tools look for as well.
 */
export const ruleFiles = ['AGENTS.md', 'CLAUDE.md', '.github/copilot-instructions.md'] as const;

/** What one of these files says. */
export interface RuleFile {
  /** In the workspace; with its folder's name where there are several. */
  path: string;
  text: string;
}

/** Of one file: it goes along with every message. */
export const mostRuleCharacters = 100_000;

/** Why a file's rules are left out. */
export type LeftOut = 'unreadable' | 'tooLong';

/** Reads the files; `read` gives nothing of one that is too large. One that can't be read, or is too long, stands in the way of no message: it is told, and left out. */
export async function readRules(
  paths: readonly string[],
  read: (path: string) => Promise<string | undefined>,
  tell: (path: string, why: LeftOut) => void,
): Promise<RuleFile[]> {
  const files = await Promise.all(
    paths.map(async (path): Promise<RuleFile[]> => {
      try {
        const text = await read(path);
        if (text !== undefined && text.length <= mostRuleCharacters) return [{ path, text }];
        tell(path, 'tooLong');
      } catch {
        tell(path, 'unreadable');
      }
      return [];
    }),
  );
  return files.flat();
}

/** The system prompt with the rules behind it; undefined where there is nothing to say. */
export function withRules(
  system: string | TextBlockParam[] | undefined,
  files: readonly RuleFile[],
): string | TextBlockParam[] | undefined {
  return withNote(system, rulesText(files));
}

/** The same with a text of our own. */
export function withNote(
  system: string | TextBlockParam[] | undefined,
  note = '',
): string | TextBlockParam[] | undefined {
  if (note === '') return typeof system === 'string' && system.trim() === '' ? undefined : system;
  if (Array.isArray(system)) return [...system, { type: 'text', text: note }];
  return system === undefined || system.trim() === '' ? note : `${system}\n\n${note}`;
}

/** What a file says that says what one before it says is left out: many are copies of each other. */
function rulesText(files: readonly RuleFile[]): string {
  const said = new Set<string>();
  const parts = files.flatMap(({ path, text }) => {
    const rules = text.trim();
    if (rules === '' || said.has(rules)) return [];
    said.add(rules);
    return [`<rules file="${path}">\n${rules}\n</rules>`];
  });
  if (parts.length === 0) return '';
  return ['The user’s project has rules of its own. Keep to them as far as they concern what is asked.', ...parts].join(
    '\n\n',
  );
}
