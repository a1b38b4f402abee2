import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AnswerState } from '../../shared/conversation.ts';
import { FindingCounter } from './findingCounter.ts';
import { FrameFlush } from '../ui/frames.ts';
import { t } from '../ui/l10n.ts';
import { nextFrame } from '../ui/nextFrame.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';

interface Props {
  turnId: string;
  index: number;
  phase: AnswerState['phase'];
}

/** How far a review's findings have arrived. They are shown when all are there and their places are found. */
export function FindingsProgress({ turnId, index, phase }: Props) {
  const { store } = useServices();
  const count = useSignal(0);
  useEffect(() => {
    const counter = new FindingCounter();
    const update = (): void => {
      count.value = counter.update(store.textOf(turnId, index));
    };
    const frames = new FrameFlush(update, nextFrame);
    update();
    const stop = store.onText(turnId, index, () => frames.schedule());
    return () => {
      stop();
      frames.dispose();
    };
  }, [turnId, index]);
  if (phase === 'stopped' || phase === 'truncated') {
    return <p class="progress">{t('The list of findings did not arrive completely.')}</p>;
  }
  // The notice below says why there is no list.
  if (phase === 'failed') return null;
  return (
    <p class="progress">
      <Icon name="loading" class="codicon-modifier-spin" />
      {phase === 'complete' ? t('Finding their places…') : progressText(count.value)}
    </p>
  );
}

function progressText(count: number): string {
  return count === 0 ? t('Collecting findings…') : t('Collecting findings… ({0} so far)', count);
}
