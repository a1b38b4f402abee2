import { inputsIn } from '../../core/mcp/fillIn.ts';
import type { FoundServer } from '../../core/mcp/foundServer.ts';
import type { ServerInput } from '../../core/mcp/serverConfig.ts';
import { askForText, pickOne } from '../show.ts';

/** What the user has typed for the inputs of servers, for as long as the window is open: passwords are among it. */
export class ServerInputs {
  readonly #typed = new Map<string, string>();

  /** By their ids, all that a server refers to; undefined where the user has left one open. */
  async of(server: FoundServer): Promise<Record<string, string> | undefined> {
    const values: Record<string, string> = {};
    for (const id of inputsIn(server.launch)) {
      const input = server.inputs.find(one => one.id === id);
      // One that is nowhere is told as what it is: a variable that stands for nothing.
      if (!input) continue;
      const key = JSON.stringify([server.source, server.folder, id]);
      const value = this.#typed.get(key) ?? (await ask(server.name, input));
      if (value === undefined) return undefined;
      this.#typed.set(key, value);
      values[id] = value;
    }
    return values;
  }

  /** The next start asks anew. */
  forget(): void {
    this.#typed.clear();
  }
}

async function ask(
  server: string,
  { id, description, isPassword, preset, options }: ServerInput,
): Promise<string | undefined> {
  const title = `${server}: ${description || id}`;
  if (options)
    return (
      await pickOne(
        options.map(label => ({ label })),
        { title, placeHolder: id },
      )
    )?.label;
  return askForText({ title, placeHolder: id, value: preset, password: isPassword, ignoreFocusOut: true });
}
