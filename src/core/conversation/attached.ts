import { type Attached, attachedTo, excerptId } from '../../shared/attached.ts';
import { isMedia, type MediaAttachment } from '../../shared/attachment.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import { imagesOfCalls } from '../../shared/ranCalls.ts';
import type { AnswerRecord, TurnRecord } from './turns.ts';

/** A turn that holds nothing but the one thing. */
export function holdingOnly(turn: UserTurn, { part }: Attached): UserTurn {
  const { id, role, createdAt, intent } = turn;
  const empty: UserTurn = { id, role, createdAt, intent, text: '', excerpts: [] };
  return 'code' in part ? { ...empty, excerpts: [part] } : { ...empty, attachments: [part] };
}

/**
 * The turn without what is left out: of an answer, images that its calls have brought. A short note stands for each. The
 * same turn where nothing of it is left out.
 */
export function withoutAttached<Turn extends TurnRecord>(turn: Turn, omitted: ReadonlySet<string>): Turn;
export function withoutAttached(turn: TurnRecord, omitted: ReadonlySet<string>): TurnRecord {
  return turn.role === 'user' ? fromPrompt(turn, omitted) : fromAnswer(turn, omitted);
}

function fromPrompt(turn: UserTurn, omitted: ReadonlySet<string>): UserTurn {
  const left = attachedTo(turn).filter(({ id }) => omitted.has(id));
  if (left.length === 0) return turn;
  const { attachments, toolResults, ...rest } = turn;
  const kept = attachments?.filter(({ id }) => !omitted.has(id)) ?? [];
  const inResults = new Set((toolResults ?? []).flatMap(({ images = [] }) => images));
  const notes = left.filter(({ part }) => 'code' in part || !isMedia(part) || !inResults.has(part)).map(noteFor);
  return {
    ...rest,
    text: [turn.text, ...notes].filter(text => text !== '').join('\n\n'),
    excerpts: turn.excerpts.filter((_, index) => !omitted.has(excerptId(turn, index))),
    ...(kept.length > 0 && { attachments: kept }),
    ...(toolResults && {
      toolResults: toolResults.map(result => ({ ...withoutImages(result, omitted), toolUseId: result.toolUseId })),
    }),
  };
}

function fromAnswer(record: AnswerRecord, omitted: ReadonlySet<string>): AnswerRecord {
  const { calls = [] } = record;
  if (!imagesOfCalls(calls).some(({ id }) => omitted.has(id))) return record;
  return {
    ...record,
    calls: calls.map(call => (call.result ? { ...call, result: withoutImages(call.result, omitted) } : call)),
  };
}

interface Brought<Image> {
  text: string;
  isError: boolean;
  images?: Image[];
}

function withoutImages<Image extends MediaAttachment>(
  { text: said, isError, images = [] }: Brought<Image>,
  omitted: ReadonlySet<string>,
): Brought<Image> {
  const left = images.filter(({ id }) => omitted.has(id));
  const kept = images.filter(({ id }) => !omitted.has(id));
  const notes = left.map(part => noteFor({ name: part.name, part }));
  const text = [said, ...notes].filter(part => part !== '').join('\n\n');
  return { isError, text, ...(kept.length > 0 && { images: kept }) };
}

/** Tells the model that something was there, so that what was said about it still makes sense. */
function noteFor({ name, part }: Pick<Attached, 'name' | 'part'>): string {
  if (!('code' in part)) return `[${name} was attached here]`;
  const count = part.endLine - part.startLine + 1;
  return `[${name}, ${count} ${count === 1 ? 'line' : 'lines'}, was attached here]`;
}
