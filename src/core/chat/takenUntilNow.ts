import type { UsageAmounts } from '../../shared/usageReport.ts';
import { sumOfAnswers } from '../usage/conversationSum.ts';
import type { TokenPrices } from '../usage/cost.ts';
import type { ChatSession } from './session.ts';
import type { ConversationStore } from '../conversation/store.ts';

/** What the conversation has taken until now, on all its branches. Rejects where that can't be read. */
export async function takenUntilNow(
  session: Pick<ChatSession, 'id' | 'saved'>,
  store: Pick<ConversationStore, 'loadTaken'>,
  priceOf: (model: string) => TokenPrices | undefined,
): Promise<UsageAmounts> {
  await session.saved();
  return sumOfAnswers(await store.loadTaken(session.id), priceOf);
}
