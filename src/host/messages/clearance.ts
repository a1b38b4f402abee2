import type { ClearanceMessage } from '../../shared/protocol/clearance.ts';
import { type Handlers, onShown } from './handlers.ts';

export const clearanceHandlers: Handlers<ClearanceMessage> = {
  decideClearance: onShown(({ session }, { choice, isStanding }) => session.clearance?.decide(choice, isStanding)),
};
