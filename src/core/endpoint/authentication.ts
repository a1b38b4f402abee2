import type { KeyHeader } from '../messages/endpoint.ts';
import type { OriginMemory } from './originMemory.ts';

/** How the key goes along: in the protocol's own header, as a bearer token, or as both. */
export const authentications = ['x-api-key', 'bearer', 'both'] as const;
export type Authentication = (typeof authentications)[number];

const headers: Record<Authentication, readonly KeyHeader[]> = {
  'x-api-key': ['x-api-key'],
  bearer: ['authorization'],
  both: ['x-api-key', 'authorization'],
};

/** The part of an Endpoint that says how its key is sent. */
export interface KeySending {
  keyAs: readonly KeyHeader[];
  otherKeyHeader?: KeyHeader;
}

/** How keys go along: as the user has set it, else as an origin has taken it before, else in the protocol's own header. */
export class KeyHeaders {
  readonly #memory: OriginMemory;
  readonly #set: () => Authentication | undefined;
  readonly #trials = new Map<string, Authentication>();

  /** `set`: what the user has chosen for all origins. */
  constructor(memory: OriginMemory, set: () => Authentication | undefined) {
    this.#memory = memory;
    this.#set = set;
  }

  sendingTo(origin: string): KeySending {
    const set = this.#set();
    if (set) return { keyAs: headers[set] };
    const trial = this.#trials.get(origin);
    if (trial) return { keyAs: headers[trial] };
    const [otherKeyHeader] = headers[otherThan(this.#remembered(origin))];
    return { keyAs: headers[this.#remembered(origin)], ...(otherKeyHeader && { otherKeyHeader }) };
  }

  /** Has `ask` ask under the other header, and goes on with that where the answer says that it was taken. */
  async tryOther(origin: string, ask: () => Promise<boolean>): Promise<void> {
    const other = otherThan(this.#remembered(origin));
    this.#trials.set(origin, other);
    try {
      if (await ask()) this.#memory.write(origin, other);
    } finally {
      this.#trials.delete(origin);
    }
  }

  #remembered(origin: string): 'x-api-key' | 'bearer' {
    return this.#memory.read(origin) === 'bearer' ? 'bearer' : 'x-api-key';
  }
}

function otherThan(authentication: 'x-api-key' | 'bearer'): 'x-api-key' | 'bearer' {
  return authentication === 'bearer' ? 'x-api-key' : 'bearer';
}
