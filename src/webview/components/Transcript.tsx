import { useSignal, type Signal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Turn } from '../../shared/conversation.ts';
import { FollowEnd } from '../followEnd.ts';
import { t } from '../l10n.ts';
import { followReader } from '../readerIntent.ts';
import { useServices } from '../services.ts';
import { AnswerView } from './AnswerView.tsx';
import { Icon } from './Icon.tsx';
import { PromptView } from './PromptView.tsx';

/** Turns beyond this many are not in the document until they are asked for: the browser's own work grows with them. */
const turnsAtOnce = 40;

/** The conversation. Its key is the conversation's id, so that another one starts from nothing. */
export function Transcript() {
  const { store } = useServices();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follow = useSignal<FollowEnd | undefined>(undefined);
  const limit = useSignal(turnsAtOnce);
  const turns = store.view.value?.conversation.turns ?? [];
  const hidden = Math.max(0, turns.length - limit.value);

  useScrolling(scroller, content, follow, turns);

  const showEarlier = (): void => {
    const box = scroller.current;
    const fromEnd = box ? box.scrollHeight - box.scrollTop : 0;
    follow.value?.letGo();
    limit.value += turnsAtOnce;
    // What the reader looks at stays where it is while the earlier turns come in above.
    requestAnimationFrame(() => {
      if (box) box.scrollTop = box.scrollHeight - fromEnd;
    });
  };

  return (
    <div class="transcript">
      <div class="scroller" ref={scroller}>
        <div class="turns" ref={content} role="log" aria-label={t('Conversation')} aria-live="off">
          {hidden > 0 && (
            <button type="button" class="text-button earlier" onClick={showEarlier}>
              {t('Show earlier messages ({0})', hidden)}
            </button>
          )}
          {turns.slice(hidden).map(turn => (
            <TurnView key={turn.id} turn={turn} />
          ))}
        </div>
      </div>
      <LatestPill follow={follow} />
    </div>
  );
}

/** Renders again only for a new version of its turn: the same node tells Preact to leave the whole turn alone. */
function TurnView({ turn }: { turn: Turn }) {
  return useMemo(() => (turn.role === 'user' ? <PromptView turn={turn} /> : <AnswerView turn={turn} />), [turn]);
}

function LatestPill({ follow }: { follow: Signal<FollowEnd | undefined> }) {
  if (follow.value?.isFollowing.value !== false) return null;
  return (
    <button
      type="button"
      class="latest-pill"
      aria-label={t('Latest')}
      title={t('Latest')}
      onClick={() => follow.value?.follow()}
    >
      <Icon name="arrow-down" />
    </button>
  );
}

function useScrolling(
  scroller: { current: HTMLDivElement | null },
  content: { current: HTMLDivElement | null },
  follow: Signal<FollowEnd | undefined>,
  turns: Turn[],
): void {
  const { store, recall, rememberScroll } = useServices();
  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return;
    const end = new FollowEnd(scroller.current);
    follow.value = end;
    const remembered = recall(store.state?.conversation.id ?? '');
    if (remembered) end.restore(remembered.scrollTop, remembered.isFollowing);
    else end.follow();
    return followReader(scroller.current, content.current, end, rememberScroll);
  }, []);

  // The reader's own new turn is what they want to see, wherever they were.
  const lastPrompt = turns.findLast(turn => turn.role === 'user')?.id;
  const seenPrompt = useRef(lastPrompt);
  useLayoutEffect(() => {
    if (seenPrompt.current !== lastPrompt) follow.value?.follow();
    seenPrompt.current = lastPrompt;
  }, [lastPrompt]);
}
