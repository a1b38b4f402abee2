import type { Caution } from '../../shared/ranCalls.ts';
import { commandFacts, type CommandFacts } from '../shell/commandFacts.ts';
import { isDangerous, usesNetwork } from '../shell/dangers.ts';
import { decide, ruleFor, type ShellRules } from '../shell/shellRules.ts';
import { windowsPath } from '../shell/windowsPath.ts';
import type { PreparedCall } from './tool.ts';

export interface Surroundings {
  /** Where the command runs. */
  folder: string;
  /** See Shells. */
  hasChanged: boolean;
  rules: ShellRules;
  /** Files that decide what commands run, and that tools have changed since the user has allowed this one; see DecidingFiles. */
  changedSince: (command: string) => readonly string[];
  /** Whether what has this path is, or would be, in the workspace. */
  isInside: (path: string) => Promise<boolean>;
}

export interface Judgement {
  cautions: Caution[];
  ruling?: NonNullable<PreparedCall['ruling']>;
  /** See CallCommand. */
  rule?: string;
  /** By what DecidingFiles knows such commands; where it has been the reason to ask. */
  changedFor?: string;
}

/** What a command would do that the user should know, and what the rules say of it. */
export async function judgeCommand(command: string, surroundings: Surroundings): Promise<Judgement> {
  const { hasChanged, rules, isInside, folder, changedSince } = surroundings;
  const facts = commandFacts(command);
  const isOutside = await leadsOutside(facts, folder, isInside);
  const decision = decide(facts, rules);
  const rule = ruleFor(facts);
  const cautions: Caution[] = [
    ...(isDangerous(facts) ? (['dangerous'] as const) : []),
    ...(isOutside ? (['outside'] as const) : []),
    ...(usesNetwork(facts) ? (['network'] as const) : []),
    ...(facts.isKnown ? [] : (['unclear'] as const)),
  ];
  if (decision === 'deny' || decision === 'ask') return { cautions, ruling: decision };
  if (isOutside) return { cautions };
  // What the words of a rule mean is known in a shell as it begins.
  if (hasChanged) return { cautions: decision === 'allow' ? [...cautions, 'shellChanged'] : cautions };
  if (decision === 'allow') {
    const known = knownAs(facts, command);
    const isChanged = changedSince(known).some(path => mayDecide(facts, path));
    return isChanged ? { cautions: [...cautions, 'filesChanged'], changedFor: known } : { cautions, ruling: 'allow' };
  }
  return { cautions, ...(rule !== undefined && { rule }) };
}

/** Run nothing but themselves, whatever lies around. */
const selfContained = new Set('cat cut diff du file grep head ls rg sort stat tail tree uniq wc'.split(' '));
const gitFiles = /(^|\/)\.(git|githooks|husky)/;

/** Whether what a file says may change what the command runs. */
function mayDecide({ commands }: CommandFacts, path: string): boolean {
  return commands.some(([name = '']) => !selfContained.has(name) && (name !== 'git' || gitFiles.test(path)));
}

/** Commands that one rule would allow are the same to the user. */
export function knownAs(facts: CommandFacts, command: string): string {
  return ruleFor(facts) ?? command.trim();
}

/** Whether it runs out of the workspace, goes there, or writes a file there, as far as its words tell. */
async function leadsOutside(
  { commands, writes }: CommandFacts,
  folder: string,
  isInside: Surroundings['isInside'],
): Promise<boolean> {
  const folders = [folder];
  for (const [name, ...rest] of commands) {
    if (name !== 'cd') continue;
    const [target = '', ...others] = rest.filter(word => word !== '--');
    // Home, where one was before, or what is not known.
    if (target === '' || /^[-~]/.test(target) || others.length > 0) return true;
    folders.push(joined(folders.at(-1) ?? folder, target));
  }
  const files = writes.flatMap(file => (file.startsWith('~') ? ['/'] : folders.map(from => joined(from, file))));
  const areInside = await Promise.all([...new Set([...folders, ...files])].map(isInside));
  return areInside.includes(false);
}

function joined(folder: string, named: string): string {
  // Below a drive it is Git's bash that runs it.
  const path = /^[A-Za-z]:/.test(folder) ? windowsPath(named) : named;
  return /^(?:[/\\]|[A-Za-z]:)/.test(path) ? path : `${folder}/${path}`;
}
