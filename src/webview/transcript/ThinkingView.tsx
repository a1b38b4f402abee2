import { useSignal } from '@preact/signals';
import { useContext, useEffect, useLayoutEffect } from 'preact/hooks';
import type { AnswerBlock } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { thinkingSeconds, thoughtTitle } from './thinkingText.ts';
import { FollowContext } from './followContext.ts';
import { BlockMarkdown } from './BlockMarkdown.tsx';
import { HiddenThinking } from './HiddenThinking.tsx';
import { Icon } from '../ui/Icon.tsx';

interface Props {
  turnId: string;
  index: number;
  block: AnswerBlock & { type: 'thinking' | 'redactedThinking' };
  isGrowing: boolean;
}

/** What the model thought before it answered: how long, and behind a click or by the user's setting, what. */
export function ThinkingView({ turnId, index, block, isGrowing }: Props) {
  const { store } = useServices();
  if (block.type === 'redactedThinking') {
    return (
      <p class="progress">
        <Icon name="lock" />
        {t('The model thought here too. The service has encrypted this part and shows it to nobody.')}
      </p>
    );
  }
  // The block of a turn that has not rendered again is older than the text that has arrived.
  const isEmpty = block.text === '' && store.textOf(turnId, index) === '';
  if (isEmpty && !isGrowing) return <HiddenThinking turnId={turnId} durationMs={block.durationMs} />;
  return <ThinkingText turnId={turnId} index={index} block={block} isGrowing={isGrowing} />;
}

function ThinkingText({ turnId, index, block, isGrowing }: Props & { block: { type: 'thinking' } }) {
  const { durationMs } = block;
  const { disclosures } = useServices();
  const byHand = disclosures.of(turnId, `thinking ${index}`);
  const isOpenBySetting = useOpenBySetting(turnId, index, isGrowing);
  const isOpen = byHand.value ?? isOpenBySetting;
  return (
    <div class="thinking">
      <button
        type="button"
        class="disclosure"
        aria-expanded={isOpen}
        data-grows={isGrowing || undefined}
        onClick={() => (byHand.value = !isOpen)}
      >
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
        {isGrowing ? <Running durationMs={durationMs ?? 0} /> : <span>{thoughtTitle(durationMs)}</span>}
      </button>
      {isOpen && <BlockMarkdown turnId={turnId} index={index} block={block} isGrowing={isGrowing} />}
    </div>
  );
}

/** Seconds that pass are for the eye: a screen reader would say the name of the button again with each of them. */
function Running({ durationMs }: { durationMs: number }) {
  const seconds = useSecondsFrom(durationMs);
  return (
    <>
      <span class="shimmer">{t('Thinking…')}</span>
      <span class="thinking-seconds" aria-hidden="true">
        {seconds > 0 ? thinkingSeconds(seconds) : ''}
      </span>
    </>
  );
}

/** Counted on this machine's clock from what the host has told: the two clocks may differ by hours. */
function useSecondsFrom(durationMs: number): number {
  const seconds = useSignal(Math.floor(durationMs / 1000));
  useEffect(() => {
    const startedAt = performance.now() - durationMs;
    const timer = setInterval(() => (seconds.value = Math.floor((performance.now() - startedAt) / 1000)), 250);
    return () => clearInterval(timer);
  }, [durationMs]);
  return seconds.value;
}

/** While it streams, or always. What a reader has scrolled up in does not close under their eyes when it ends. */
function useOpenBySetting(turnId: string, index: number, isGrowing: boolean): boolean {
  const { store, disclosures } = useServices();
  const follow = useContext(FollowContext);
  const choice = store.settings.value.expandThinking;
  const streams = useSignal(isGrowing);
  // Not by where the transcript stands: what came with the end has not been scrolled to yet.
  const isBeingRead = (): boolean => follow?.value?.isFollowing.value === false;
  useLayoutEffect(() => {
    if (streams.value && !isGrowing && choice === 'whileStreaming' && isBeingRead()) {
      disclosures.of(turnId, `thinking ${index}`).value ??= true;
    }
    streams.value = isGrowing;
  }, [isGrowing]);
  return choice === 'always' || (choice === 'whileStreaming' && streams.value);
}
