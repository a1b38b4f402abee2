import type { ToolParam } from '../messages/wire.ts';
import type { ModelRules } from '../models/modelRules.ts';
import type { AnyTool } from './tool.ts';

/** The tools that there are, by the names that models call them. */
export class ToolRegistry {
  readonly #tools: () => readonly AnyTool[];

  /** `tools` is asked each time: those of the user's own come and go. Of two with one name the first counts. */
  constructor(tools: () => readonly AnyTool[]) {
    this.#tools = tools;
  }

  find(name: string): AnyTool | undefined {
    return this.#tools().find(tool => tool.name === name || tool.otherNames?.includes(name));
  }

  /** The names of those that the user answers by hand. */
  get byHand(): string[] {
    return this.#tools().flatMap(({ name, isByHand }) => (isByHand ? [name] : []));
  }

  /** As a request offers them. `taken` are names that the request has for other tools. */
  offered(rules: ModelRules, taken: ReadonlySet<string>): ToolParam[] {
    const names = new Set(taken);
    return this.#tools()
      .map(tool => tool.definition(rules))
      .filter(({ name }) => !names.has(name) && names.add(name));
  }
}
