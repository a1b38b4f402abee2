import { useEffect, useMemo } from 'preact/hooks';
import type { Turn } from '../../shared/conversation.ts';
import { useServices } from '../services.ts';
import { Recall } from './recall.ts';

/** Recalls what was sent in this conversation, then in others. The host is asked for those once they may be needed. */
export function useRecall(): { recall: Recall; focused: () => void } {
  const { store, requests } = useServices();
  const conversationId = store.view.value?.conversation.id ?? '';
  const recall = useMemo(
    () =>
      new Recall(() => {
        const own = store.state?.conversation.turns.flatMap(sentText).reverse() ?? [];
        return [...own, ...store.sentElsewhere.value];
      }),
    [conversationId],
  );
  const ask = async (): Promise<void> => {
    if (store.sentElsewhereAsked === conversationId) return;
    store.sentElsewhereAsked = conversationId;
    const sent = await requests.ask({ type: 'recall' }).catch(() => undefined);
    if (sent) store.sentElsewhere.value = sent;
  };
  useEffect(() => {
    if (document.activeElement?.id === 'composer') void ask();
  }, [conversationId]);
  return { recall, focused: () => void ask() };
}

/** What the user has typed for a turn; a command's sentence is none of it. */
function sentText(turn: Turn): string[] {
  if (turn.role !== 'user') return [];
  if (turn.call !== undefined) return [turn.call];
  return turn.intent === 'chat' ? [turn.text] : [];
}
