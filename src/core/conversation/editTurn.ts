import type { UserTurn } from '../../shared/conversation.ts';
import type { AnswerRecord } from './turns.ts';

/** What every new turn has of its own. */
export interface Birth {
  id: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** The question with another text; what was sent along with it is sent along again. */
export function editedQuestion(turn: UserTurn, text: string, birth: Birth): UserTurn {
  return { ...turn, ...birth, text };
}

/**
 * The answer as the user would have it: one text. Its thinking led to other words and goes, with its tool uses, whose
 * results stand in what followed; what it cost was paid for the first one.
 */
export function editedAnswer(turn: AnswerRecord, text: string, birth: Birth): AnswerRecord {
  return {
    ...birth,
    role: 'assistant',
    model: turn.model,
    content: [{ type: 'text', text }],
    state: { phase: 'complete', stopReason: 'end_turn' },
    isEdited: true,
  };
}
