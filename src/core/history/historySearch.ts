import type { FoundConversation } from '../../shared/protocol/history.ts';
import type { ConversationHit } from '../../shared/storedConversations.ts';
import type { ConversationHistory } from './history.ts';
import { marksIn, searchTerms } from './searchTerms.ts';

/** As many as anybody looks through; more words find less. */
const mostFound = 100;
/** Milliseconds between two reports of one search: each holds all that is found so far. */
const reportMs = 50;

export interface FoundSoFar {
  searchId: number;
  found: FoundConversation[];
  isDone: boolean;
}

export interface HistorySearchPorts {
  history: Pick<ConversationHistory, 'search' | 'catchUp'>;
  report: (found: FoundSoFar) => void;
  /** Milliseconds on any clock. */
  clock: () => number;
}

/** What one view looks for: one thing at a time, reported as it is found. */
export class HistorySearch {
  readonly #ports: HistorySearchPorts;
  /** What is looked for; undefined where that is nothing. */
  #wanted: { searchId: number; query: string } | undefined;
  /** Another object for each time that the view is open. */
  #opening: object | undefined;

  constructor(ports: HistorySearchPorts) {
    this.#ports = ports;
  }

  /**
   * Until it is closed, what was stored before there was an index is put into it, beside other work; what is looked for
   * then is looked for once more.
   */
  async open(): Promise<void> {
    if (this.#opening) return;
    const opening = {};
    this.#opening = opening;
    let hasAdded = false;
    while (this.#opening === opening && (await this.#ports.history.catchUp())) hasAdded = true;
    if (hasAdded && this.#opening === opening && this.#wanted) await this.start(this.#wanted);
  }

  /** Ends what is looked for, too. */
  close(): void {
    this.#opening = undefined;
    this.#wanted = undefined;
  }

  /** Looks for this and for nothing else any more. Resolves once all is reported, or something else is looked for. */
  async start({ searchId, query }: { searchId: number; query: string }): Promise<void> {
    const terms = searchTerms(query);
    const wanted = terms.length === 0 ? undefined : { searchId, query };
    this.#wanted = wanted;
    const report = (hits: readonly ConversationHit[], isDone: boolean): void =>
      this.#ports.report({ searchId, found: hits.map(hit => withMarks(hit, terms)), isDone });
    if (!wanted) {
      report([], true);
      return;
    }
    let found: readonly ConversationHit[] = [];
    let reported = { count: 0, at: -Infinity };
    try {
      for await (const hits of this.#ports.history.search(query, mostFound)) {
        if (this.#wanted !== wanted) return;
        found = hits;
        const at = this.#ports.clock();
        if (hits.length === reported.count || at - reported.at < reportMs) continue;
        reported = { count: hits.length, at };
        report(hits, false);
      }
    } finally {
      if (this.#wanted === wanted) report(found, true);
    }
  }
}

function withMarks(hit: ConversationHit, terms: readonly string[]): FoundConversation {
  return { ...hit, titleMarks: marksIn(hit.title, terms), snippetMarks: marksIn(hit.snippet ?? '', terms) };
}
