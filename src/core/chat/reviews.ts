import type { Finding, FindingClosed } from '../../shared/finding.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import type { Branch } from '../conversation/branch.ts';

/** Findings that the user has not dealt with, and where they come from. */
export interface Review {
  conversationId: string;
  turnId: string;
  findings: readonly Finding[];
}

/** The findings of a conversation's reviews. */
export class Reviews {
  readonly #id: string;
  readonly #branch: Branch;
  readonly #emit: (change: Change) => void;

  constructor(conversationId: string, branch: Branch, emit: (change: Change) => void) {
    this.#id = conversationId;
    this.#branch = branch;
    this.#emit = emit;
  }

  /** The reviews on the branch with findings that the user has not dealt with, oldest first. */
  get open(): Review[] {
    return this.#branch.turns.flatMap(turn => {
      const open = turn.role === 'assistant' ? (turn.findings ?? []).filter(({ closed }) => !closed) : [];
      return open.length > 0 ? [{ conversationId: this.#id, turnId: turn.id, findings: open }] : [];
    });
  }

  /** Marks findings as closed, so that they do not come back with a reload. */
  async close(turnId: string, findingIds: ReadonlySet<string>, how: FindingClosed): Promise<void> {
    const record = await this.#branch.recordOf(turnId);
    if (record?.role !== 'assistant' || !record.findings) return;
    const findings = record.findings.map(finding =>
      findingIds.has(finding.id) ? { ...finding, closed: how } : finding,
    );
    record.findings = findings;
    this.#branch.save(record);
    // The review may stand on another branch by now, which the view does not know.
    if (this.#branch.turns.includes(record)) {
      this.#emit({ type: 'answer', turnId, state: record.state, findings });
    }
  }
}
