import type { Attachment, Excerpt, MediaAttachment } from '../../shared/attachment.ts';
import type { Intent, ToolResult, UserTurn } from '../../shared/conversation.ts';
import type { Birth } from '../conversation/editTurn.ts';
import { frozen } from './followedEditor.ts';
import type { ChatSession } from './session.ts';
import { startingOver } from '../conversation/startOver.ts';
import type { TurnRecord } from '../conversation/turns.ts';

export interface AskedHow {
  /** Whether it was typed and sent: then it waits for a running answer, and takes what is attached. */
  isTyped?: boolean;
  /** See UserTurn. */
  call?: string;
  /** Where it waits for a running answer, it goes with the next results of tools. */
  steers?: true;
}

export interface Asked extends AskedHow {
  intent: Intent;
  text: string;
  excerpts: Excerpt[];
}

/** What a turn is made from beside what is asked. */
type Before = Pick<ChatSession, 'unsent' | 'branch'>;

/** The turn of a message, or of what a command asks. */
export function askedTurn(asked: Asked, { unsent, branch }: Before, birth: Birth): UserTurn {
  const { intent, text, excerpts, isTyped = false, call, steers } = asked;
  const { attachments } = unsent;
  return {
    ...birth,
    role: 'user',
    intent,
    text,
    ...(call !== undefined && { call }),
    // A review’s request has no tools but its own.
    ...(steers && intent !== 'review' && { steers }),
    excerpts,
    ...startingOver(intent, branch.turns),
    // They lie beside the message; a command does not take them.
    ...(isTyped && attachments.length > 0 && { attachments: attachments.map(frozen) }),
  };
}

/** The turn that sending the draft would add; `called` is what a prompt makes of it, where it calls one. */
export function draftedTurn(
  drafted: UserTurn,
  called: Partial<UserTurn> | undefined,
  before: readonly TurnRecord[],
): UserTurn {
  const turn = { ...drafted, ...called };
  return { ...turn, ...startingOver(turn.intent, before) };
}

/**
 * The turn that hands the results of tool uses back, and what stays beside the message. The images there go with the last
 * result; nothing else does, since a result can't hold it.
 */
export function toolResultsTurn(
  results: readonly ToolResult[],
  attachments: readonly Attachment[],
  birth: Birth,
): { turn: UserTurn; left: Attachment[] } {
  const images = attachments.filter((attachment): attachment is MediaAttachment => attachment.kind === 'image');
  const toolResults = results.map((result, index) =>
    index === results.length - 1 && images.length > 0 ? { ...result, images } : result,
  );
  return {
    turn: { ...birth, role: 'user', intent: 'chat', text: '', excerpts: [], toolResults },
    left: attachments.filter(({ kind }) => kind !== 'image'),
  };
}
