import type { Attachment, CodeAttachment } from '../../shared/attachment.ts';
import type { Outdated } from '../../shared/outdated.ts';
import { stillHolds } from '../context/linesNow.ts';
import { identityOf } from '../context/mergeAttachments.ts';
import type { Following } from './followedEditor.ts';

/** The text of a file; null where the file is gone, undefined where nobody can tell. */
export type FileNow = string | null | undefined;

export interface OutdatedWatchPorts {
  /** The conversation that is shown, once it is read. */
  opened: () => (Following & { readonly id: string }) | undefined;
  read: (uri: string) => Promise<FileNow>;
  view: { readonly connected: boolean; outdated: (conversationId: string, outdated: Outdated[]) => void };
}

/** Milliseconds over which changes are gathered: a file that is being typed in changes with every key. */
const gatherMs = 300;

/** As many files are looked at, those that were attached last. */
const mostFiles = 50;

/** Keeps the view's picture of what is attached and has changed since up to date, for as long as there is a view. */
export class OutdatedWatch {
  readonly #ports: OutdatedWatchPorts;
  #timer: NodeJS.Timeout | undefined;
  #told = '[]';
  /** Of the last look at the files: an earlier one that takes longer counts no more. */
  #look = 0;

  constructor(ports: OutdatedWatchPorts) {
    this.#ports = ports;
  }

  /** A file has changed, or come, or gone. */
  changed(uri: string): void {
    const session = this.#ports.opened();
    if (session && newest(session).some(({ excerpt }) => excerpt.uri === uri)) this.refresh();
  }

  /** Something else may be attached. */
  refresh(): void {
    clearTimeout(this.#timer);
    if (this.#ports.view.connected) this.#timer = setTimeout(() => void this.look(), gatherMs).unref();
  }

  /** A view has come, or shows another conversation: it knows nothing yet. */
  restart(): void {
    this.#told = '[]';
    void this.look();
  }

  /** Looks at the files now, and tells what is found where that is news. */
  async look(): Promise<void> {
    const look = ++this.#look;
    const session = this.#ports.opened();
    if (!session) return;
    const attached = newest(session);
    const uris = [...new Set(attached.map(({ excerpt }) => excerpt.uri))].slice(-mostFiles);
    const texts = new Map<string, FileNow>();
    for (const uri of uris) texts.set(uri, await this.#ports.read(uri));
    const outdated = attached.flatMap(attachment => outdatedBy(attachment, texts.get(attachment.excerpt.uri)));
    const told = JSON.stringify(outdated);
    if (look !== this.#look || told === this.#told) return;
    this.#told = told;
    this.#ports.view.outdated(session.id, outdated);
  }
}

/** What lies beside the message and does not follow the editor, and of what was sent the newest of the same lines. */
function newest({ unsent, branch }: Following): CodeAttachment[] {
  const asked = [...branch.turns, ...unsent.queue.turns].filter(turn => turn.role === 'user');
  const sent = new Map<string, Attachment>();
  for (const attachment of asked.flatMap(turn => turn.attachments ?? [])) {
    // Behind those that were sent before it.
    sent.delete(identityOf(attachment));
    sent.set(identityOf(attachment), attachment);
  }
  return [...sent.values(), ...unsent.attachments].filter(isFrozenCode);
}

function isFrozenCode(attachment: Attachment): attachment is CodeAttachment {
  return attachment.kind === 'code' && attachment.isLive !== true;
}

function outdatedBy(attachment: CodeAttachment, now: FileNow): Outdated[] {
  const { id } = attachment;
  if (now === undefined) return [];
  if (now === null) return [{ id, state: 'gone' }];
  return stillHolds(attachment, now) ? [] : [{ id, state: 'changed' }];
}
