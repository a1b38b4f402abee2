import { attachedTo } from '../../shared/attached.ts';
import { imagesOfCalls } from '../../shared/ranCalls.ts';
import type { AnswerContent } from '../messages/wire.ts';
import { withoutAttached } from '../conversation/attached.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** Characters of a text that are left however little room there is. */
const leastLength = 200;
const mostTries = 8;

/**
 * The turns in at most `budget` tokens, as `tokensOf` counts them: without images and documents where they do not fit
 * as they are, then with long texts cut in the middle, the longest ones first.
 */
export function shortenedTo(
  budget: number,
  turns: readonly TurnRecord[],
  tokensOf: (turns: readonly TurnRecord[]) => number,
): readonly TurnRecord[] {
  if (tokensOf(turns) <= budget) return turns;
  const light = turns.map(withoutMedia);
  const lengths = light.flatMap(turn => textsIn(turn).map(text => text.length));
  let tokens = tokensOf(light);
  let characters = lengths.reduce((sum, length) => sum + length, 0);
  let shortened: readonly TurnRecord[] = light;
  for (let attempt = 0; tokens > budget && attempt < mostTries; attempt++) {
    characters *= Math.min(0.9, (budget / tokens) * 0.95);
    const most = Math.max(leastLength, longestThatFits(lengths, characters));
    shortened = light.map(turn => mapTexts(turn, text => cutInTheMiddle(text, most)));
    tokens = tokensOf(shortened);
  }
  return shortened;
}

/** The length to which the longer texts have to be cut, so that all together have at most `total` characters. */
export function longestThatFits(lengths: readonly number[], total: number): number {
  const sorted = lengths.toSorted((a, b) => a - b);
  let left = total;
  for (const [index, length] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (length > share) return Math.floor(share);
    left -= length;
  }
  return Infinity;
}

function withoutMedia(turn: TurnRecord): TurnRecord {
  const media =
    turn.role === 'user' ? attachedTo(turn).filter(({ part }) => !('code' in part)) : imagesOfCalls(turn.calls ?? []);
  return withoutAttached(turn, new Set(media.map(({ id }) => id)));
}

function textsIn(turn: TurnRecord): string[] {
  const texts: string[] = [];
  mapTexts(turn, text => {
    texts.push(text);
    return text;
  });
  return texts;
}

function mapTexts(turn: TurnRecord, map: (text: string) => string): TurnRecord {
  if (turn.role === 'assistant') {
    const calls = turn.calls?.map(call =>
      call.result ? { ...call, result: { ...call.result, text: map(call.result.text) } } : call,
    );
    return { ...turn, content: turn.content.map(content => mapContent(content, map)), ...(calls && { calls }) };
  }
  return {
    ...turn,
    text: map(turn.text),
    excerpts: turn.excerpts.map(excerpt => ({ ...excerpt, code: map(excerpt.code) })),
    ...(turn.toolResults && {
      toolResults: turn.toolResults.map(result => ({ ...result, text: map(result.text) })),
    }),
  };
}

/** Thinking goes back word for word or not at all, and a tool's input has to stay what it was. */
function mapContent(content: AnswerContent, map: (text: string) => string): AnswerContent {
  return content.type === 'text' ? { ...content, text: map(content.text) } : content;
}

function cutInTheMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, Math.ceil(most * 0.6)).replace(/[\uD800-\uDBFF]$/, '');
  const tail = text.slice(text.length - Math.floor(most * 0.4)).replace(/^[\uDC00-\uDFFF]/, '');
  const left = text.length - head.length - tail.length;
  return `${head}\n[… ${left} characters left out …]\n${tail}`;
}
