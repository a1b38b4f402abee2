import type { ContentBlock, Message, MessagesRequest, ToolResult } from '../wire.ts';
import type { SentCode } from './sent-code.ts';
import { sentCode, withoutCode } from './sent-code.ts';

/** What the request tells about the conversation, in the terms in which the answers speak of it. */
export interface Conversation {
  /** The whole text of the last user message. */
  readonly text: string;
  /** What the user asks in it, without the code that came along. */
  readonly question: string;
  readonly code: readonly SentCode[];
  /** The questions before this one, oldest first. */
  readonly earlier: readonly string[];
  readonly answersBefore: number;
  readonly attachments: readonly string[];
  /** Results that the last message brings; the calls they answer stand in the message before. */
  readonly results: readonly ToolResult[];
  readonly system: string;
  /** What the answer has to go on from, if the last message is the assistant's. */
  readonly prefill: string | undefined;
  /** The text of the answer before this one. */
  readonly lastAnswer: string;
}

export function conversationOf(request: MessagesRequest): Conversation {
  const { messages } = request;
  const last = messages.at(-1);
  const prefilled = last?.role === 'assistant';
  const done = prefilled ? messages.slice(0, -1) : messages;
  const asked = done.at(-1);
  const answers = done.filter(message => message.role === 'assistant');
  const text = asked === undefined ? '' : textOf(asked);
  return {
    text,
    question: questionOf(asked),
    code: sentCode(text),
    earlier: done
      .slice(0, -1)
      .filter(message => message.role === 'user')
      .map(questionOf)
      .filter(question => question !== ''),
    answersBefore: answers.length,
    attachments: asked?.content.flatMap(attachment) ?? [],
    results: asked?.content.filter(block => block.type === 'tool_result') ?? [],
    system: request.system,
    prefill: prefilled && last.content.length > 0 ? textOf(last) : undefined,
    lastAnswer: textOf(answers.at(-1)),
  };
}

function textOf(message: Message | undefined): string {
  const texts = message?.content.flatMap(block => (block.type === 'text' ? [block.text] : [])) ?? [];
  return texts.join('\n\n');
}

/** Clients put what they send along in blocks of its own, before the question. */
function questionOf(message: Message | undefined): string {
  const questions = message?.content
    .flatMap(block => (block.type === 'text' ? [withoutCode(block.text)] : []))
    .filter(text => text !== '');
  return questions?.at(-1) ?? '';
}

function attachment(block: ContentBlock): readonly string[] {
  if (block.type === 'image') return [block.described];
  if (block.type !== 'document') return [];
  const title = block.title === '' ? 'a document' : `the document “${block.title}”`;
  return [block.text === '' ? title : `${title} of ${block.text.length} characters`];
}
