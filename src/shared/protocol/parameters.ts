import type { ParameterName } from '../parameters.ts';
import { parameterNames } from '../requestFields.ts';
import { anything, type MessageReaders, oneOf, text } from './readers.ts';

export type ParameterMessage =
  /** An undefined `value` leaves it to the settings. */
  | { type: 'setParameter'; name: ParameterName; value?: unknown }
  /** The text is no value of the parameter yet. */
  | { type: 'typeParameter'; name: ParameterName; text: string }
  /** Send a field again that was left out since the endpoint has refused it. */
  | { type: 'sendRefusedAgain'; field: string };

export const parameterReaders: MessageReaders<ParameterMessage> = {
  setParameter: { name: oneOf(parameterNames), value: anything },
  typeParameter: { name: oneOf(parameterNames), text },
  sendRefusedAgain: { field: text },
};

/** A command asked for the parameters. */
export interface ParameterHostMessage {
  type: 'showParameters';
}
