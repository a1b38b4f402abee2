import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Turn } from '../../shared/conversation.ts';
import { FollowEnd } from './followEnd.ts';
import { t } from '../ui/l10n.ts';
import { followReader } from './readerIntent.ts';
import { useServices } from '../services.ts';
import { FollowContext } from './followContext.ts';
import { ElementStates } from './elementState.ts';
import { slotsOf } from './range.ts';
import { modelChanges } from './modelChanges.ts';
import { TurnWindow } from './turnWindow.ts';
import { AnswerView } from './AnswerView.tsx';
import { Icon } from '../ui/Icon.tsx';
import { PromptView } from './PromptView.tsx';
import { useRestoreInView } from './RestoreCard.tsx';

/**
 * The conversation. Only the turns near what is seen are in the document. Its key is the conversation's id, so that
 * another one starts from nothing.
 */
export function Transcript() {
  const { store } = useServices();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follow = useSignal<FollowEnd | undefined>(undefined);
  const shown = useMemo(() => new TurnWindow(), []);
  const states = useMemo(() => new ElementStates(), []);
  const { conversation, earlier = 0 } = store.view.value ?? {};
  const turns = conversation?.turns ?? [];
  shown.setTurns(turns);
  const mounted = shown.mounted.value;

  useRestoreInView();
  const isWaiting = useScrolling(scroller, content, follow, shown, turns, earlier);
  useLayoutEffect(() => shown.keepPlace());

  const heights = turns.map(turn => shown.heightOf(turn));
  const namesModel = modelChanges(turns);
  const slots = slotsOf(heights, index => mounted.has(turns[index]?.id ?? ''));
  return (
    <div class="transcript">
      <div class={isWaiting ? 'scroller waiting' : 'scroller'} ref={scroller}>
        <FollowContext.Provider value={follow}>
          <div class="turns" ref={content} role="log" aria-label={t('Conversation')} aria-live="off">
            {slots.map(slot => {
              if (slot.kind === 'gap') return <Gap key={`gap ${turns[slot.last]?.id ?? ''}`} height={slot.size} />;
              const turn = turns[slot.index];
              if (!turn) return undefined;
              const place = { position: earlier + slot.index + 1, count: earlier + turns.length };
              return (
                <TurnSlot key={turn.id} turn={turn} states={states} namesModel={namesModel.has(turn.id)} {...place} />
              );
            })}
          </div>
        </FollowContext.Provider>
      </div>
      <LatestPill follow={follow} />
    </div>
  );
}

/** Stands in place of turns that are far from what is seen. */
function Gap({ height }: { height: number }) {
  return <div class="turn-gap" aria-hidden="true" style={{ height: `${height}px` }} />;
}

interface SlotProps {
  turn: Turn;
  position: number;
  count: number;
  states: ElementStates;
  /** Whether an answer says which model gave it. */
  namesModel: boolean;
}

/** Renders again only for a new version of its turn: the same node tells Preact to leave the whole turn alone. */
function TurnSlot({ turn, position, count, states, namesModel }: SlotProps) {
  const slot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (slot.current ? states.keep(turn.id, slot.current) : undefined), []);
  return useMemo(() => {
    // Screen readers can't count what is not in the document.
    const place = { 'aria-posinset': position, 'aria-setsize': count };
    return (
      <div class={`turn-slot ${isUnsaid(turn) ? 'handed-back' : ''}`} data-turn={turn.id} ref={slot}>
        {turn.role === 'assistant' && <AnswerView turn={turn} place={place} namesModel={namesModel} />}
        {turn.role === 'user' && !turn.handsBack && <PromptView turn={turn} place={place} />}
      </div>
    );
  }, [turn, position, count, namesModel]);
}

/** What it hands back stands with the calls of the answer before. */
function isUnsaid(turn: Turn): boolean {
  return turn.role === 'user' && turn.handsBack === true;
}

/** Leads to the end, where the reader is not there. With the keyboard it stays until that has gone on. */
function LatestPill({ follow }: { follow: Signal<FollowEnd | undefined> }) {
  const isFocused = useSignal(false);
  if (follow.value?.isFollowing.value !== false && !isFocused.value) return null;
  return (
    <button
      type="button"
      class="latest-pill"
      aria-label={t('Latest')}
      title={t('Latest')}
      onFocus={() => (isFocused.value = true)}
      onBlur={() => (isFocused.value = false)}
      onClick={() => {
        follow.value?.follow();
        document.getElementById('composer')?.focus();
      }}
    >
      <Icon name="arrow-down" />
    </button>
  );
}

/** Whether the place is still to come where the reader was. */
function useScrolling(
  scroller: { current: HTMLDivElement | null },
  content: { current: HTMLDivElement | null },
  follow: Signal<FollowEnd | undefined>,
  shown: TurnWindow,
  turns: Turn[],
  earlier: number,
): boolean {
  const { store, recall, rememberPlace, offerReveal } = useServices();
  const remembered = useMemo(() => recall(store.state?.conversation.id ?? ''), []);
  const awaited = useSignal(remembered?.isFollowing === false ? remembered.anchor : undefined);
  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return;
    const end = new FollowEnd(scroller.current);
    follow.value = end;
    end.isFollowing.value = awaited.value === undefined;
    const detach = shown.attach(scroller.current, end);
    if (end.isFollowing.value) end.follow();
    const stop = followReader(scroller.current, content.current, end, () =>
      awaited.value ? undefined : rememberPlace(shown.anchor, end.isFollowing.value),
    );
    const stopOffering = offerReveal(turnId => {
      end.letGo();
      const slot = shown.slotOf(turnId);
      if (!slot) shown.reveal({ turnId, offset: 0 });
      return slot;
    });
    return () => {
      stopOffering();
      stop();
      detach();
    };
  }, []);

  // Where the reader was may be in turns that are still to come.
  useLayoutEffect(() => {
    const place = awaited.value;
    if (!place || (!shown.has(place.turnId) && earlier > 0)) return;
    awaited.value = undefined;
    if (shown.has(place.turnId)) shown.reveal(place);
    else follow.value?.follow();
  }, [earlier]);

  // The reader's own new turn is what they want to see, wherever they were; not that of another window.
  const lastPrompt = turns.findLast(turn => turn.role === 'user' && !isUnsaid(turn) && !turn.steers)?.id;
  const seenPrompt = useRef(lastPrompt);
  useLayoutEffect(() => {
    const isOwn = lastPrompt === undefined || !store.fromOthers.has(lastPrompt);
    if (isOwn && seenPrompt.current !== undefined && seenPrompt.current !== lastPrompt) follow.value?.follow();
    seenPrompt.current = lastPrompt;
  }, [lastPrompt]);
  return awaited.value !== undefined;
}
