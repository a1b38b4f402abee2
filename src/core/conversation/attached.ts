import { type Attached, attachedTo, excerptId } from '../../shared/attached.ts';
import { isMedia, type ToolResult, type UserTurn } from '../../shared/conversation.ts';

/** A turn that holds nothing but the one thing. */
export function holdingOnly(turn: UserTurn, { part }: Attached): UserTurn {
  const { id, role, createdAt, intent } = turn;
  const empty: UserTurn = { id, role, createdAt, intent, text: '', excerpts: [] };
  return 'code' in part ? { ...empty, excerpts: [part] } : { ...empty, attachments: [part] };
}

/** The turn without what is left out; a short note stands for each. The same turn where nothing of it is. */
export function withoutAttached(turn: UserTurn, omitted: ReadonlySet<string>): UserTurn {
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
    ...(toolResults && { toolResults: toolResults.map(result => withoutImages(result, omitted)) }),
  };
}

function withoutImages(result: ToolResult, omitted: ReadonlySet<string>): ToolResult {
  const { images = [], ...rest } = result;
  const left = images.filter(({ id }) => omitted.has(id));
  if (left.length === 0) return result;
  const kept = images.filter(({ id }) => !omitted.has(id));
  const notes = left.map(part => noteFor({ name: part.name, part }));
  const text = [result.text, ...notes].filter(part => part !== '').join('\n\n');
  return { ...rest, text, ...(kept.length > 0 && { images: kept }) };
}

/** Tells the model that something was there, so that what was said about it still makes sense. */
function noteFor({ name, part }: Pick<Attached, 'name' | 'part'>): string {
  if (!('code' in part)) return `[${name} was attached here]`;
  const count = part.endLine - part.startLine + 1;
  return `[${name}, ${count} ${count === 1 ? 'line' : 'lines'}, was attached here]`;
}
