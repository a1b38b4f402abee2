import { isFromHost } from './hostMessages.ts';

/** A script that keeps what the host posts until the view's script, which loads behind it, takes it over. */
export const keepMessages = `{
  const kept = [];
  const isFromHost = ${isFromHost.toString()};
  const keep = event => isFromHost(event, origin) && kept.push(event.data);
  addEventListener('message', keep);
  globalThis.takeEarlyMessages = () => {
    removeEventListener('message', keep);
    return kept;
  };
}`;

/** What the host has posted so far. From now on the caller listens. */
export function takeEarlyMessages(): unknown[] {
  return (globalThis as { takeEarlyMessages?: () => unknown[] }).takeEarlyMessages?.() ?? [];
}
