/** How to reach the network. Two equal values need no new connections. */
export interface NetworkSettings {
  /** The proxy's URL, with user and password where it wants them; empty: none; undefined: as the environment says. */
  proxy?: string;
  /** Hosts that are reached directly, as `NO_PROXY` lists them; undefined: as the environment says. */
  noProxy?: string;
  /** A whole `Proxy-Authorization` header. */
  proxyAuthorization?: string;
  /** Whether the proxy's own certificate must be valid. The endpoint's always must. */
  strictProxyCertificate: boolean;
  /** Whether the certificates that the system trusts count besides those that Node ships with. */
  systemCertificates: boolean;
  /** Milliseconds until a connection must stand. */
  connectTimeoutMs: number;
  /** Milliseconds from the sent request to the first header; a relay may choose its upstream before it answers. */
  firstByteTimeoutMs: number;
  /** Milliseconds between two pieces of the body, keep-alive comments included. */
  idleTimeoutMs: number;
  /** Milliseconds for which the rest of a body is read after its answer is over, to keep the connection. */
  longestRestMs: number;
}

export const defaultNetwork: NetworkSettings = {
  strictProxyCertificate: true,
  systemCertificates: true,
  connectTimeoutMs: 30_000,
  firstByteTimeoutMs: 180_000,
  idleTimeoutMs: 120_000,
  longestRestMs: 200,
};
