import * as vscode from 'vscode';
import type { ResultPart } from '../../core/mcp/connection.ts';
import { readTool, toolOfServer } from '../../core/mcp/serverTool.ts';
import { toolNames } from '../../core/mcp/toolNames.ts';
import type { AnyTool } from '../../core/tools/tool.ts';
import { type Fields, isFields } from '../../shared/json.ts';

const key = 'editorTools';

/** Of those that are switched on: what was said of the tool when the user last allowed it, as a digest. */
interface Decision {
  allowed?: string;
}

/** The tools that other extensions offer to the editor's own chat. Each is off until the user switches it on. */
export class EditorTools {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  /** All that there are. Editors without a language model API have none. */
  get all(): readonly vscode.LanguageModelToolInformation[] {
    return (vscode as { lm?: Partial<typeof vscode.lm> }).lm?.tools ?? [];
  }

  isOn(name: string): boolean {
    return Object.hasOwn(this.#decisions, name);
  }

  /** These are on from now on, and no others. */
  async setOn(names: readonly string[]): Promise<void> {
    const before = this.#decisions;
    const on = names.map(name => [name, Object.hasOwn(before, name) ? before[name] : {}] as const);
    await this.#memento.update(key, Object.fromEntries(on));
  }

  /** Those that models are offered. */
  get offered(): AnyTool[] {
    const on = this.all.filter(({ name }) => this.isOn(name));
    const names = toolNames(on.map(({ name }) => ({ server: 'editor', tool: name })));
    return on.flatMap(({ name, description, inputSchema }, index) => {
      const schema = isFields(inputSchema) ? inputSchema : { type: 'object' };
      const tool = readTool({ name, description, inputSchema: schema, saysItReads: false });
      if (typeof tool === 'string') return [];
      const decided = this.#decisions[name];
      const ports = {
        server: 'editor',
        allowedBefore: () => (isFields(decided) ? (decided as Decision).allowed : undefined),
        allowed: (digest: string) => this.#allow(name, digest),
        call: async (input: Fields, { signal }: { signal: AbortSignal }) => ({
          parts: await invoke(name, input, signal),
          isError: false,
        }),
      };
      return [toolOfServer(names[index] ?? name, tool, ports)];
    });
  }

  get #decisions(): Record<string, unknown> {
    const stored = this.#memento.get<unknown>(key);
    return isFields(stored) ? stored : {};
  }

  #allow(name: string, allowed: string): void {
    if (this.isOn(name)) void this.#memento.update(key, { ...this.#decisions, [name]: { allowed } });
  }
}

/** The editor checks the input, and asks by itself where the tool's extension wants that. */
async function invoke(name: string, input: Fields, signal: AbortSignal): Promise<ResultPart[]> {
  const cancel = new vscode.CancellationTokenSource();
  const stop = (): void => cancel.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, cancel.token);
    return content.map(partOf);
  } finally {
    signal.removeEventListener('abort', stop);
    cancel.dispose();
  }
}

function partOf(part: unknown): ResultPart {
  if (part instanceof vscode.LanguageModelTextPart) return { kind: 'text', text: part.value };
  if (part instanceof vscode.LanguageModelDataPart) {
    const { mimeType, data } = part;
    if (!mimeType.startsWith('image/')) return { kind: 'other', what: mimeType };
    return { kind: 'image', mediaType: mimeType, base64: Buffer.from(data).toString('base64') };
  }
  return { kind: 'other', what: 'a part that is no text' };
}
