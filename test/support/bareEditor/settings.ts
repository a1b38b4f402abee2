import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../harness/editor/project.ts';
import { EventEmitter } from './emitter.ts';

type Values = Record<string, unknown>;

interface Manifest {
  contributes: {
    configuration: { properties: Record<string, { default?: unknown }> }[];
    commands: { command: string; category: string; title: string }[];
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(projectRoot, file), 'utf8'));
const texts = read('package.nls.json') as Record<string, string>;
const manifest = read('package.json') as Manifest;
/** A value of the manifest, with its text in place of the name that stands there for it. */
const resolved = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/^%(.*)%$/, (_, name: string) => texts[name] ?? '') : value;

const defaults: Values = Object.fromEntries(
  manifest.contributes.configuration
    .flatMap(({ properties }) => Object.entries(properties))
    .map(([key, property]) => [key, resolved(property.default)]),
);

/** The commands of the manifest, by their titles as the palette has them. */
export const commandsByTitle: ReadonlyMap<string, string> = new Map(
  manifest.contributes.commands.map(({ command, category, title }) => [
    `${category}: ${String(resolved(title))}`,
    command,
  ]),
);

/** The user's settings over the defaults of the manifest. There is no workspace. */
export class Settings {
  readonly #changed = new EventEmitter<{ affectsConfiguration: (section: string) => boolean }>();
  readonly onDidChange = this.#changed.event;
  #user: Values;

  constructor(user: Values) {
    this.#user = user;
  }

  get(key: string): unknown {
    return key in this.#user ? this.#user[key] : defaults[key];
  }

  /** Changes the user's settings; null and undefined take one away. */
  change(changes: Values): void {
    const all = Object.entries({ ...this.#user, ...changes });
    this.#user = Object.fromEntries(all.filter(([, value]) => value !== null && value !== undefined));
    const keys = Object.keys(changes);
    const isIn = (section: string) => (key: string) => key === section || key.startsWith(`${section}.`);
    this.#changed.fire({ affectsConfiguration: section => keys.some(isIn(section)) });
  }

  /** What the editor gives for a section. */
  section(name?: string) {
    const keyOf = (key: string): string => (name === undefined ? key : `${name}.${key}`);
    return {
      get: (key: string, fallback?: unknown): unknown => this.get(keyOf(key)) ?? fallback,
      inspect: (key: string) => ({ defaultValue: defaults[keyOf(key)], globalValue: this.#user[keyOf(key)] }),
      update: (key: string, value: unknown) => {
        this.change({ [keyOf(key)]: value });
        return Promise.resolve();
      },
    };
  }
}
