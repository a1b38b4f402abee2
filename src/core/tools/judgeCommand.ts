import type { Caution } from '../../shared/ranCalls.ts';
import { commandFacts, type CommandFacts } from '../shell/commandFacts.ts';
import { isDangerous, usesNetwork } from '../shell/dangers.ts';
import { decide, ruleFor, type ShellRules } from '../shell/shellRules.ts';
import type { PreparedCall } from './tool.ts';

export interface Surroundings {
  /** Where the command runs. */
  folder: string;
  /** See Shells. */
  hasChanged: boolean;
  rules: ShellRules;
  /** Whether what has this path is, or would be, in the workspace. */
  isInside: (path: string) => Promise<boolean>;
}

export interface Judgement {
  cautions: Caution[];
  ruling?: NonNullable<PreparedCall['ruling']>;
  /** See CallCommand. */
  rule?: string;
}

/** What a command would do that the user should know, and what the rules say of it. */
export async function judgeCommand(command: string, surroundings: Surroundings): Promise<Judgement> {
  const { hasChanged, rules, isInside, folder } = surroundings;
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
  if (decision === 'allow') return { cautions, ruling: 'allow' };
  return { cautions, ...(rule !== undefined && { rule }) };
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

function joined(folder: string, path: string): string {
  return /^(?:[/\\\\]|[A-Za-z]:)/.test(path) ? path : `${folder}/${path}`;
}
