import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AssistantTurn } from '../../shared/conversation.ts';
import { type RunFigures, runFigures } from '../../shared/runFigures.ts';
import { durationText } from './figuresText.ts';
import { t } from '../ui/l10n.ts';
import { costText, formatCount } from '../ui/numberText.ts';
import { useServices } from '../services.ts';

/** What the answers and tools since the last message have taken so far, and at their end, together. */
export function RunLine({ turn }: { turn: AssistantTurn }) {
  const { store } = useServices();
  const now = useSignal(Date.now());
  const figures = useComputed(() => runFigures(store.view.value?.conversation.turns ?? [], turn.id)).value;
  const goesOn = figures !== undefined && figures.endedAt === undefined;
  useEffect(() => {
    if (!goesOn) return undefined;
    const timer = setInterval(() => (now.value = Date.now()), 1000);
    return () => clearInterval(timer);
  }, [goesOn]);
  if (!figures) return null;
  const words = [goesOn ? t('So far') : t('In all'), ...wordsOf(figures, now.value)];
  return <p class="run-line">{words.join(' · ')}</p>;
}

function wordsOf(figures: RunFigures, now: number): string[] {
  const { rounds, inputTokens, outputTokens, costUsd, startedAt, endedAt = now } = figures;
  return [
    rounds === 1 ? t('1 round') : t('{0} rounds', formatCount(rounds)),
    ...(inputTokens > 0 ? [t('{0} in', formatCount(inputTokens))] : []),
    ...(outputTokens > 0 ? [t('{0} out', formatCount(outputTokens))] : []),
    ...(costUsd === undefined ? [] : [costText(costUsd)]),
    durationText(Math.max(0, endedAt - startedAt), t),
  ];
}
