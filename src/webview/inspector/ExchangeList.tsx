import type { ExchangeSummary } from '../../shared/exchange.ts';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/l10n.ts';
import { shortModelName } from '../ui/modelName.ts';
import { durationText, outcomeIcons, outcomeText, purposeText, timeText, tokensText } from './exchangeText.ts';

interface Props {
  /** Newest last. */
  exchanges: ExchangeSummary[];
  selected: string | undefined;
  select: (id: string) => void;
}

/** The newest first. */
export function ExchangeList({ exchanges, selected, select }: Props) {
  return (
    <ul>
      {[...exchanges].reverse().map(exchange => (
        <li key={exchange.id}>
          <button
            type="button"
            class="exchange"
            aria-current={exchange.id === selected}
            onClick={() => select(exchange.id)}
          >
            <Icon
              name={outcomeIcons[exchange.outcome]}
              class={`outcome ${exchange.outcome} ${exchange.outcome === 'running' ? 'codicon-modifier-spin' : ''}`}
            />
            <span class="visually-hidden">{outcomeText(exchange.outcome)}</span>
            <span class="exchange-name">
              {purposeText(exchange.purpose)} · {shortModelName(exchange.model)}
            </span>
            <span class="exchange-facts">{factsOf(exchange).join(' · ')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function factsOf(exchange: ExchangeSummary): string[] {
  return [
    timeText(exchange.startedAt),
    exchange.status === undefined ? '' : String(exchange.status),
    exchange.durationMs === undefined ? '' : durationText(exchange.durationMs),
    tokensText(exchange),
    exchange.retries === 0 ? '' : t('Retries: {0}', exchange.retries),
  ].filter(fact => fact !== '');
}
