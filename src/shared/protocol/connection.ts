import { type KeyPlace, keyPlaces } from '../keyPlaces.ts';
import { type MessageReaders, oneOf } from './readers.ts';

/** Everything about the connection that the view shows. Never the key itself. */
export interface ConnectionStatus {
  /** The origin that requests go to, such as `https://api.apimart.ai`; empty where the base URL is unusable. */
  origin: string;
  model: string;
  /** Where the key comes from. */
  key: 'stored' | 'environment' | 'missing';
  /** Why the base URL is refused; absent where it is fine. */
  baseUrlProblem?: string;
  /** Where a key may be from, while there is none. */
  addresses?: { anthropic: string; relay: string };
}

/** Asks for the key of an address: one of those that are known, or one that the user types. */
export interface ConnectionMessage {
  type: 'setUpKey';
  from: KeyPlace;
}

export const connectionReaders: MessageReaders<ConnectionMessage> = {
  setUpKey: { from: oneOf(keyPlaces) },
};
