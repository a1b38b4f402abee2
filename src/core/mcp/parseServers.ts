import { type Fields, isFields } from '../../shared/json.ts';
import { parseCommentedJson } from '../../shared/commentedJson.ts';
import type { ConfigProblem, ServerConfig, ServerEntry, ServerInput, ServerLaunch } from './serverConfig.ts';

/** Reads the text of a `.vscode/mcp.json`. Comments and commas behind the last entry are allowed, as the editor allows them. */
export function parseServersFile(text: string): ServerConfig {
  let value: unknown;
  try {
    value = parseCommentedJson(text);
  } catch {
    return { servers: [], inputs: [], problems: [{ path: '', kind: 'notJson' }] };
  }
  if (!isFields(value)) return { servers: [], inputs: [], problems: [{ path: '', kind: 'notObject' }] };
  const reader = new ConfigReader();
  const servers = reader.servers(value['servers'], 'servers');
  const inputs = reader.inputs(value['inputs']);
  return { servers, inputs, problems: reader.problems };
}

/** Reads the setting with the user's own servers, which has the form of `servers` in the file. */
export function parseServersSetting(value: unknown): ServerConfig {
  const reader = new ConfigReader();
  return { servers: reader.servers(value, ''), inputs: [], problems: reader.problems };
}

/** Reads what is right, and notes what is not. A server with something wrong is left out as a whole. */
class ConfigReader {
  readonly problems: ConfigProblem[] = [];

  servers(value: unknown, path: string): ServerEntry[] {
    return Object.entries(this.#fields(value, path)).flatMap(([name, written]) => {
      const launch = this.#whole(() => this.#launch(written, join(path, name)));
      return launch ? [{ name, launch }] : [];
    });
  }

  inputs(value: unknown): ServerInput[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.#note('inputs', 'notList');
      return [];
    }
    return (value as unknown[]).flatMap((written, index) => {
      const input = this.#whole(() => this.#input(written, `inputs.${index}`));
      return input ? [input] : [];
    });
  }

  /** What `read` gives, where nothing is wrong with it. */
  #whole<Value>(read: () => Value): Value | undefined {
    const before = this.problems.length;
    const value = read();
    return this.problems.length === before ? value : undefined;
  }

  #launch(value: unknown, path: string): ServerLaunch | undefined {
    if (!isFields(value)) {
      this.#note(path, 'notObject');
      return undefined;
    }
    const { type, command, url } = value;
    if (type !== undefined && type !== 'stdio' && type !== 'http' && type !== 'sse') {
      this.#note(join(path, 'type'), 'badType');
    }
    if (command !== undefined && url !== undefined) this.#note(path, 'twoLaunches');
    else if (command !== undefined) return this.#stdio(value, path);
    else if (url !== undefined) return this.#http(value, path);
    else this.#note(path, 'noLaunch');
    return undefined;
  }

  #stdio(value: Fields, path: string): ServerLaunch {
    const envFile = this.#optionalText(value, 'envFile', path);
    const cwd = this.#optionalText(value, 'cwd', path);
    return {
      kind: 'stdio',
      command: this.#text(value['command'], join(path, 'command')),
      args: this.#texts(value['args'], join(path, 'args')),
      env: this.#textsByName(value['env'], join(path, 'env')),
      ...(envFile !== undefined && { envFile }),
      ...(cwd !== undefined && { cwd }),
    };
  }

  #http(value: Fields, path: string): ServerLaunch {
    const url = this.#text(value['url'], join(path, 'url'));
    // What variables stand for is not known yet.
    const isUrl = URL.canParse(url.replace(/\$\{[^}]*\}/g, '1')) && /^https?:\/\//i.test(url);
    if (url !== '' && !isUrl) this.#note(join(path, 'url'), 'badUrl');
    const headers = this.#textsByName(value['headers'], join(path, 'headers'));
    const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
    return { kind: 'http', url, headers: Object.fromEntries(given) };
  }

  #input(value: unknown, path: string): ServerInput | undefined {
    if (!isFields(value)) {
      this.#note(path, 'notObject');
      return undefined;
    }
    const options = value['options'] === undefined ? undefined : this.#texts(value['options'], join(path, 'options'));
    return {
      id: this.#text(value['id'], join(path, 'id')),
      description: this.#optionalText(value, 'description', path) ?? '',
      isPassword: value['password'] === true,
      preset: this.#optionalText(value, 'default', path) ?? '',
      ...(options && { options }),
    };
  }

  #fields(value: unknown, path: string): Fields {
    if (value === undefined || value === null) return {};
    if (isFields(value)) return value;
    this.#note(path, 'notObject');
    return {};
  }

  #text(value: unknown, path: string): string {
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.#note(path, 'notText');
    return '';
  }

  #optionalText(fields: Fields, name: string, path: string): string | undefined {
    const value = fields[name];
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
    this.#note(join(path, name), 'notText');
    return undefined;
  }

  #texts(value: unknown, path: string): string[] {
    if (value === undefined) return [];
    if (Array.isArray(value) && (value as unknown[]).every(isWord)) return (value as (string | number)[]).map(String);
    this.#note(path, 'notTexts');
    return [];
  }

  #textsByName(value: unknown, path: string): Record<string, string | null> {
    const fields = this.#fields(value, path);
    const read = Object.entries(fields).map(([name, one]): [string, string | null] => {
      if (one === null || isWord(one)) return [name, one === null ? null : String(one)];
      this.#note(join(path, name), 'notText');
      return [name, null];
    });
    return Object.fromEntries(read);
  }

  #note(path: string, kind: ConfigProblem['kind']): void {
    this.problems.push({ path, kind });
  }
}

/** Numbers are written where texts are meant, such as ports. */
function isWord(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
