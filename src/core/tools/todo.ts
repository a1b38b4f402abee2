import { doneSteps, parseTodo, stepStates, type TodoStep } from '../../shared/todo.ts';
import type { Tool } from './tool.ts';

/** The steps of a long task. The list is the call’s own: the last one of a branch is what is shown, and nothing else is kept. */
export const todo: Tool<TodoStep[]> = {
  name: 'todo',
  definition: () => ({
    name: 'todo',
    description:
      'Keeps the list of steps that the user sees above the message. For a task of three steps or more, call it once at the start, and again whenever a step begins or is done, always with the whole list. At most one step is `doing`. Leave it alone for anything shorter.',
    input_schema: {
      type: 'object',
      properties: {
        steps: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              text: { type: 'string', description: 'What is done, in a few words, in the language of the user.' },
              state: { type: 'string', enum: [...stepStates] },
            },
            required: ['text', 'state'],
            additionalProperties: false,
          },
        },
      },
      required: ['steps'],
      additionalProperties: false,
    },
  }),
  parse: fields => {
    const input = parseTodo(fields);
    if (input) return { ok: true, input };
    return {
      ok: false,
      problem: '`steps` has to be a list of at most 100 steps, each with a `text` and a `state`: open, doing or done.',
    };
  },
  effect: () => 'reads',
  line: steps => ({ action: 'todo', subject: `${doneSteps(steps)}/${steps.length}` }),
  prepare: steps =>
    Promise.resolve({
      cautions: [],
      todo: steps,
      run: () => Promise.resolve(`The user sees the list: ${doneSteps(steps)} of ${steps.length} done.`),
    }),
};
