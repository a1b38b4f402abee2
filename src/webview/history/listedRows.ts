import { byPlace, type ConversationSummary } from '../../shared/storedConversations.ts';

/** A list as far as it is known: pages of it, each as it was when it was asked for. */
export class ListedRows {
  readonly #rows = new Map<string, ConversationSummary>();

  /** In their order. */
  get sorted(): ConversationSummary[] {
    return [...this.#rows.values()].sort(byPlace);
  }

  clear(): void {
    this.#rows.clear();
  }

  add(page: readonly ConversationSummary[]): void {
    for (const row of page) this.#rows.set(row.id, row);
  }

  /** The beginning of the list as it is now: what stood there and does no more has gone elsewhere. */
  renewStart(page: readonly ConversationSummary[], isLast: boolean): void {
    const last = page.at(-1);
    const inPage = new Set(page.map(({ id }) => id));
    for (const row of this.#rows.values()) {
      const isWithin = isLast || (last !== undefined && byPlace(row, last) <= 0);
      if (isWithin && !inPage.has(row.id)) this.#rows.delete(row.id);
    }
    this.add(page);
  }

  change(id: string, changed: Partial<ConversationSummary>): void {
    const row = this.#rows.get(id);
    if (row) this.#rows.set(id, { ...row, ...changed });
  }

  remove(id: string): void {
    this.#rows.delete(id);
  }
}
