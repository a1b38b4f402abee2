import assert from 'node:assert/strict';
import type { StoredConversation } from '../../src/core/conversation/store.ts';
import { type TurnRecord, toView } from '../../src/core/conversation/turns.ts';
import { imageOf } from './imageOf.ts';
import type { WindowReport } from './windowReport.ts';

/** Milliseconds of an answer that a crash may cost. */
const answerLossMs = 500;
/** Milliseconds of typing that a crash may cost: the pause after which the view tells the host. */
const typingLossMs = 300;
/** Timers count whole milliseconds, and a report is made a moment before or after its timer is started. */
const timerSlackMs = 5;

const running = ['waiting', 'retrying', 'streaming'];

type Kind = WindowReport['kind'];
type Report<K extends Kind> = Extract<WindowReport, { kind: K }>;

/** What has been reported of one conversation, by all windows that have written in it one after the other. */
export class ConfirmedState {
  readonly #questions: Report<'asked'>[] = [];
  readonly #sent = new Set<string>();
  readonly #answered = new Set<string>();
  readonly #arrived = new Map<string, Report<'arrived'>[]>();
  /** Answers as they were kept when their window had ended. */
  readonly #kept = new Map<string, TurnRecord>();

  /** Takes what a window has reported until it was ended, and compares it with what the file holds after that. */
  check(reports: readonly WindowReport[], stored: StoredConversation, all: readonly TurnRecord[]): void {
    const aliveAt = lastOf(reports, 'alive')?.at ?? 0;
    for (const report of reports) this.#take(report);
    this.#checkQuestions(stored, all, lastOf(reports, 'sending')?.text, lastOf(reports, 'draft')?.text);
    this.#checkAnswers(all, aliveAt);
    checkDraft(reports, stored.draft, aliveAt);
    checkAttachments(reports, stored);
    checkQueue(reports, stored);
  }

  #take(report: WindowReport): void {
    if (report.kind === 'asked') this.#questions.push(report);
    if (report.kind === 'sending') this.#sent.add(report.text);
    if (report.kind === 'answered') this.#answered.add(report.turnId);
    if (report.kind === 'arrived') {
      this.#arrived.set(report.turnId, [...(this.#arrived.get(report.turnId) ?? []), report]);
    }
  }

  #checkQuestions(
    { turns, queue, draft }: StoredConversation,
    all: readonly TurnRecord[],
    lastSent: string | undefined,
    toldDraft: string | undefined,
  ): void {
    const kept = turns.flatMap(turn => (turn.role === 'user' ? [{ turnId: turn.id, text: turn.text }] : []));
    const asked = this.#questions.map(({ turnId, text }) => ({ turnId, text }));
    // One that was stored a moment before the end was not reported any more.
    const reported = kept.filter(({ turnId }) => asked.some(question => question.turnId === turnId));
    assert.deepEqual(reported, asked, 'the questions that were stored, in their order');
    // A turn that went out is taken out of the queue a moment later, and by the next window where that was too late.
    const placed = new Map([...queue, ...all].map(turn => [turn.id, turn.role === 'user' ? turn.text : undefined]));
    const places = [...placed.values()];
    for (const text of this.#sent) {
      const copies = places.filter(place => place === text).length;
      // Ended between the key and the file: what was told of the text is still the draft, which the next window changes,
      // or nothing was told of it yet.
      const isDraft = copies === 0 && text === lastSent && (text.startsWith(draft) || draft === toldDraft);
      assert.ok(copies === 1 || isDraft, `“${text}” was sent and is there ${copies} times`);
      if (isDraft) this.#sent.delete(text);
    }
  }

  #checkAnswers(all: readonly TurnRecord[], aliveAt: number): void {
    for (const [turnId, parts] of this.#arrived) {
      const turn = all.find(({ id }) => id === turnId);
      assert.ok(turn?.role === 'assistant', `the answer ${turnId} is there`);
      const isOver = this.#answered.has(turnId);
      if (isOver) assert.equal(turn.state.phase, 'complete');
      const { blocks } = toView(turn) as Extract<ReturnType<typeof toView>, { role: 'assistant' }>;
      for (const block of new Set(parts.map(part => part.block))) {
        const own = parts.filter(part => part.block === block);
        const received = own.map(({ text }) => text).join('');
        const kept = blocks[block]?.text ?? '';
        assert.ok(received.startsWith(kept) || kept.startsWith(received), `${turnId}: another text than what arrived`);
        const due = own.filter(({ at }) => isOver || at <= aliveAt - answerLossMs - timerSlackMs).at(-1);
        const missing = (due?.end ?? 0) - kept.length;
        assert.ok(
          missing <= 0,
          `${turnId}: ${missing} characters are lost that arrived ${aliveAt - (due?.at ?? 0)} ms before`,
        );
      }
    }
    for (const [turnId, kept] of this.#kept)
      assert.deepEqual(
        all.find(({ id }) => id === turnId),
        kept,
      );
    // The next window has a clock of its own.
    this.#arrived.clear();
    for (const turn of all) if (turn.role === 'assistant') this.#kept.set(turn.id, turn);
  }
}

