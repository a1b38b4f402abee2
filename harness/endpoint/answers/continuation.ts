import type { Message, MessagesRequest } from '../wire.ts';
import type { Conversation } from './conversation.ts';
import { phrasesFor } from './phrases.ts';
import { shortened } from './wording.ts';

/** The answer that the same conversation would have got, made by whoever makes answers. */
export type TextFor = (request: MessagesRequest) => string;

/**
 * What comes after a prefill, and only that. A prefill that is the beginning of the demo's own answer, as after Stop,
 * is continued with the rest of that answer, so that the two halves fit together letter by letter.
 */
export function continuation(request: MessagesRequest, conversation: Conversation, textFor: TextFor): string {
  const prefill = conversation.prefill ?? '';
  const before = { ...request, messages: request.messages.slice(0, -1) };
  const whole = textFor(before);
  if (whole.startsWith(prefill)) return whole.slice(prefill.length);
  const { question } = conversation;
  if (prefill.endsWith('{')) return `"demo": true, "question": ${JSON.stringify(shortened(question, 80))}}`;
  if (prefill.endsWith('[')) return `${JSON.stringify(shortened(question, 80))}]`;
  const option = prefill.endsWith('(') ? optionOf(question) : undefined;
  if (option !== undefined)
    return `${option} — the demo endpoint, which is no language model, always takes the second.`;
  return ` … and so it goes on: these words of the demo endpoint follow yours about “${shortened(question, 80)}”.`;
}

/**
 * The rest of an answer that was cut, when the user asks to go on: for the models that take no prefill. Undefined when
 * the answer before was not the beginning of a longer one.
 */
export function resumed(request: MessagesRequest, conversation: Conversation, textFor: TextFor): string | undefined {
  if (!/\b(?:continue|go on|carry on)\b|続け|继续/i.test(conversation.text)) return undefined;
  const answered = request.messages.findLastIndex(message => message.role === 'assistant');
  if (answered < 1) return undefined;
  const cut = answerText(request.messages[answered]);
  const whole = textFor({ ...request, messages: request.messages.slice(0, answered) });
  if (cut === '' || cut.length >= whole.length || !whole.startsWith(cut)) return undefined;
  return whole.slice(cut.length);
}

function answerText(message: Message | undefined): string {
  const texts = message?.content.flatMap(block => (block.type === 'text' ? [block.text] : [])) ?? [];
  return texts.join('').trimEnd();
}

/** `(A) Sol (B) Helios (C) Sun` and a prefill that ends in `(`. */
function optionOf(question: string): string | undefined {
  const options = [...question.matchAll(/\(([A-Z])\)\s*([^()]+?)(?=\s*\([A-Z]\)|\s*$)/g)];
  const second = options[1] ?? options[0];
  return second === undefined ? undefined : `${second[1] ?? ''}) ${second[2] ?? ''}`;
}

/** The note that this is no model, before the first answer of a conversation. */
export function withDemoNote(text: string, conversation: Conversation): string {
  if (conversation.answersBefore > 0) return text;
  return `${phrasesFor(conversation.question).demoNote}\n\n${text}`;
}
