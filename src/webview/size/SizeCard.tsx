import { useLayoutEffect, useRef } from 'preact/hooks';
import type { NextSize } from '../../shared/nextSize.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { exactCostText, formatCount, priceText } from '../ui/numberText.ts';
import { shareText } from './sizeText.ts';
import { Button } from '../ui/Button.tsx';
import { ConversationSum } from './ConversationSum.tsx';
import { fullness, Meter } from './SizeMeter.tsx';

interface Props {
  size: NextSize;
  close: () => void;
}

/** What the next request consists of, and what it may cost. */
export function SizeCard({ size, close }: Props) {
  const { store, post } = useServices();
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => card.current?.focus(), []);
  const count = (): void => {
    post({ type: 'countRequest' });
    // The button goes once it is counted, and the focus would go with it.
    card.current?.focus();
  };
  const makeRoom = (): void => {
    store.showsRoom.value = true;
    close();
  };
  return (
    <div
      class={`size-card ${fullness(size)}`}
      role="dialog"
      aria-label={t('The Next Request')}
      tabindex={-1}
      ref={card}
    >
      <h3>{t('The Next Request')}</h3>
      <Meter size={size} />
      <p class="size-total">{totalText(size)}</p>
      <dl>
        {rowsOf(size).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {size.inputPrice !== undefined && size.outputPrice !== undefined && (
        <p class="size-price">{priceLine(size.inputPrice, size.outputPrice, size.isOwnPrice === true)}</p>
      )}
      <ConversationSum />
      <div class="button-row">
        {size.isEstimate && (
          <Button isSecondary onClick={count}>
            {t('Count')}
          </Button>
        )}
        {size.history > 0 && (
          <Button isSecondary onClick={makeRoom}>
            {t('Make Room…')}
          </Button>
        )}
      </div>
    </div>
  );
}

function totalText(size: NextSize): string {
  const { tokens, contextWindow, isEstimate } = size;
  const share = shareText(size);
  const total =
    contextWindow === undefined || share === undefined
      ? t('{0} tokens', formatCount(tokens))
      : t('{0} of {1} tokens ({2})', formatCount(tokens), formatCount(contextWindow), share);
  return isEstimate ? t('{0}, an estimate', total) : t('{0}, counted by the endpoint', total);
}

function rowsOf(size: NextSize): [name: string, value: string][] {
  const { inputCostUsd, outputPrice, maxTokens, contextWindow } = size;
  const left = contextWindow === undefined ? undefined : Math.max(0, contextWindow - size.tokens);
  const mostUsd =
    inputCostUsd === undefined || outputPrice === undefined
      ? undefined
      : inputCostUsd + (maxTokens * outputPrice) / 1_000_000;
  const counts: [name: string, count: number | undefined][] = [
    [t('System prompt'), size.system],
    [t('Tools'), size.tools],
    [t('Conversation'), size.history],
    [t('Attachments and code'), size.attachments],
    [t('This message'), size.message],
    [t('Expected from the cache'), size.cached],
    [t('Answer, at most'), maxTokens],
    [t('Left in the context window'), left],
  ];
  const costs: [name: string, usd: number | undefined][] = [
    [t('Input'), inputCostUsd],
    [t('With the longest answer'), mostUsd],
  ];
  return [
    ...counts.flatMap(([name, count]): [string, string][] => (count ? [[name, formatCount(count)]] : [])),
    ...costs.flatMap(([name, usd]): [string, string][] =>
      usd === undefined ? [] : [[name, t('about {0}', exactCostText(usd))]],
    ),
  ];
}

function priceLine(input: number, output: number, isOwn: boolean): string {
  const amounts = [priceText(input), priceText(output)] as const;
  return isOwn
    ? t('{0} in, {1} out per million tokens (your price)', ...amounts)
    : t('{0} in, {1} out per million tokens (list price)', ...amounts);
}
