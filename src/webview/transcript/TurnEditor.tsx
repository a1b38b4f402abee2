import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Turn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { turnText } from './turnText.ts';
import { Button } from '../ui/Button.tsx';

interface Props {
  turn: Turn;
  /** What the host is told with the new text. */
  change?: 'editTurn' | 'editSummary';
}

/** Stands in place of a turn's text while the user changes it. What was typed is kept while the turn is out of sight. */
export function TurnEditor({ turn, change = 'editTurn' }: Props) {
  const { store, post, composition } = useServices();
  const input = useRef<HTMLTextAreaElement>(null);
  // At once, or it would overwrite what is typed right after the click.
  useLayoutEffect(() => {
    const box = input.current;
    if (!box) return;
    box.value = store.editing.peek()?.text ?? '';
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }, [store]);

  const close = (): void => {
    store.editing.value = undefined;
    document.getElementById('composer')?.focus();
  };
  const save = (): void => {
    const text = input.current?.value.trim() ?? '';
    if (text === '') return;
    if (text !== turnText(turn).trim()) post({ type: change, turnId: turn.id, text });
    close();
  };
  const onInput = (): void => {
    store.editing.value = { turnId: turn.id, text: input.current?.value ?? '' };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (composition.owns(event)) return;
    if (event.key === 'Enter' && (turn.role === 'user' ? !event.shiftKey : event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    } else if (event.key === 'Escape') {
      // It ends the editing, and stops no answer.
      event.stopPropagation();
      close();
    }
  };
  return (
    <div class="turn-editor">
      <textarea ref={input} dir="auto" aria-label={labelOf(turn, change)} onInput={onInput} onKeyDown={onKeyDown} />
      <div class="button-row">
        <Button onClick={save}>{turn.role === 'user' ? t('Send') : t('Save')}</Button>
        <Button isSecondary onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </div>
  );
}

function labelOf(turn: Turn, change: Props['change']): string {
  if (change === 'editSummary') return t('Summary');
  return turn.role === 'user' ? t('Edit Message') : t('Edit Answer');
}
