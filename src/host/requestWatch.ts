import type { ViewLink } from './viewLink.ts';
import type { ChatSession } from '../core/chat/session.ts';

/** Milliseconds over which changes are gathered: building the request of a long conversation is not free. */
const gatherMs = 60;

/** Keeps the view's picture of the request that would go out up to date, for as long as it looks at it. */
export class RequestWatch {
  readonly #link: ViewLink;
  readonly #session: () => ChatSession;
  #isOn = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(link: ViewLink, session: () => ChatSession) {
    this.#link = link;
    this.#session = session;
  }

  set(isOn: boolean): void {
    this.#isOn = isOn;
    if (isOn) void this.#post();
  }

  /** Something that the request is made of has changed. */
  refresh(): void {
    if (!this.#isOn) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#post(), gatherMs);
  }

  async #post(): Promise<void> {
    const session = this.#session();
    const { preview } = await session.preview(session.draft);
    if (session === this.#session()) this.#link.requestPreview(preview);
  }
}
