import type { ToolParam } from '../messages/wire.ts';
import type { ModelRules } from '../models/modelRules.ts';
import type { AnyTool } from './tool.ts';

/** The tools that there are, by the names that models call them. */
export class ToolRegistry {
  readonly #tools: readonly AnyTool[];

  constructor(tools: readonly AnyTool[]) {
    this.#tools = tools;
  }

  find(name: string): AnyTool | undefined {
    return this.#tools.find(tool => tool.name === name || tool.otherNames?.includes(name));
  }

  /** As a request offers them. `taken` are names that the request has for other tools. */
  offered(rules: ModelRules, taken: ReadonlySet<string>): ToolParam[] {
    return this.#tools.map(tool => tool.definition(rules)).filter(({ name }) => !taken.has(name));
  }
}
