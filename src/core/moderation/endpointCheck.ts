import { messageOf } from '../../shared/messageOf.ts';
import { isLoopback } from '../transport/baseUrl.ts';
import { isTransportError, type Transport } from '../transport/transport.ts';
import type { Look } from './check.ts';
import { readVerdict, shown } from './readVerdict.ts';

/** Bytes of an answer that are read. */
const mostBytes = 100_000;

export interface EndpointCheckPorts {
  transport: () => Promise<Transport>;
  timeLimitMs: number;
}

/** A check behind an address: it is posted the subject and answers with its verdict. No key of anybody's goes along. */
export function endpointCheck(address: string, { transport: open, timeLimitMs }: EndpointCheckPorts): Look {
  return async (subject, signal) => {
    if (!isAddress(address)) return { kind: 'failed', failure: 'badAddress', detail: '' };
    const limit = AbortSignal.timeout(timeLimitMs);
    try {
      const transport = await open();
      const { status, body } = await transport.send({
        method: 'POST',
        url: address,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(subject),
        signal: AbortSignal.any([signal, limit]),
      });
      const answer = await textOf(body);
      // An address that it names instead would get the texts without the user's word.
      if (status !== 200) return { kind: 'failed', failure: 'status', detail: shown(`${status} ${answer}`) };
      return readVerdict(answer);
    } catch (error) {
      signal.throwIfAborted();
      const isLate = limit.aborted || (isTransportError(error) && error.failure === 'timeout');
      return { kind: 'failed', failure: isLate ? 'timeout' : 'unreachable', detail: shown(messageOf(error)) };
    }
  };
}

/** Whether texts may be sent there: over TLS, or within this machine, and with no password that would be shown. */
export function isAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    if (bytes > mostBytes) break;
  }
  return text + decoder.decode();
}
