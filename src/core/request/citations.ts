import type { AnswerRecord } from '../conversation/turns.ts';
import type { AnswerContent, Citation, MessageParam } from '../messages/wire.ts';

/**
 * The citations of an answer that go back with its texts, where it follows on `before`: those of documents that stand there where
 * they say. Results of a search that the service has made go back only while the answer has paused, and so does what points into them.
 */
export function citationsIn(
  { content, findings }: AnswerRecord,
  before: readonly MessageParam[],
  isPaused: boolean,
): Map<AnswerContent, Citation[]> {
  const kept = new Map<AnswerContent, Citation[]>();
  if (findings) return kept;
  let titles: string[] | undefined;
  for (const block of content) {
    if (block.type !== 'text' || !block.citations) continue;
    const documents = (titles ??= documentTitles(before));
    const holding = block.citations.filter(citation => isPaused || isOfDocument(citation, documents)).map(asSent);
    if (holding.length > 0) kept.set(block, holding);
  }
  return kept;
}

/** The file's id comes with an answer and has no place in a request. */
function asSent(citation: Citation): Citation {
  const sent = { ...citation };
  delete sent['file_id'];
  return sent;
}

function isOfDocument({ document_index: index, document_title: title }: Citation, titles: readonly string[]): boolean {
  return typeof index === 'number' && index in titles && titles[index] === (title ?? '');
}

function documentTitles(messages: readonly MessageParam[]): string[] {
  return messages.flatMap(({ content }) =>
    typeof content === 'string' ? [] : content.flatMap(block => (block.type === 'document' ? [block.title ?? ''] : [])),
  );
}