function checkDraft(reports: readonly WindowReport[], draft: string, aliveAt: number): void {
  const toldAt = reports.findLastIndex(({ kind }) => kind === 'draft');
  const told = reports[toldAt];
  // What was told may have been cleared by sending, or stored and not reported any more.
  const later = reports.slice(toldAt + 1);
  const possible = [
    ...(told?.kind === 'draft' ? [told.text] : []),
    ...later.flatMap(report => (report.kind === 'typed' ? [report.text] : report.kind === 'sending' ? [''] : [])),
  ];
  assert.ok(possible.includes(draft), `the draft is “${draft}” and not one of ${JSON.stringify(possible)}`);
  const typed = lastOf(reports, 'typed');
  if (!typed || typed.at > aliveAt - typingLossMs - timerSlackMs || reports.indexOf(typed) < toldAt) return;
  assert.equal(draft, typed.text, `the draft that was typed ${aliveAt - typed.at} ms before`);
}

function checkAttachments(reports: readonly WindowReport[], { attachments, turns, queue }: StoredConversation): void {
  const knownAt = reports.findLastIndex(({ kind }) => kind === 'attachments');
  const known = reports[knownAt];
  const ids = known?.kind === 'attachments' ? known.ids : [];
  const later = reports.slice(knownAt + 1);
  const possible = [ids];
  for (const report of later) {
    if (report.kind === 'attaching') possible.push([...ids, report.id]);
    if (report.kind === 'sending') possible.push([]);
  }
  const kept = attachments.map(({ id }) => id);
  assert.ok(
    possible.some(one => one.join() === kept.join()),
    `attached is ${JSON.stringify(kept)} and not one of ${JSON.stringify(possible)}`,
  );
  const asked = [...turns, ...queue].flatMap(turn => (turn.role === 'user' ? (turn.attachments ?? []) : []));
  for (const attachment of [...attachments, ...asked]) assert.deepEqual(attachment, imageOf(attachment.id));
}

/** What waits is what was said last, or what the next step has made of it. */
function checkQueue(reports: readonly WindowReport[], { queue, turns }: StoredConversation): void {
  const known = lastOf(reports, 'queue')?.texts ?? [];
  const kept = queue.map(({ text }) => text);
  const asked = turns.flatMap(turn => (turn.role === 'user' ? [turn.text] : []));
  const missing = known.filter(text => !kept.includes(text) && !asked.includes(text));
  assert.deepEqual(missing, [], 'what waited is there or was asked');
}

export function checkSettled(
  turns: readonly { role: string; state?: { phase: string; problem?: { kind: string } } }[],
): void {
  for (const { state } of turns) {
    if (!state) continue;
    assert.ok(!running.includes(state.phase), `no answer is ${state.phase} after a restart`);
    if (state.phase !== 'complete') assert.equal(state.problem?.kind, 'interrupted');
  }
}

function lastOf<K extends Kind>(reports: readonly WindowReport[], kind: K): Report<K> | undefined {
  return reports.findLast((report): report is Report<K> => report.kind === kind);
}
