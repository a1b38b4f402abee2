import { mapTexts, type TextPlace } from '../filter/requestTexts.ts';
import type { AnswerContent, ContentBlockParam, MessagesRequest } from '../messages/wire.ts';
import type { CheckedText } from './check.ts';

/** Every text of a request that somebody has written, in order. */
export function textsOfRequest(request: MessagesRequest): CheckedText[] {
  const texts: CheckedText[] = [];
  mapTexts(request, (text, place) => {
    if (text.trim() !== '') texts.push({ ...whereFrom(place), text });
    return text;
  });
  return texts;
}

/** An answer as it would go out again, with its thinking as text: so that it is searched like all that goes out. */
export function answerAsRequest(model: string, content: readonly AnswerContent[]): MessagesRequest {
  const blocks = content.flatMap((block): ContentBlockParam[] => {
    switch (block.type) {
      case 'text':
        return [{ type: 'text', text: block.text, ...(block.citations && { citations: block.citations }) }];
      case 'tool_use':
        // Of an input that was cut, what has come.
        return [{ type: 'tool_use', id: block.id, name: block.name, input: block.input ?? { json: block.inputJson } }];
      case 'thinking':
        return [{ type: 'text', text: block.thinking }];
      case 'redacted_thinking':
      case 'other':
        return [];
    }
  });
  return { model, max_tokens: 1, stream: false, messages: [{ role: 'assistant', content: blocks }] };
}

function whereFrom(place: TextPlace): Pick<CheckedText, 'part' | 'name'> {
  switch (place.part) {
    case 'system':
    case 'tools':
      return { part: place.part };
    case 'text':
      return { part: place.role };
    case 'document':
      return { part: 'document', ...(place.title !== '' && { name: place.title }) };
    case 'toolCall':
    case 'toolResult':
      return { part: place.part, ...(place.call !== '' && { name: place.call }) };
  }
}
