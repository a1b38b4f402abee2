import { type ClearanceAsk, type ClearanceChoice, type FoundKind, personalKinds } from '../../shared/clearance.ts';
import type { Restoring } from '../messages/restoring.ts';
import type { MessagesRequest } from '../messages/wire.ts';
import { type Decision, type DecisionMemory, hashOf, standing } from './decisions.ts';
import type { Found, Wanted } from './found.ts';
import { type LocatedSecret, locate, type SearchedText, shownSecret } from './located.ts';
import { Placeholders } from './placeholders.ts';
import { replaceSecrets } from './replaceSecrets.ts';
import { mapTexts, type TextPlace } from './requestTexts.ts';

/** Whether the user is asked, placeholders go out unasked, or nothing is looked for. */
export const filterModes = ['ask', 'placeholders', 'off'] as const;
export type FilterMode = (typeof filterModes)[number];

export interface FilterModes {
  secrets: FilterMode;
  personal: FilterMode;
}

export type Find = (text: string, wanted: Wanted) => Promise<readonly Found[]>;

export interface FilterPorts {
  find: Find;
  /** Asked anew for every request. */
  modes: () => FilterModes;
}

/** The conversation whose requests are looked at. */
export interface ClearedConversation {
  id: string;
  /** Where what is decided in it is kept. */
  memory: DecisionMemory;
}

/** A request that may go out, or the user's word that it does not. */
export type Cleared =
  | {
      kind: 'goes';
      /** Makes the request what it is sent as; also other forms of the same one. */
      sent: (request: MessagesRequest) => MessagesRequest;
      /** What it has placeholders for is put back in its answer. Absent where there is none. */
      restoring?: Restoring;
      /** Secrets that are sent as placeholders. */
      replaced: number;
    }
  | { kind: 'held' };

/** Secrets that are listed. */
const mostListed = 50;

/**
 * Looks at the requests of one conversation before they go out, and asks the user about the secrets in them. What was
 * decided of one holds for the conversation, also after the window was closed, until the user takes it back. No secret is
 * stored for that.
 */
export class Clearance {
  readonly #ports: FilterPorts;
  readonly #asked: (ask: ClearanceAsk | undefined) => void;
  readonly #placeholders = new Placeholders();
  readonly #conversation: ClearedConversation | undefined;
  readonly #decisions = new Map<string, Decision>();
  /** What the user wants for whatever else is found. */
  #standing: Decision | undefined;
  /** As it was stored when that was last looked at. */
  #takenBack: string | undefined;
  #open: { ask: ClearanceAsk; decide: (choice: ClearanceChoice, isStanding: boolean) => void } | undefined;

  /**
   * `asked` hears what the user is asked, and that nothing is asked any more. Without a conversation, what is decided is kept
   * here alone.
   */
  constructor(ports: FilterPorts, asked: (ask: ClearanceAsk | undefined) => void, conversation?: ClearedConversation) {
    this.#ports = ports;
    this.#asked = asked;
    this.#conversation = conversation;
  }

  /** What waits for the user's word. */
  get ask(): ClearanceAsk | undefined {
    return this.#open?.ask;
  }

  /** The user's word on what is asked. `isStanding`: also on what will be found in this conversation. */
  decide(choice: ClearanceChoice, isStanding: boolean): void {
    this.#open?.decide(choice, isStanding);
  }

  /** Takes back all that the user has decided: what is found next is asked about anew. */
  forget(): void {
    this.#forgetHere();
    this.#conversation?.memory.forget();
  }

