import * as vscode from 'vscode';
import { sizeOf } from '../core/chat/requestPreview.ts';
import type { MessagesRequest } from '../core/messages/wire.ts';
import type { TokenCount } from '../core/tokens/estimate.ts';
import type { ViewLink } from './viewLink.ts';
import type { ChatSession } from '../core/chat/session.ts';

/** The input tokens of a request, from the endpoint where it can count. */
export type CountRequest = (body: MessagesRequest) => Promise<TokenCount>;

/** Milliseconds over which changes are gathered: building the request of a long conversation is not free. */
const gatherMs = 60;

/** Keeps the view's picture of the request that would go out up to date, for as long as it looks at it. */
export class RequestWatch {
  readonly #link: ViewLink;
  readonly #session: () => ChatSession;
  #isOn = false;
  #timer: NodeJS.Timeout | undefined;

  readonly #count: CountRequest;

  constructor(link: ViewLink, session: () => ChatSession, count: CountRequest) {
    this.#link = link;
    this.#session = session;
    this.#count = count;
  }

  /** Has the endpoint count the tokens of the request; the picture shows that until something changes. */
  async count(): Promise<void> {
    const session = this.#session();
    const { preview, body, rules } = await session.preview(session.unsent.draft);
    const counted = await this.#count(body);
    if (session !== this.#session()) return;
    if (counted.isEstimate) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This endpoint cannot count tokens, so the number is an estimate.'),
      );
    }
    this.#link.requestPreview({ ...preview, size: sizeOf(counted, rules) });
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
    const { preview } = await session.preview(session.unsent.draft);
    if (session === this.#session()) this.#link.requestPreview(preview);
  }
}
