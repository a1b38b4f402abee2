import type { Attachment, CodeAttachment } from '../../shared/attachment.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import { identityOf } from '../context/mergeAttachments.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** A conversation, as far as it holds what is attached. */
export interface Following {
  readonly unsent: { attachments: Attachment[]; readonly queue: { readonly turns: readonly UserTurn[] } };
  readonly branch: { readonly turns: readonly TurnRecord[] };
}

export interface FollowedEditorPorts {
  /** The conversation that is shown, once it is read. */
  opened: () => Following | undefined;
  /** What the editor shows, as it would be attached, with ids that do not count; empty where there is nothing. */
  read: () => CodeAttachment[];
  /**
   * Whether it may go along: by the setting alone nothing does that is asked about where it is attached by hand, and
   * where the user has turned it on, what they have let through before.
   */
  mayFollow: (shown: readonly CodeAttachment[], isTurnedOn: boolean) => Promise<boolean>;
  /** Whether it is so without a look at the disk, for the moment of sending. */
  mayGoNow: (shown: readonly CodeAttachment[]) => boolean;
  /** Asks where it has to be asked about. */
  mayTurnOn: (shown: readonly CodeAttachment[]) => Promise<boolean>;
  /** Whether what the editor shows goes along from the start. */
  startsOn: () => boolean;
  newId: () => string;
}

/** `on`: by the user’s word, until it is sent. `held`: it is kept as it was, until it is sent. `off`: taken out. */
type Wish = 'on' | 'held' | 'off';

/**
 * What the editor shows, as it lies beside the message and changes with the editor until it is sent. Then it goes along
 * again by the setting alone only where it is not what was sent.
 */
export class FollowedEditor {
  readonly #ports: FollowedEditorPorts;
  readonly #wishes = new WeakMap<Following, Wish>();
  #isPlacing = false;
  /** Of the last look at the editor: an earlier one that takes longer counts no more. */
  #look = 0;

  constructor(ports: FollowedEditorPorts) {
    this.#ports = ports;
  }

  /** The editor shows something else, or another conversation is shown. */
  async refresh(): Promise<void> {
    const session = this.#ports.opened();
    if (!session || !this.#isOn(session)) return;
    const look = ++this.#look;
    const shown = this.#ports.read();
    const live = liveOf(session);
    // Where it shows nothing, the last file is still what is meant.
    if (shown.length === 0 || isSame(live, shown)) return;
    const isTurnedOn = this.#wishes.get(session) === 'on';
    const goes = (isTurnedOn || !wasSent(session, shown)) && (await this.#ports.mayFollow(shown, isTurnedOn));
    if (look === this.#look && this.#isOn(session)) this.#place(session, goes ? shown : []);
  }

  /** The user wants what the editor shows; `instead` is taken out for it. */
  async turnOn(instead: readonly string[] = []): Promise<void> {
    const session = this.#ports.opened();
    const shown = this.#ports.read();
    if (!session || shown.length === 0 || !(await this.#ports.mayTurnOn(shown))) return;
    this.#look++;
    this.#wishes.set(session, 'on');
    this.#place(session, shown, instead);
  }

  /** Turns it on, or takes it out. */
  async toggle(): Promise<void> {
    const session = this.#ports.opened();
    if (!session || liveOf(session).length === 0) return this.turnOn();
    this.#wishes.set(session, 'off');
    this.#place(session, []);
  }

  /** What lies beside the message stays what it is now. */
  hold(): void {
    const session = this.#ports.opened();
    if (!session || liveOf(session).length === 0) return;
    this.#wishes.set(session, 'held');
    this.#set(session, session.unsent.attachments.map(frozen));
  }

  /** The user takes these out. */
  removed(ids: readonly string[]): void {
    const session = this.#ports.opened();
    if (!session) return;
    const isLive = liveOf(session).some(({ id }) => ids.includes(id));
    if (isLive || this.#wishes.get(session) === 'held') this.#wishes.set(session, 'off');
  }

  /** The message is about to go out: what it takes along is what the file holds now. */
  freshen(): void {
    const session = this.#ports.opened();
    const live = session ? liveOf(session) : [];
    const shown = this.#ports.read();
    const isSameFile = live[0] !== undefined && live[0].excerpt.uri === shown[0]?.excerpt.uri;
    // Another file would go along unseen.
    if (session && isSameFile && !isSame(live, shown) && this.#ports.mayGoNow(shown)) this.#place(session, shown);
  }

  /** What lies beside the message has changed. */
  attachmentsChanged(): void {
    const session = this.#ports.opened();
    if (!session || this.#isPlacing) return;
    // It was sent.
    if (session.unsent.attachments.length === 0 && this.#wishes.get(session) !== 'off') this.#wishes.delete(session);
    if (this.#isOn(session)) void this.refresh();
  }

  #isOn(session: Following): boolean {
    const wish = this.#wishes.get(session);
    if (wish !== undefined) return wish === 'on';
    return this.#ports.startsOn() || liveOf(session).length > 0;
  }

  /** Puts it where the last one lay; what is there already, as it was, is not there twice. */
  #place(session: Following, shown: readonly CodeAttachment[], instead: readonly string[] = []): void {
    const { attachments } = session.unsent;
    const live = liveOf(session);
    const others = attachments.filter(attachment => !isLive(attachment) && !instead.includes(attachment.id));
    const known = new Map(others.map(attachment => [identityOf(attachment), attachment]));
    const placed = shown
      .filter(attachment => !isWord(known.get(identityOf(attachment)), attachment))
      .map((attachment, index) => ({
        ...attachment,
        id: live[index]?.id ?? this.#ports.newId(),
        isLive: true as const,
      }));
    if (placed.length + live.length + instead.length === 0) return;
    const first = attachments.findIndex(attachment => isLive(attachment) || instead.includes(attachment.id));
    const before = first === -1 ? others.length : first;
    this.#set(session, [...others.slice(0, before), ...placed, ...others.slice(before)]);
  }

  #set(session: Following, attachments: Attachment[]): void {
    this.#isPlacing = true;
    try {
      session.unsent.attachments = attachments;
    } finally {
      this.#isPlacing = false;
    }
  }
}

/** As it goes out, and stays. */
export function frozen(attachment: Attachment): Attachment {
  if (!isLive(attachment)) return attachment;
  const copy = { ...attachment };
  delete copy.isLive;
  return copy;
}

function isLive(attachment: Attachment): attachment is CodeAttachment {
  return attachment.kind === 'code' && attachment.isLive === true;
}

function liveOf({ unsent }: Following): CodeAttachment[] {
  return unsent.attachments.filter(isLive);
}

function isSame(one: readonly CodeAttachment[], other: readonly CodeAttachment[]): boolean {
  return (
    one.length === other.length &&
    one.every((attachment, index) => {
      const others = other[index];
      return others !== undefined && identityOf(attachment) === identityOf(others) && isWord(attachment, others);
    })
  );
}

/** Whether both hold the same code. */
function isWord(one: Attachment | undefined, other: CodeAttachment): boolean {
  return one?.kind === 'code' && one.subject === other.subject && one.excerpt.code === other.excerpt.code;
}

/** Whether each of them is in the conversation, as it is now, where it was sent last. */
function wasSent({ unsent, branch }: Following, shown: readonly CodeAttachment[]): boolean {
  const asked = [...branch.turns, ...unsent.queue.turns].filter(turn => turn.role === 'user');
  const sent = asked.flatMap(turn => turn.attachments ?? []);
  return shown.every(attachment => {
    const identity = identityOf(attachment);
    return isWord(
      sent.findLast(each => identityOf(each) === identity),
      attachment,
    );
  });
}
