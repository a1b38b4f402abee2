import { SSEClientTransport, type SSEClientTransportOptions, type Transport } from '@modelcontextprotocol/client';

/** How servers of before 2025 are reached over HTTP: a stream of events beside the requests. */
export function eventsTransport(url: string, options: SSEClientTransportOptions): Transport {
  return new SSEClientTransport(new URL(url), options);
}
