import { useLayoutEffect } from 'preact/hooks';
import { newerDraft } from '../memory.ts';
import { useServices } from '../services.ts';

/**
 * Shows the draft of the conversation when another one is opened, and of the first one when the view starts. `shown`
 * hears what is there now.
 */
export function useDraft(input: { readonly current: HTMLTextAreaElement | null }, shown: (text: string) => void): void {
  const { store, draft, recall } = useServices();
  const conversationId = store.view.value?.conversation.id ?? '';
  useLayoutEffect(() => {
    if (draft.conversationId !== conversationId) {
      const hostDraft = store.state?.draft ?? '';
      draft.open(conversationId, newerDraft(recall(conversationId), conversationId, hostDraft), hostDraft);
    }
    if (input.current) input.current.value = draft.text;
    shown(draft.text);
  }, [conversationId]);
}
