import { commandFacts, type CommandFacts } from './commandFacts.ts';
import { isDangerous } from './dangers.ts';
import { quoted } from './shellScript.ts';
import { baseName } from './wrappers.ts';

export type RuleDecision = 'allow' | 'ask' | 'deny';

export interface ShellRule {
  /** The first words of the commands that it is about. */
  words: readonly string[];
  decision: RuleDecision;
  /** Of the workspace that it counts in; absent: everywhere. */
  folder?: string;
}

/** The user's own rules, and those that come with the workspace. */
export interface ShellRules {
  user: readonly ShellRule[];
  workspace: readonly ShellRule[];
}

/** Do nothing that needs a rule. */
const harmless = new Set([':', 'true', 'false', 'pwd', 'echo', 'printf', 'test', '[']);

/** Reads a list of a setting's. What is no rule is left out, but a word that forbids is heard in any form. */
export function readShellRules(value: unknown): ShellRule[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).flatMap(entry => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { command, decision, folder } = entry as Record<string, unknown>;
    if (typeof command !== 'string' || command.trim() === '') return [];
    if (decision !== 'allow' && decision !== 'ask' && decision !== 'deny') return [];
    // A rule that is meant for one place counts in no other.
    if (folder !== undefined && typeof folder !== 'string') return [];
    const words = wordsOf(command) ?? (decision === 'allow' ? undefined : command.trim().split(/\s+/));
    return words ? [{ words, decision, ...(folder !== undefined && { folder }) }] : [];
  });
}

/** Those of the user's that count in a workspace. */
export function rulesIn(rules: readonly ShellRule[], folder: string): ShellRule[] {
  return rules.filter(rule => rule.folder === undefined || rule.folder === folder);
}

/** Of one simple command, without anything else in it. */
function wordsOf(command: string): readonly string[] | undefined {
  const { commands, writes, reads, isKnown } = commandFacts(command);
  const [words, ...others] = commands;
  return isKnown && others.length === 0 && writes.length === 0 && reads.length === 0 ? words : undefined;
}

/**
 * What the rules say of a command; undefined where they say nothing. The strictest counts. Allowed is what is known in
 * every part, with each of them allowed by a rule of the user's; a workspace allows nothing.
 */
export function decide(facts: CommandFacts, { user, workspace }: ShellRules): RuleDecision | undefined {
  const strict = [...user, ...workspace].filter(rule => facts.commands.some(words => concerns(rule, words)));
  if (strict.some(({ decision }) => decision === 'deny')) return 'deny';
  if (strict.some(({ decision }) => decision === 'ask')) return 'ask';
  if (!mayBeAllowed(facts)) return undefined;
  const open = facts.commands.filter(words => !isHarmless(words));
  const isAllowed = (words: readonly string[]): boolean =>
    user.some(rule => rule.decision === 'allow' && beginsWith(words, rule.words));
  return open.length > 0 && open.every(isAllowed) ? 'allow' : undefined;
}

/** Whether any rule could allow it. A rule names programs: into which file their output goes is another matter. */
export function mayBeAllowed(facts: CommandFacts): boolean {
  return facts.isKnown && !facts.changesShell && facts.writes.length === 0 && !isDangerous(facts);
}

/** What a rule would name that allows this command from now on; undefined where none could, or more than one were needed. */
export function ruleFor(facts: CommandFacts): string | undefined {
  const [words, ...others] = facts.commands.filter(command => !isHarmless(command));
  if (!words || others.length > 0 || !mayBeAllowed(facts)) return undefined;
  return ruleWords(words)
    .map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word)))
    .join(' ');
}

/** A program with the name of what it does there; where that has no name, all of it. */
function ruleWords(words: readonly string[]): readonly string[] {
  const [, second = '', third = ''] = words;
  const isName = (word: string): boolean => /^[a-z][\w:-]*$/i.test(word);
  if (!isName(second)) return words;
  return words.slice(0, second === 'run' && isName(third) ? 3 : 2);
}

/** Where it leads with `cd` is looked at by itself. */
function isHarmless([name = '']: readonly string[]): boolean {
  return harmless.has(name) || name === 'cd';
}

/** A rule that makes stricter is about a program wherever it lies. */
function concerns({ words, decision }: ShellRule, command: readonly string[]): boolean {
  const [name = '', ...rest] = command;
  return decision !== 'allow' && (beginsWith(command, words) || beginsWith([baseName(name), ...rest], words));
}

function beginsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.every((word, at) => words[at] === word);
}
