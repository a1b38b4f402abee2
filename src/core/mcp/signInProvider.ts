import {
  isSpecType,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
} from '@modelcontextprotocol/client';
import { isFields } from '../../shared/json.ts';
import { addressOf, type SignInMemory } from './signIns.ts';

/** What is kept of a sign-in. */
export interface StoredSignIn {
  /** That the client was registered with. */
  redirectUrl: string;
  client?: StoredOAuthClientInformation;
  /** The user has typed the client's id: it is good for every redirect that they have registered. */
  isOwnClient?: boolean;
  tokens?: StoredOAuthTokens;
}

/** By the schemas of the SDK. */
const isClient: (value: unknown) => value is StoredOAuthClientInformation = isSpecType.OAuthClientInformation;
const isTokens: (value: unknown) => value is StoredOAuthTokens = isSpecType.OAuthTokens;

/** Reads what was kept; undefined where it is none of ours. */
export function readSignIn(value: unknown): StoredSignIn | undefined {
  if (!isFields(value) || typeof value['redirectUrl'] !== 'string') return undefined;
  const { redirectUrl, client, isOwnClient, tokens } = value;
  return {
    redirectUrl,
    ...(isClient(client) && { client }),
    ...(isOwnClient === true && { isOwnClient }),
    ...(isTokens(tokens) && { tokens }),
  };
}

export interface ProviderPorts {
  memory: SignInMemory;
  redirectUrl: string;
  /** What the browser has to bring back with the code. */
  state: string;
  /** Rejects where nobody is there to see a page. */
  open: (url: URL) => Promise<void>;
}

/** What the SDK keeps of one sign-in, of which the client and its tokens outlive it. */
export class SignInProvider implements OAuthClientProvider {
  readonly redirectUrl: string;
  readonly #address: string;
  readonly #ports: ProviderPorts;
  #verifier = '';
  #discovery: OAuthDiscoveryState | undefined;

  constructor(url: string, ports: ProviderPorts) {
    this.#address = addressOf(url);
    this.#ports = ports;
    this.redirectUrl = ports.redirectUrl;
  }

  get clientMetadata(): OAuthClientMetadata {
    return {
      client_name: 'Marginalia',
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    };
  }

  state(): string {
    return this.#ports.state;
  }

  /** One that was registered for another redirect is not known for this one. */
  async clientInformation(): Promise<StoredOAuthClientInformation | undefined> {
    const { client, isOwnClient = false, redirectUrl } = (await this.#stored()) ?? {};
    return isOwnClient || redirectUrl === this.redirectUrl ? client : undefined;
  }

  async saveClientInformation(client: StoredOAuthClientInformation): Promise<void> {
    const isOwnClient = (await this.#stored())?.isOwnClient === true;
    await this.#change({ client, isOwnClient });
  }

  async saveOwnClient(client: StoredOAuthClientInformation): Promise<void> {
    await this.#change({ client, isOwnClient: true });
  }

  async tokens(): Promise<StoredOAuthTokens | undefined> {
    return (await this.#stored())?.tokens;
  }

  saveTokens(tokens: StoredOAuthTokens): Promise<void> {
    return this.#change({ tokens });
  }

  redirectToAuthorization(url: URL): Promise<void> {
    return this.#ports.open(url);
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  codeVerifier(): string {
    return this.#verifier;
  }

  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.#discovery = state;
  }

  discoveryState(): OAuthDiscoveryState | undefined {
    return this.#discovery;
  }

  async invalidateCredentials(scope: 'all' | 'client' | 'tokens' | 'verifier' | 'discovery'): Promise<void> {
    if (scope === 'discovery') this.#discovery = undefined;
    if (scope === 'tokens') await this.#change({ tokens: undefined });
    if (scope === 'client' || scope === 'all') {
      await this.#change({ client: undefined, isOwnClient: false, tokens: undefined });
    }
  }

  async #stored(): Promise<StoredSignIn | undefined> {
    return readSignIn(await this.#ports.memory.read(this.#address));
  }

  async #change(changed: { [Key in keyof StoredSignIn]?: StoredSignIn[Key] | undefined }): Promise<void> {
    const { memory, redirectUrl } = this.#ports;
    await memory.write(this.#address, { ...(await this.#stored()), redirectUrl, ...changed });
  }
}