  #forgetHere(): void {
    this.#decisions.clear();
    this.#standing = undefined;
  }

  /** Resolves once it is clear how the request goes out; held, where the signal says so first. Rejects where the search fails. */
  async clear(request: MessagesRequest, signal: AbortSignal): Promise<Cleared> {
    const modes = this.#ports.modes();
    const wanted: Wanted = { secrets: modes.secrets !== 'off', personal: modes.personal !== 'off' };
    if (!wanted.secrets && !wanted.personal) return { kind: 'goes', sent: same => same, replaced: 0 };
    const searched = await searchRequest(request, text => this.#ports.find(text, wanted));
    if (signal.aborted) return { kind: 'held' };
    const located = locate(searched);
    await this.#recall(located);
    const modeOf = (kind: FoundKind): FilterMode => (personalKinds.has(kind) ? modes.personal : modes.secrets);
    const open = located.filter(({ secret, kind }) => modeOf(kind) === 'ask' && !this.#decisions.has(secret));
    if (open.length > 0 && !(await this.#decided(open, signal))) return { kind: 'held' };
    const replaced = located.filter(
      ({ secret, kind }) => modeOf(kind) === 'placeholders' || this.#decisions.get(secret) === 'placeholders',
    );
    return this.#goes(searched, replaced);
  }

  /**
   * What came back, for somebody else than the endpoint: with placeholders for what had some on the way out, and for all that
   * is found. Asks nobody.
   */
  async masked(answer: MessagesRequest): Promise<MessagesRequest> {
    return withoutSecrets(replacing([], this.#sent)(answer), this.#ports);
  }

  /** By secret, the placeholders in what goes out: one that the user lets out by now may have had one before. */
  get #sent(): Map<string, string> {
    return new Map([...this.#placeholders.entries].filter(([secret]) => this.#decisions.get(secret) !== 'asIs'));
  }

  /** Whether the request goes out. */
  async #decided(open: readonly LocatedSecret[], signal: AbortSignal): Promise<boolean> {
    const choice = this.#standing ?? (await this.#askFor(open, signal));
    if (choice === 'cancel') return false;
    for (const { secret } of open) this.#decisions.set(secret, choice);
    await this.#keep(open, choice);
    return true;
  }

  /** Takes up what was decided before the window was opened, or in another one since, and that it was taken back there. */
  async #recall(located: readonly LocatedSecret[]): Promise<void> {
    if (!this.#conversation || located.length === 0) return;
    const { id, memory } = this.#conversation;
    const kept = await memory.read();
    if (!kept) return;
    const { decisions, takenBack } = kept;
    if (takenBack !== this.#takenBack) this.#forgetHere();
    this.#takenBack = takenBack;
    this.#standing ??= decisions[standing];
    for (const { secret } of located) {
      const decision = this.#decisions.has(secret) ? undefined : decisions[await hashOf(id, secret)];
      if (decision) this.#decisions.set(secret, decision);
    }
  }

  async #keep(decided: readonly LocatedSecret[], choice: Decision): Promise<void> {
    if (!this.#conversation) return;
    const { id, memory } = this.#conversation;
    const hashes = await Promise.all(decided.map(({ secret }) => hashOf(id, secret)));
    const added = Object.fromEntries(hashes.map((hash): [string, Decision] => [hash, choice]));
    memory.add({ ...added, ...(this.#standing && { [standing]: this.#standing }) });
  }

  async #askFor(open: readonly LocatedSecret[], signal: AbortSignal): Promise<ClearanceChoice> {
    const decided = Promise.withResolvers<ClearanceChoice>();
    const stop = (): void => decided.resolve('cancel');
    signal.addEventListener('abort', stop, { once: true });
    const listed = open.slice(0, mostListed);
    this.#open = {
      ask: { found: listed.map(shownSecret), more: open.length - listed.length },
      decide: (choice, isStanding) => {
        if (isStanding && choice !== 'cancel') this.#standing = choice;
        decided.resolve(choice);
      },
    };
    this.#asked(this.#open.ask);
    try {
      return await decided.promise;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#open = undefined;
      this.#asked(undefined);
    }
  }

  #goes(searched: readonly SearchedText[], replaced: readonly LocatedSecret[]): Cleared {
    const isTaken = (placeholder: string): boolean => searched.some(({ text }) => text.includes(placeholder));
    const all = this.#placeholders;
    for (const { secret, kind } of replaced) all.of(secret, kind, isTaken);
    if (all.isEmpty) return { kind: 'goes', sent: same => same, replaced: 0 };
    return { kind: 'goes', sent: replacing(searched, this.#sent), restoring: all, replaced: replaced.length };
  }
}

/** The request with a placeholder for all that is found in it, for what goes out unasked. */
export async function withoutSecrets(request: MessagesRequest, { find, modes }: FilterPorts): Promise<MessagesRequest> {
  const { secrets, personal } = modes();
  const wanted: Wanted = { secrets: secrets !== 'off', personal: personal !== 'off' };
  if (!wanted.secrets && !wanted.personal) return request;
  const searched = await searchRequest(request, text => find(text, wanted));
  const placeholders = new Placeholders();
  for (const { secret, kind } of locate(searched)) placeholders.of(secret, kind, () => false);
  return replacing(searched, new Map(placeholders.entries))(request);
}

async function searchRequest(
  request: MessagesRequest,
  find: (text: string) => Promise<readonly Found[]>,
): Promise<SearchedText[]> {
  const texts: { text: string; place: TextPlace }[] = [];
  const collect = (text: string, place: TextPlace): string => {
    texts.push({ text, place });
    return text;
  };
  mapTexts(request, collect, collect);
  const searched: SearchedText[] = [];
  for (const { text, place } of texts) searched.push({ text, place, found: await find(text) });
  return searched;
}

/** Longer secrets first: one may hold another. */
function replacing(
  searched: readonly SearchedText[],
  placeholders: ReadonlyMap<string, string>,
): (request: MessagesRequest) => MessagesRequest {
  const found = new Map(searched.map(one => [one.text, one.found]));
  const ordered = new Map([...placeholders].sort(([a], [b]) => b.length - a.length));
  const replaced = (text: string): string => replaceSecrets(text, found.get(text) ?? [], ordered);
  return request => mapTexts(request, replaced, replaced);
}
