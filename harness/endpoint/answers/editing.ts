import { newId } from '../random.ts';
import type { AnswerBlock, MessagesRequest } from '../wire.ts';
import type { Conversation } from './conversation.ts';
import { sinceQuestion } from './sinceQuestion.ts';

const EDITORS = ['str_replace_based_edit_tool', 'str_replace_editor'];
const ASKED = /\b(?:fix|mend|correct)\b.*\bdiscount\b/i;
const TESTED = /\btests?\b/i;
const SHELL = 'bash';
const FILE = 'src/prices.ts';
const BEFORE = '  return Math.round(total * (1 - discount.rate));';
const AFTER = '  return Math.round(total * (1 - Math.max(0, discount.rate)));';

/**
 * Where the request has a text editor and the user asks to fix the discount of the sample project: looks at the file,
 * changes it, and says what came of that. Where there is a shell and the user speaks of tests, it runs them for real in between.
 */
export function editing(request: MessagesRequest, conversation: Conversation): readonly AnswerBlock[] | undefined {
  const tool = request.tools.find(({ name }) => EDITORS.includes(name))?.name;
  if (tool === undefined || request.toolChoice.type !== 'auto' || conversation.prefill !== undefined) return undefined;
  const { question, calls } = sinceQuestion(request);
  if (!ASKED.test(question)) return undefined;
  const place = placeIn(request);
  if (calls === 3) return [said(testedWords(conversation.results.at(-1)?.text ?? '', place))];
  const failed = conversation.results.find(({ isError }) => isError);
  if (failed !== undefined) return [said(`I leave ${FILE} as it is. I was told: “${failed.text}”`)];
  switch (calls) {
    case 0:
      return [said('I look at the file first.'), call(tool, { command: 'view', path: FILE })];
    case 1:
      return [
        said("A rate below zero would raise the price. I don't let it count."),
        call(tool, { command: 'str_replace', path: FILE, old_str: BEFORE, new_str: AFTER }),
      ];
    case 2:
      if (TESTED.test(question) && request.tools.some(({ name }) => name === SHELL)) {
        return [said('Now I run the tests.'), call(SHELL, { command: 'npm test' })];
      }
      break;
  }
  return [said(`A discount never raises a price now: ${place} takes a rate below zero for none.`)];
}

/** What the model says of a run of the tests, by the numbers that Node's runner prints. */
function testedWords(output: string, place: string): string {
  const count = (name: string): string => new RegExp(`^\\S* ?${name} (\\d+)$`, 'm').exec(output)?.[1] ?? '';
  const failed = count('fail');
  if (failed === '0') return `All ${count('pass')} tests pass. A discount never raises a price now: ${place}.`;
  if (failed !== '') return `The change is made, but ${failed} of the tests still fail.`;
  return `The change is made, but the tests could not be run. I was told: “${output.trim().split('\n').at(-1) ?? ''}”`;
}

/** Where the changed line stands, by the numbers of the excerpt that the editor has answered the change with. */
function placeIn({ messages }: MessagesRequest): string {
  const results = messages.flatMap(({ content }) => content.filter(block => block.type === 'tool_result'));
  const lines = results.flatMap(({ text }) => text.split('\n'));
  const line =
    lines
      .find(text => text.includes(AFTER))
      ?.trim()
      .split('\t')[0] ?? '';
  return /^\d+$/.test(line) ? `\`${FILE}:${line}\`` : `\`${FILE}\``;
}

function said(text: string): AnswerBlock {
  return { type: 'text', text };
}

function call(name: string, input: object): AnswerBlock {
  return { type: 'tool_use', id: newId('toolu'), name, json: JSON.stringify(input) };
}
