import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AnswerBlock } from '../../shared/conversation.ts';
import type { CallDecision, RanCall } from '../../shared/ranCalls.ts';
import { callQuestion, cautionText } from './callText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { visibleText } from './visibleText.ts';
import { CallContent } from './CallInput.tsx';

interface Props {
  turnId: string;
  block: AnswerBlock & { type: 'toolUse' };
  call: RanCall;
  /** Takes the keyboard, where the card had it. */
  leave: () => void;
}

/** Asks whether a call runs, with exactly what it would do. It is announced, and takes the keyboard from nobody. */
export function CallCard({ turnId, block, call, leave }: Props) {
  const { post, composition, announce } = useServices();
  const card = useRef<HTMLElement>(null);
  const { diff, cautions = [] } = call;
  const rule = call.command?.rule;
  const left = useSignal<ReadonlySet<number>>(new Set());
  const hunks = diff?.hunks.length ?? 0;
  const taken = hunks - left.value.size;
  const isWhole = left.value.size === 0;
  const question = callQuestion(call.line, diff);
  const words = [question, ...cautions.map(cautionText)].join(' ');
  useEffect(() => announce(words), [words]);
  const decide = (decision: CallDecision): void => {
    post({ type: 'decideCall', turnId, index: call.index, decision, left: [...left.value] });
    // Later: the key that has pressed a button here would press what has the keyboard next.
    if (card.current?.contains(document.activeElement)) setTimeout(leave);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.repeat || composition.owns(event)) return;
    event.preventDefault();
    // It would stop the answer.
    event.stopPropagation();
    decide('deny');
  };
  return (
    <section class="asking-card call-card" ref={card} aria-label={question} onKeyDown={onKeyDown}>
      <h3>{question}</h3>
      {cautions.length > 0 && (
        <ul class="cautions">
          {cautions.map(caution => (
            <li key={caution}>
              <Icon name="warning" />
              <span>{cautionText(caution)}</span>
            </li>
          ))}
        </ul>
      )}
      <CallContent block={block} call={call} choice={{ left: left.value, choose: now => (left.value = now) }} />
      <div class="button-row">
        {(isWhole || taken > 0) && (
          <Button onClick={() => decide('allow')}>
            {isWhole ? t('Allow') : t('Allow {0} of {1} Changes', taken, hunks)}
          </Button>
        )}
        <Button isSecondary onClick={() => decide('deny')}>
          {t('Deny')}
        </Button>
        {cautions.length === 0 && isWhole && (
          <Button isSecondary onClick={() => decide('allowInConversation')}>
            {t('Allow in This Conversation')}
          </Button>
        )}
        {diff?.rule !== undefined && isWhole && (
          <Button isSecondary onClick={() => decide('allowAlways')}>
            {t('Always Allow Edits of `{0}`', visibleText(diff.rule))}
          </Button>
        )}
        {rule !== undefined && isWhole && (
          <Button isSecondary onClick={() => decide('allowAlways')}>
            {t('Always Allow `{0}`', visibleText(rule))}
          </Button>
        )}
      </div>
    </section>
  );
}
