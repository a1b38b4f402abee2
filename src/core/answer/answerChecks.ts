import type { KeptBack } from '../../shared/moderation.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import type { Branch } from '../conversation/branch.ts';
import { type AnswerRecord, toView } from '../conversation/turns.ts';
import type { Clearance, Cleared } from '../filter/clearance.ts';
import type { MessagesRequest } from '../messages/wire.ts';
import type { Kept, Moderation } from '../moderation/moderation.ts';
import type { PreparedAnswer } from '../request/prepareAnswer.ts';

export interface AnswerChecksPorts {
  branch: Branch;
  emit: (change: Change) => void;
  /** Looks at what goes out; absent: nothing does. */
  clearance?: Clearance;
  /** The user's own check over what goes out and comes back; absent: there is none. */
  moderation?: Moderation;
}

/** What a request passes before it goes out, and its answer before it is used. */
export class AnswerChecks {
  readonly #ports: AnswerChecksPorts;

  constructor(ports: AnswerChecksPorts) {
    this.#ports = ports;
  }

  /** How the request goes out, once the user has said so. The record tells how many secrets it goes without. */
  async cleared(
    record: AnswerRecord,
    { body, adjustments }: PreparedAnswer,
    signal: AbortSignal,
  ): Promise<Cleared | undefined> {
    const cleared = await this.#ports.clearance?.clear(body, signal);
    if (cleared?.kind !== 'goes' || cleared.replaced === 0) return cleared;
    const replaced = { field: 'messages', change: 'changed', reason: 'secrets', sent: cleared.replaced } as const;
    record.adjustments = [...adjustments, replaced];
    this.#ports.emit({ type: 'turn', turn: toView(record) });
    return cleared;
  }

  /** Why the user's own check keeps the request back; undefined where it goes out. */
  async checkedOut(request: MessagesRequest, key: string, signal: AbortSignal): Promise<Problem | undefined> {
    const kept = await this.#ports.moderation?.out(request, key, signal);
    switch (kept?.state) {
      case undefined:
        return undefined;
      case 'declined':
        return { kind: 'heldBack', detail: '' };
      case 'blocked':
        return { kind: 'blocked', detail: kept.reason, check: { by: kept.by } };
      case 'failed':
        return { kind: 'checkFailed', detail: kept.detail, check: { by: kept.by, failure: kept.failure } };
    }
  }

  /** Has the user's own check look at what has come. Where it does not let that pass, the record says so, and it is not used. */
  async checkBack(record: AnswerRecord, signal: AbortSignal): Promise<void> {
    const { moderation, clearance, branch, emit } = this.#ports;
    const { phase } = record.state;
    const isOver = phase === 'complete' || phase === 'truncated';
    if (!moderation?.looksAt('back') || !isOver || record.content.length === 0) return;
    record.check = { state: 'checking' };
    branch.save(record);
    emit({ type: 'turn', turn: toView(record) });
    const masked = async (answer: MessagesRequest): Promise<MessagesRequest> =>
      (await clearance?.masked(answer)) ?? answer;
    const kept = await moderation.back(record.model, record.content, masked, signal);
    if (kept) record.check = keptBackOf(kept);
    else delete record.check;
    branch.save(record);
    emit({ type: 'turn', turn: toView(record) });
  }
}

/** What the user does not want is blocked like what the check does not. */
function keptBackOf(kept: NonNullable<Kept>): KeptBack {
  return kept.state === 'declined' ? { state: 'blocked', by: kept.by, reason: kept.reason } : kept;
}
