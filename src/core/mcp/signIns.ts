/** Where sign-ins are kept, by a server's address without its query: the editor's secret storage, and nowhere else. */
export interface SignInMemory {
  /** Undefined where there is none; what is read is checked. */
  read: (address: string) => Promise<unknown>;
  /** Undefined forgets it. */
  write: (address: string, signIn: object | undefined) => Promise<void>;
}

/** What a sign-in belongs to: tokens of one address go to no other, on the same host neither. */
export function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

export interface OwnClient {
  id: string;
  /** Empty where it has none. */
  secret: string;
}

export interface SignInPorts {
  memory: SignInMemory;
  fetch: typeof fetch;
  signal: AbortSignal;
  /** Where the browser comes back to. */
  redirectUrl: string;
  /** What it has to bring back: nobody else knows it. */
  state: string;
  /** Opens the page of the authorization server; false where the user does not want that. */
  open: (url: URL) => Promise<boolean>;
  /** Resolves with what the browser has brought back with the state, also where that was before. */
  comesBack: (signal: AbortSignal) => Promise<URLSearchParams>;
  /** Asked where the authorization server of this origin registers nobody; undefined where the user has none. */
  ownClient: (origin: string) => Promise<OwnClient | undefined>;
}

/**
 * Signs in to the server at this URL, by OAuth 2.1. False where the user has turned back. Rejects where it has failed, with
 * words for people.
 */
export type SignIn = (url: string, ports: SignInPorts) => Promise<boolean>;
