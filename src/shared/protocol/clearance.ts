import { type ClearanceChoice, clearanceChoices } from '../clearance.ts';
import { flag, type MessageReaders, oneOf } from './readers.ts';

/** The user's word on what was found in the request that waits. `isStanding`: also on what will be found later. */
export interface ClearanceMessage {
  type: 'decideClearance';
  choice: ClearanceChoice;
  isStanding: boolean;
}

export const clearanceReaders: MessageReaders<ClearanceMessage> = {
  decideClearance: { choice: oneOf(clearanceChoices), isStanding: flag },
};
