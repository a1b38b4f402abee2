import { useEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { typingIn } from './typing.ts';
import { Suggesting, type SuggestionSource, type TextEdit } from './suggesting.ts';
import { formatCount } from '../ui/numberText.ts';

/** The list of suggestions for a text field, and what has to be told to it. */
export interface FieldSuggestions {
  suggesting: Suggesting;
  /** After the field's text was changed by typing. */
  typed: () => void;
  /** Takes the key where it belongs to the list. */
  takeKey: (event: KeyboardEvent) => boolean;
  pick: (position?: number) => void;
}

/** `sources` must stay the same array as long as the field stands. */
export function useSuggesting(
  field: { readonly current: HTMLTextAreaElement | null },
  sources: readonly SuggestionSource[],
): FieldSuggestions {
  const { announce, composition } = useServices();
  const suggesting = useMemo(() => new Suggesting(sources), [sources]);
  const isComposing = useRef(false);
  const update = (isTyped: boolean): void => {
    const box = field.current;
    if (!box || isComposing.current) return;
    // With a selection there is no caret to suggest at.
    if (box.selectionStart !== box.selectionEnd) suggesting.close();
    else suggesting.update(box.value, box.selectionStart, isTyped);
  };
  const pick = (position?: number): void => {
    const edit = suggesting.pick(position);
    if (edit && field.current) replaceText(field.current, edit);
  };

  useEffect(() => {
    const box = field.current;
    // What an input method composes is no query yet; its end is no event of typing.
    const composing = (event: Event): void => {
      isComposing.current = event.type === 'compositionstart';
      update(true);
    };
    box?.addEventListener('compositionstart', composing);
    box?.addEventListener('compositionend', composing);
    return () => {
      box?.removeEventListener('compositionstart', composing);
      box?.removeEventListener('compositionend', composing);
    };
  }, [suggesting]);

  useEffect(() => {
    const moved = (): void => {
      if (document.activeElement === field.current) update(false);
    };
    document.addEventListener('selectionchange', moved);
    return () => document.removeEventListener('selectionchange', moved);
  }, [suggesting]);

  useEffect(() => {
    let shown = 0;
    return suggesting.list.subscribe(list => {
      const count = list?.items.length ?? 0;
      if (count > 0 && count !== shown) {
        announce(
          count === 1
            ? t('1 suggestion, Enter takes it')
            : t('{0} suggestions, ↑ and ↓ choose, Enter takes one', formatCount(count)),
        );
      }
      shown = count;
    });
  }, [suggesting]);

  return {
    suggesting,
    pick,
    typed: () => update(true),
    takeKey: event => {
      // Gone before the keyboard moves: it would go to the list, which closes when the text field loses it.
      if (event.key === 'Tab' && event.shiftKey) suggesting.close();
      if (composition.owns(event) || isModified(event)) return false;
      const isPick = event.key === 'Enter' || event.key === 'Tab';
      const waits = isPick && suggesting.pickWhenFound(pick);
      if (!waits && !suggesting.list.value) return false;
      if (waits) announce(t('Searching…'));
      else if (isPick) pick();
      else if (event.key === 'Escape') suggesting.dismiss();
      else if (!suggesting.move(event.key)) return false;
      event.preventDefault();
      // Escape would stop the answer, here and in the editor's own bindings.
      event.stopPropagation();
      return true;
    },
  };
}

function isModified(event: KeyboardEvent): boolean {
  return event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
}

/** Replaces text as if it were typed: one step to undo, and the field's own event. */
function replaceText(box: HTMLTextAreaElement, { start, end, text }: TextEdit): void {
  box.focus();
  box.setSelectionRange(start, end);
  typingIn(document).execCommand(text === '' ? 'delete' : 'insertText', false, text);
}
