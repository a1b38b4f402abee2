import type { TurnRecord } from '../conversation/turns.ts';
import type { CarriedConversation } from './carried.ts';

/** Where code stands that was sent or found. */
export interface Place {
  path: string;
  /** Empty in a file that travels, where `path` says it all. */
  uri: string;
}

/**
 * The conversation with another address for every place in it. Addresses are of one machine: they tell its folders to
 * others, and lead nowhere on another, or where whoever wrote the file wants.
 */
export function withPlaces(conversation: CarriedConversation, uriOf: (place: Place) => string): CarriedConversation {
  const turns = conversation.turns.map(({ parentId, record }) => ({ parentId, record: moved(record, uriOf) }));
  return { ...conversation, turns };
}

function moved(record: TurnRecord, uriOf: (place: Place) => string): TurnRecord {
  const move = <Placed extends Place>(placed: Placed): Placed => ({ ...placed, uri: uriOf(placed) });
  if (record.role === 'assistant') {
    return record.findings ? { ...record, findings: record.findings.map(move) } : record;
  }
  const { excerpts, attachments } = record;
  return {
    ...record,
    excerpts: excerpts.map(move),
    ...(attachments && {
      attachments: attachments.map(attachment =>
        // Code that lies beside a message has its place within.
        attachment.kind === 'code' ? { ...attachment, excerpt: move(attachment.excerpt) } : attachment,
      ),
    }),
  };
}
