import type { ServerLaunch } from './serverConfig.ts';

/** What variables stand for. */
export interface Variables {
  /** Undefined where no folder is open. */
  workspaceFolder: string | undefined;
  userHome: string;
  env: Readonly<Record<string, string | undefined>>;
  /** What the user has typed, by the inputs' ids. */
  inputs: Readonly<Record<string, string>>;
}

export type FilledIn = { ok: true; launch: ServerLaunch } | { ok: false; variable: string };

/**
 * Environment variables that hold the key to the models' endpoint: no configuration of a server leads it elsewhere. Names
 * are compared without regard to case, as Windows does.
 */
const ownKeys = ['MARGINALIA_API_KEY', 'ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'];

const variablePattern = /\$\{([^}]*)\}/g;

/** The ids of the inputs that a server refers to, each once. */
export function inputsIn(launch: ServerLaunch): string[] {
  const names = [...JSON.stringify(launch).matchAll(variablePattern)].map(([, name = '']) => name);
  return [...new Set(names.flatMap(name => (name.startsWith('input:') ? [name.slice('input:'.length)] : [])))];
}

/** Fills in the variables; `variable` is the first that stands for nothing here, as it is written. */
export function fillIn(launch: ServerLaunch, variables: Variables): FilledIn {
  let unknown: string | undefined;
  const fill = (text: string): string =>
    text.replace(variablePattern, (written: string, name: string) => {
      const value = valueOf(name, variables);
      if (value === undefined) unknown ??= written;
      return value ?? '';
    });
  const filled = mapTexts(launch, fill);
  return unknown === undefined ? { ok: true, launch: filled } : { ok: false, variable: unknown };
}

/** One text with its variables filled in; undefined where one of them stands for nothing. */
export function fillInText(text: string, variables: Variables): string | undefined {
  const filled = fillIn({ kind: 'http', url: text, headers: {} }, variables);
  return filled.ok && filled.launch.kind === 'http' ? filled.launch.url : undefined;
}

function valueOf(name: string, { workspaceFolder, userHome, env, inputs }: Variables): string | undefined {
  if (name === 'workspaceFolder') return workspaceFolder;
  if (name === 'userHome') return userHome;
  if (name.startsWith('env:')) {
    const variable = name.slice('env:'.length);
    // As in the editor's own files, one that is not set is empty.
    return ownKeys.includes(variable.toUpperCase()) ? undefined : (own(env, variable) ?? '');
  }
  return name.startsWith('input:') ? own(inputs, name.slice('input:'.length)) : undefined;
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function mapTexts(launch: ServerLaunch, fill: (text: string) => string): ServerLaunch {
  if (launch.kind === 'http') return { kind: 'http', url: fill(launch.url), headers: mapValues(launch.headers, fill) };
  const { command, args, env, envFile, cwd } = launch;
  return {
    kind: 'stdio',
    command: fill(command),
    args: args.map(fill),
    env: mapValues(env, value => (value === null ? null : fill(value))),
    ...(envFile !== undefined && { envFile: fill(envFile) }),
    ...(cwd !== undefined && { cwd: fill(cwd) }),
  };
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** Reads the lines `NAME=value` of an environment file; quotes around a value are not part of it. */
export function parseEnvFile(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).flatMap(line => {
    const [, name, value] = /^\s*(?:export\s+)?([\w.]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    const [, , quoted] = /^(["'])(.*)\1$/.exec(value) ?? [];
    return [[name, quoted ?? value.replace(/\s+#.*$/, '')] as const];
  });
  return Object.fromEntries(lines);
}
