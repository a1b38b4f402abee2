import type { UserTurn } from '../../shared/conversation.ts';

/**
 * One turn of all messages that are to go with the results of tools, in their order: results stand in one turn, and an
 * answer follows that. It has the id of the first. Undefined where none waits.
 */
export function steeringTurn(waiting: readonly UserTurn[], createdAt: number): UserTurn | undefined {
  const [first, ...more] = waiting;
  if (!first) return undefined;
  const turn: UserTurn = { ...first, createdAt, steers: true };
  // What was said before is what it is about.
  delete turn.startsOver;
  if (more.length === 0) return turn;
  delete turn.call;
  const attachments = waiting.flatMap(({ attachments = [] }) => attachments);
  return {
    ...turn,
    intent: 'chat',
    text: waiting.map(({ text }) => text).join('\n\n'),
    excerpts: waiting.flatMap(({ excerpts }) => excerpts),
    ...(attachments.length > 0 && { attachments }),
  };
}

/** The turn as one that goes out by itself. */
export function withoutSteering(turn: UserTurn): UserTurn {
  if (!turn.steers) return turn;
  const alone = { ...turn };
  delete alone.steers;
  return alone;
}
