/** The entry of the bundle with the shell and the parser of commands, which the extension loads with the first command. */
export { commandFacts } from '../shell/commandFacts.ts';
export { PersistentShell } from '../shell/persistentShell.ts';
export { readShellRules, rulesIn } from '../shell/shellRules.ts';
export { judgeCommand } from './judgeCommand.ts';
