import * as vscode from 'vscode';
import { prepareAnswer } from '../core/chat/prepareAnswer.ts';
import { previewRequest, sizeOf } from '../core/chat/requestPreview.ts';
import type { MessagesRequest } from '../core/messages/wire.ts';
import type { TokenCount } from '../core/tokens/estimate.ts';
import type { ChatSession } from '../core/chat/session.ts';
import { type NextTurn, nextTurns } from './nextTurns.ts';
import { RequestSizes } from './requestSizes.ts';
import { showInformation } from './show.ts';
import type { ViewLink } from './viewLink.ts';

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
  readonly #nextTurn: NextTurn;
  /** What the request takes, which the view shows all the time. */
  readonly sizes: RequestSizes;

  constructor(link: ViewLink, session: () => ChatSession, count: CountRequest, nextTurn: NextTurn) {
    this.#link = link;
    this.#session = session;
    this.#count = count;
    this.#nextTurn = nextTurn;
    this.sizes = new RequestSizes(link, session, nextTurn);
  }

  /** Has the endpoint count the tokens of the request; the picture shows that until something changes. */
  async count(): Promise<void> {
    const session = this.#session();
    const { history, sources } = await nextTurns(session, this.#nextTurn);
    const counted = await this.#count(prepareAnswer(history, [], sources).body);
    if (session !== this.#session()) return;
    if (counted.isEstimate) {
      void showInformation(vscode.l10n.t('This endpoint cannot count tokens, so the number is an estimate.'));
    } else await this.sizes.counted(counted.tokens);
    const preview = previewRequest(history, sources);
    this.#link.requestPreview({ ...preview, size: sizeOf(counted, sources.rules) });
  }

  set(isOn: boolean): void {
    this.#isOn = isOn;
    if (isOn) void this.#post();
  }

  /** Something that the request is made of has changed. */
  refresh(): void {
    this.sizes.refresh();
    if (!this.#isOn) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#post(), gatherMs);
  }

  async #post(): Promise<void> {
    const session = this.#session();
    const { history, sources } = await nextTurns(session, this.#nextTurn);
    if (session === this.#session()) this.#link.requestPreview(previewRequest(history, sources));
  }
}
