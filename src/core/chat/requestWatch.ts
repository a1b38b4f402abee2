import type { RequestPreview } from '../../shared/requestPreview.ts';
import type { MessagesRequest } from '../messages/wire.ts';
import type { TokenCount } from '../tokens/estimate.ts';
import { type NextTurn, nextTurns } from './nextTurns.ts';
import { prepareAnswer } from '../request/prepareAnswer.ts';
import { previewRequest, sizeOf } from '../request/requestPreview.ts';
import { RequestSizes, type SizesView } from './requestSizes.ts';
import type { ChatSession } from './session.ts';

/** The input tokens of a request, from the endpoint where it can count. */
export type CountRequest = (body: MessagesRequest) => Promise<TokenCount>;

export interface RequestWatchPorts {
  view: SizesView & { requestPreview: (conversationId: string, preview: RequestPreview) => void };
  /** The conversation that is shown. */
  session: () => ChatSession;
  count: CountRequest;
  /** See NextTurn. */
  nextTurn: NextTurn;
  /** The endpoint can't count: what stands there is the estimate. */
  cannotCount: () => void;
  /** Something that the request is made of has changed. */
  refreshed: () => void;
}

/** Milliseconds over which changes are gathered: building the request of a long conversation is not free. */
const gatherMs = 60;

/** Keeps the view's picture of the request that would go out up to date, for as long as it looks at it. */
export class RequestWatch {
  /** What the request takes, which the view shows all the time. */
  readonly sizes: RequestSizes;
  readonly #ports: RequestWatchPorts;
  #isOn = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: RequestWatchPorts) {
    this.#ports = ports;
    this.sizes = new RequestSizes(ports.view, ports.session, ports.nextTurn);
  }

  /** Has the endpoint count the tokens of the request; the picture shows that until something changes. */
  async count(): Promise<void> {
    const session = this.#ports.session();
    const { history, sources } = await nextTurns(session, this.#ports.nextTurn);
    const counted = await this.#ports.count(prepareAnswer(history, [], sources).body);
    if (session !== this.#ports.session()) return;
    if (counted.isEstimate) this.#ports.cannotCount();
    else await this.sizes.counted(counted.tokens);
    const preview = previewRequest(history, sources);
    this.#ports.view.requestPreview(session.id, { ...preview, size: sizeOf(counted, sources.rules) });
  }

  set(isOn: boolean): void {
    this.#isOn = isOn;
    if (isOn) void this.#post();
  }

  /** Something that the request is made of has changed. */
  refresh(): void {
    this.sizes.refresh();
    this.#ports.refreshed();
    if (!this.#isOn) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#post(), gatherMs);
  }

  async #post(): Promise<void> {
    const session = this.#ports.session();
    const { history, sources } = await nextTurns(session, this.#ports.nextTurn);
    if (session === this.#ports.session())
      this.#ports.view.requestPreview(session.id, previewRequest(history, sources));
  }
}
