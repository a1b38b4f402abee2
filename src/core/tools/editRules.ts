import type { ToolWorkspace } from './workspace.ts';

/** Where rules are kept: in the user's storage, for this workspace. */
export interface EditRuleStorage {
  read: () => unknown;
  write: (value: readonly string[]) => PromiseLike<void>;
}

/** Which files of this workspace the user always lets tools edit: one by its path, or all of a folder as `src/**`. */
export class EditRules {
  readonly #storage: EditRuleStorage;

  constructor(storage: EditRuleStorage) {
    this.#storage = storage;
  }

  get list(): string[] {
    const stored = this.#storage.read();
    return Array.isArray(stored) ? (stored as unknown[]).filter(rule => typeof rule === 'string') : [];
  }

  async add(rule: string): Promise<void> {
    await this.#storage.write([...new Set([...this.list, rule])].sort());
  }

  async remove(rule: string): Promise<void> {
    await this.#storage.write(this.list.filter(each => each !== rule));
  }

  /** `path`: as the workspace shows it. */
  allows(path: string): boolean {
    return this.list.some(rule => (rule.endsWith('/**') ? path.startsWith(rule.slice(0, -2)) : path === rule));
  }
}

/** The rule that would allow a file and those beside it. `folder`: the workspace folder as paths begin, empty or with `/` behind. */
export function ruleFor(folder: string, pathInFolder: string): string {
  const [top = '', ...rest] = pathInFolder.split('/');
  return rest.length > 0 ? `${folder}${top}/**` : `${folder}${top}`;
}

/** The workspace with what the rules say of its places. */
export function ruled(workspace: ToolWorkspace, rules: EditRules): ToolWorkspace {
  return {
    ...workspace,
    locate: async path => {
      const place = await workspace.locate(path);
      // Where a link leads elsewhere there is no rule, whatever the path says.
      return place.rule !== undefined && rules.allows(place.path) ? { ...place, isAllowed: true } : place;
    },
    allowAlways: rule => rules.add(rule),
  };
}
