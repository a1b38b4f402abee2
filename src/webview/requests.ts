import type { ReplyMessage, ReplyTo, ViewRequest } from '../shared/protocol/requests.ts';
import type { ViewMessage } from '../shared/protocol/viewMessage.ts';

/** Asks the host. Rejects where it can't answer, and when the view begins anew. */
export type Ask = <Request extends ViewRequest>(request: Request) => Promise<ReplyTo<Request>>;

interface Pending {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/** What the view asks the host, until it is answered. */
export class Requests {
  readonly #post: (message: ViewMessage) => void;
  readonly #pending = new Map<number, Pending>();
  #lastId: number;

  /** `firstId` is another one for each page: what the page before has asked is no question of this one. */
  constructor(post: (message: ViewMessage) => void, firstId = Math.floor(Math.random() * 2 ** 48)) {
    this.#post = post;
    this.#lastId = firstId;
  }

  readonly ask: Ask = request =>
    new Promise((resolve, reject) => {
      const id = this.#lastId++;
      this.#pending.set(id, { resolve, reject });
      this.#post({ type: 'request', id, request });
    });

  receive(message: ReplyMessage): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    // The host answers each with what belongs to it.
    if (message.type === 'reply') pending?.resolve(message.value as never);
    else pending?.reject(new Error(message.problem));
  }

  /** The view begins anew: nobody waits for what was asked before. */
  drop(): void {
    const dropped = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of dropped) reject(new Error('The view has begun anew.'));
  }
}

/** Asks one question at a time: a later one makes an earlier one moot, which is then answered with undefined. */
export function askLatest<Request extends ViewRequest>(
  ask: Ask,
): (request: Request) => Promise<ReplyTo<Request> | undefined> {
  let overtake = (): void => undefined;
  return request => {
    overtake();
    const overtaken = Promise.withResolvers<undefined>();
    overtake = () => overtaken.resolve(undefined);
    return Promise.race([ask(request), overtaken.promise]);
  };
}
