import { redactThinking, signThinking } from '../signature.ts';
import { firstTokens } from '../tokens.ts';
import type { AnswerBlock, MessagesRequest } from '../wire.ts';
import type { Conversation } from './conversation.ts';
import { counted, shortened } from './wording.ts';

/** The words with which Anthropic lets clients test blocks of hidden reasoning. */
const REDACTION_WORDS = 'ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_';

/** The thinking before an answer, if the request has it on. */
export function thoughts(request: MessagesRequest, conversation: Conversation): readonly AnswerBlock[] {
  const { thinking } = request;
  if (thinking.type === 'off') return [];
  // Without interleaving a model thinks once at the start of its turn, not again after each tool.
  if (conversation.results.length > 0 && !thinking.interleaved) return [];
  const text = firstTokens(thought(request, conversation), thinking.budget);
  if (conversation.text.includes(REDACTION_WORDS)) return [{ type: 'redacted_thinking', data: redactThinking(text) }];
  const shown = thinking.omitted ? '' : text;
  return [{ type: 'thinking', thinking: shown, signature: signThinking(shown) }];
}

function thought(request: MessagesRequest, { question, code, results, earlier }: Conversation): string {
  const sentences = [
    `The user writes: “${shortened(question, 120)}”.`,
    earlier.length > 0 ? `It follows ${counted(earlier.length, 'earlier message')}.` : 'It is the first message.',
    code.length > 0 ? `${counted(code.length, 'piece')} of code came along, so I should say what stands in it.` : '',
    results.length > 0 ? `${counted(results.length, 'tool')} answered, so I can use that now.` : '',
    request.tools.length > 0 ? `I could call ${request.tools.map(tool => tool.name).join(', ')}.` : '',
    'As a demo endpoint I follow rules and do not really think, but this is where thinking would be.',
  ];
  return sentences.filter(sentence => sentence !== '').join('\n');
}
