import { newId } from '../random.ts';
import type { AnswerBlock, MessagesRequest } from '../wire.ts';
import type { Conversation } from './conversation.ts';
import { sinceQuestion } from './sinceQuestion.ts';

const ASKED = /\b(?:open|try|look at)\b[^]*?(https?:\/\/[^\s,]*[^\s,.])/i;
const PLACE = /\bclick(?: at)? (\d+), ?(\d+)/i;

/**
 * Where the request has a browser and the user asks to try a page: opens it, clicks where it was told to, and says what
 * it is called before and after.
 */
export function browsing(request: MessagesRequest, conversation: Conversation): readonly AnswerBlock[] | undefined {
  const hasTools = ['open_page', 'computer'].every(name => request.tools.some(tool => tool.name === name));
  if (!hasTools || request.toolChoice.type !== 'auto' || conversation.prefill !== undefined) return undefined;
  const { question, calls } = sinceQuestion(request);
  const url = ASKED.exec(question)?.[1];
  if (url === undefined) return undefined;
  const failed = conversation.results.find(({ isError }) => isError);
  if (failed !== undefined) return [said(`I could not try ${url}. I was told: “${failed.text}”`)];
  const [, x = '640', y = '400'] = PLACE.exec(question) ?? [];
  const title = /is called “([^”]*)”/.exec(conversation.results.at(-1)?.text ?? '')?.[1] ?? '?';
  switch (calls) {
    case 0:
      return [said('I open the page.'), call('open_page', { url })];
    case 1:
      return [
        said(`It is called “${title}”. I click at ${x}, ${y}.`),
        call('computer', { action: 'left_click', coordinate: [Number(x), Number(y)] }),
      ];
    default:
      return [said(`After the click it is called “${title}”.`)];
  }
}

function said(text: string): AnswerBlock {
  return { type: 'text', text };
}

function call(name: string, input: object): AnswerBlock {
  return { type: 'tool_use', id: newId('toolu'), name, json: JSON.stringify(input) };
}
