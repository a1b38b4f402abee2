import { useEffect, useMemo } from 'preact/hooks';
import { isRunning } from '../../shared/conversation.ts';
import type { SumRequest } from '../../shared/protocol/nextRequest.ts';
import { t } from '../ui/l10n.ts';
import { askLatest } from '../requests.ts';
import { useServices } from '../services.ts';
import { exactCostText, formatCount } from '../ui/numberText.ts';
import { NameValues } from '../ui/NameValues.tsx';

/** What the conversation has taken until now, in all its branches; kept up to date while it is looked at. */
export function ConversationSum() {
  const services = useServices();
  const { store, post } = services;
  const askSum = useMemo(() => askLatest<SumRequest>(services.requests.ask), []);
  const conversation = store.view.value?.conversation;
  const running = conversation?.turns.some(isRunning) ?? false;
  useEffect(() => {
    const show = async (conversationId: string): Promise<void> => {
      const sum = await askSum({ type: 'sumConversation' }).catch(() => undefined);
      if (sum) store.sum.value = { conversationId, sum };
    };
    if (conversation) void show(conversation.id);
  }, [conversation?.id, running]);
  const told = store.sum.value;
  if (!told || told.conversationId !== conversation?.id || told.sum.requests === 0) return null;
  const { requests, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, costUsd, unpricedRequests } =
    told.sum;
  const rows: [name: string, value: string][] = [
    [t('Requests'), formatCount(requests)],
    [t('Tokens sent'), formatCount(inputTokens + cacheReadTokens + cacheWriteTokens)],
    ...(cacheReadTokens > 0 ? [[t('of these from the cache'), formatCount(cacheReadTokens)] as [string, string]] : []),
    [t('Tokens received'), formatCount(outputTokens)],
    [t('Cost'), unpricedRequests === requests ? t('no price is known') : t('about {0}', exactCostText(costUsd))],
  ];
  return (
    <section class="conversation-sum" aria-label={t('This Conversation')}>
      <h3>{t('This Conversation')}</h3>
      <NameValues rows={rows} />
      {unpricedRequests > 0 && unpricedRequests < requests && (
        <p class="size-price">{t('{0} without a known price', formatCount(unpricedRequests))}</p>
      )}
      <button
        type="button"
        class="text-link"
        onClick={() => post({ type: 'command', command: 'marginalia.showUsage' })}
      >
        {t('Show Usage')}
      </button>
    </section>
  );
}
