import type { Attachment, Excerpt } from './attachment.ts';
import type { UserTurn } from './conversation.ts';

/** Something that went along with a turn: an attachment, lines of a file, or an image of a tool's result. */
export interface Attached {
  /** By which it can be left out of requests. */
  id: string;
  name: string;
  /** The part of the turn that it is. */
  part: Attachment | Excerpt;
}

/** Everything that went along with a turn. */
export function attachedTo(turn: UserTurn): Attached[] {
  const images = (turn.toolResults ?? []).flatMap(result => result.images ?? []);
  return [
    ...[...(turn.attachments ?? []), ...images].map(part => ({ id: part.id, name: part.name, part })),
    ...turn.excerpts.map((part, index) => ({ id: excerptId(turn, index), name: placeOf(part), part })),
  ];
}

/** Excerpts have no id of their own. */
export function excerptId(turn: UserTurn, index: number): string {
  return `${turn.id}#${index}`;
}

function placeOf({ path, startLine, endLine }: Excerpt): string {
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
}
