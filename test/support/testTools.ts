import { ToolRegistry } from '../../src/core/tools/registry.ts';
import { textEditor } from '../../src/core/tools/textEditor.ts';
import { amongOthers, type Tool } from '../../src/core/tools/tool.ts';
import { ToolError } from '../../src/core/tools/workspace.ts';
import { dot } from './dot.ts';

/** What the tools of a test have done, in its order. */
export type Events = string[];

interface Named {
  name: string;
}

/** Waits until it is released, or for ever: `waiting` holds what releases a call by its name. */
export function waitingTool(
  effect: 'reads' | 'changes',
  events: Events,
  waiting: Map<string, () => void>,
): Tool<Named> {
  const name = effect === 'reads' ? 'look' : 'change';
  return {
    name,
    definition: () => ({ name, input_schema: { type: 'object' } }),
    parse: ({ name: given }) =>
      typeof given === 'string' ? { ok: true, input: { name: given } } : { ok: false, problem: '`name` is missing.' },
    effect: () => effect,
    line: ({ name: given }) => ({ action: 'view', subject: given }),
    prepare: ({ name: given }) => {
      if (given === 'unfit') return Promise.reject(new ToolError('Error: unfit'));
      return Promise.resolve({
        cautions: given === 'secret' ? ['secret'] : [],
        run: async (_, progress) => {
          events.push(`${given} begins`);
          progress(`${given} so far`);
          if (given === 'throws') throw new Error('broken inside');
          const released = Promise.withResolvers<undefined>();
          waiting.set(given, () => released.resolve(undefined));
          await released.promise;
          events.push(`${given} ends`);
          setImmediate(() => progress('too late'));
          return `${given} done`;
        },
      });
    },
  };
}

/** Brings an image. */
export const showingTool: Tool<undefined> = {
  name: 'show',
  definition: () => ({ name: 'show', input_schema: { type: 'object' } }),
  parse: () => ({ ok: true, input: undefined }),
  effect: () => 'reads',
  line: () => ({ action: 'view', subject: 'a dot' }),
  prepare: () =>
    Promise.resolve({
      cautions: [],
      run: () => Promise.resolve({ text: '', images: [{ name: 'dot', bytes: dot }] }),
    }),
};

/** The tools of the product. */
export function ownTools(): ToolRegistry {
  return new ToolRegistry(() => [amongOthers(textEditor)]);
}
