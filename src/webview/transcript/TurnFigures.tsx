import { useId, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { AssistantTurn } from '../../shared/conversation.ts';
import { costSummary, figuresRows, timeSummary, tokensSummary } from './figuresText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { NameValues } from '../ui/NameValues.tsx';

/** What an answer took, in a line that is seen on hover and with the keyboard; all of it at a click, in a native popover, so that nothing moves. */
export function TurnFigures({ turn }: { turn: AssistantTurn }) {
  const { composition } = useServices();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const isOpen = useSignal(false);
  const summary = tokensSummary(turn, t);
  if (summary === '') return null;
  const rows = figuresRows(turn, t);
  const onKeyDown = (event: KeyboardEvent): void => {
    // It closes the card, and stops no answer.
    if (event.key === 'Escape' && isOpen.value && !composition.owns(event)) event.stopPropagation();
  };
  const toggled = (isShown: boolean): void => {
    isOpen.value = isShown;
    if (isShown && button.current && card.current) place(card.current, button.current);
  };
  return (
    <div class="turn-figures" onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={button}
        class="usage"
        popovertarget={id}
        aria-expanded={isOpen.value}
        aria-controls={id}
        title={rows.map(([name, value]) => t('{0}: {1}', name, value)).join('\n')}
      >
        {summary}
        <span class="usage-more">
          {costSummary(turn)}
          {timeSummary(turn, t)}
        </span>
      </button>
      <div
        id={id}
        ref={card}
        popover="auto"
        class="figures-card"
        role="group"
        aria-label={t('What This Answer Took')}
        onToggle={event => toggled(event.newState === 'open')}
      >
        <NameValues rows={rows} />
      </div>
    </div>
  );
}

/** Above the button where there is room, else below it; never out of sight. */
function place(card: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const above = top - height - 4;
  const left = Math.min(Math.max(4, right - width), innerWidth - width - 4);
  card.style.left = `${left}px`;
  card.style.top = `${above >= 4 ? above : Math.min(bottom + 4, innerHeight - height - 4)}px`;
}
