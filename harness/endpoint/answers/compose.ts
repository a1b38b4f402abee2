import type { Answer, AnswerBlock, MessagesRequest } from '../wire.ts';
import { chat, conversationFacts } from './chat.ts';
import { comparison } from './comparisons.ts';
import { continuation, resumed, withDemoNote } from './continuation.ts';
import type { Conversation } from './conversation.ts';
import { conversationOf } from './conversation.ts';
import { browsing } from './browsing.ts';
import { editing } from './editing.ts';
import { explanation } from './explain.ts';
import { howTo } from './howTo.ts';
import { projectAnswer } from './project.ts';
import { inputFor } from './schema-input.ts';
import { thoughts } from './thoughts.ts';
import { askedCalls, forcedCall, resultsText } from './tool-calls.ts';

/** The words with which Anthropic lets clients test a refusal. */
const REFUSAL_WORDS = 'ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL_';

/** The whole answer to a valid request, before its limits. The same request always gets the same, but for ids. */
export function compose(request: MessagesRequest): Answer {
  const conversation = conversationOf(request);
  if (conversation.text.includes(REFUSAL_WORDS)) return refusal();
  const blocks = [...thoughts(request, conversation), ...content(request, conversation)];
  const callsTool = blocks.some(block => block.type === 'tool_use');
  return { blocks, stopReason: callsTool ? 'tool_use' : 'end_turn', stopSequence: null };
}

function content(request: MessagesRequest, conversation: Conversation): readonly AnswerBlock[] {
  const forced = forcedCall(request, conversation);
  if (forced !== undefined) return forced;
  const edits = editing(request, conversation) ?? browsing(request, conversation);
  if (edits !== undefined) return edits;
  if (conversation.prefill === undefined && conversation.results.length === 0) {
    const asked = askedCalls(request, conversation);
    if (asked !== undefined) return asked;
  }
  const text = textFor(request);
  return text === '' ? [] : [{ type: 'text', text }];
}

function textFor(request: MessagesRequest): string {
  const conversation = conversationOf(request);
  const { prefill, results, code, question } = conversation;
  if (prefill !== undefined) return continuation(request, conversation, textFor);
  if (request.outputSchema !== undefined) return JSON.stringify(inputFor(request.outputSchema, question));
  if (results.length > 0) return resultsText(results, conversation);
  const rest = resumed(request, conversation, textFor);
  if (rest !== undefined) return rest;
  const answer = code.length > 0 ? explanation(code, question) : projectAnswer(question);
  return withDemoNote(answer ?? known(conversation) ?? chat(conversation), conversation);
}

/** Of what is known, and what of the conversation came along. */
function known(conversation: Conversation): string | undefined {
  const answer = howTo(conversation.question) ?? comparison(conversation.question);
  return answer === undefined ? undefined : [answer, ...conversationFacts(conversation)].join('\n\n');
}

function refusal(): Answer {
  return {
    blocks: [],
    stopReason: 'refusal',
    stopSequence: null,
    stopDetails: { type: 'refusal', category: null, explanation: 'The demo endpoint was asked to refuse.' },
  };
}
