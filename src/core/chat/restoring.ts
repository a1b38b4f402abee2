import type { RestorePlan, RestoreResult } from '../../shared/restore.ts';
import type { ChosenFile } from '../checkpoints/conversationCheckpoints.ts';
import type { ChatSession } from './session.ts';

export interface RestoringPorts {
  /** The conversation that is shown. */
  session: () => ChatSession;
  /** A text for the message: in front of what is typed, or, with `instead`, in the place of exactly this. */
  returned: (conversationId: string, text: string, instead?: string) => void;
  /** Files were brought back: says so, and offers `undo`, which is absent where it was an undoing itself. */
  restored: (result: RestoreResult, undo: (() => Promise<void>) | undefined) => void;
}

const nothing: RestorePlan = { files: [], lost: [], elsewhere: [] };

/** The way back to a turn: the files, and the conversation where that is wanted. */
export class Restoring {
  readonly #ports: RestoringPorts;

  constructor(ports: RestoringPorts) {
    this.#ports = ports;
  }

  /** What going back to the turn would do. */
  async plan(turnId: string): Promise<RestorePlan> {
    const session = this.#ports.session();
    return (await session.checkpoints?.plan(turnIdsFrom(session, turnId))) ?? nothing;
  }

  /** Brings the chosen files back, and the conversation to before the turn. Nothing while an answer is running. */
  async restore(turnId: string, chosen: readonly ChosenFile[], isWithConversation: boolean): Promise<void> {
    const session = this.#ports.session();
    const turn = session.branch.turns.find(({ id }) => id === turnId);
    if (!session.checkpoints || session.running || turn?.role !== 'user') return;
    const headId = session.branch.turns.at(-1)?.id ?? turnId;
    const { draft } = session.unsent;
    const turnIds = turnIdsFrom(session, turnId);
    if (isWithConversation) session.goBackBefore(turn);
    const moved = isWithConversation ? { headId, draft, text: session.unsent.draft } : undefined;
    const result = await session.checkpoints.restore(turnIds, chosen, moved);
    if (isWithConversation) this.#ports.returned(session.id, turn.text);
    this.#ports.restored(result, () => this.#undoIn(session));
  }

  /** Takes the last restore back, with the conversation where that went along. */
  undo(): Promise<void> {
    return this.#undoIn(this.#ports.session());
  }

  /** The turn that the files can be brought back to last, and so the one that is meant where none is named. */
  get lastTurnId(): string | undefined {
    const session = this.#ports.session();
    const changed = session.checkpoints?.points?.turnIds ?? [];
    return session.branch.turns.findLast(({ id }) => changed.includes(id))?.id;
  }

  /** Another conversation may be shown by then. */
  async #undoIn(session: ChatSession): Promise<void> {
    if (session.running) return;
    const result = await session.checkpoints?.undo();
    if (!result) return;
    const { moved } = result;
    if (moved) {
      await session.switchTo(moved.headId);
      // What was typed since stays.
      if (session.unsent.draft === moved.text) session.unsent.draft = moved.draft;
      this.#ports.returned(session.id, moved.draft, moved.text);
    }
    this.#ports.restored(result, undefined);
  }
}

/** That turn and all behind it on the branch. */
function turnIdsFrom({ branch }: ChatSession, turnId: string): string[] {
  const { turns } = branch;
  const at = turns.findIndex(({ id }) => id === turnId);
  return at === -1 ? [] : turns.slice(at).map(({ id }) => id);
}
