import { createHmac } from 'node:crypto';

/**
 * The demo signs its thinking as the service does, so that an altered block is noticed when it comes back.
 * The key is fixed and public on purpose: a conversation stored yesterday must still be accepted after a restart.
 */
const KEY = 'marginalia demo endpoint';

export function signThinking(thinking: string): string {
  return createHmac('sha512', KEY).update(`thinking\n${thinking}`).digest('base64');
}

export function isSigned(thinking: string, signature: string): boolean {
  return signature === signThinking(thinking);
}

export function redactThinking(thinking: string): string {
  const sealed = Buffer.from(thinking).toString('base64');
  return `${sealed}.${createHmac('sha512', KEY).update(`redacted\n${sealed}`).digest('base64')}`;
}

export function isRedacted(data: string): boolean {
  const sealed = data.slice(0, Math.max(0, data.indexOf('.')));
  return data === redactThinking(Buffer.from(sealed, 'base64').toString());
}
