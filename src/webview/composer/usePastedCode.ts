import { signal, type Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { MentionRequest } from '../../shared/protocol/mentions.ts';
import { t } from '../ui/l10n.ts';
import { askLatest } from '../requests.ts';
import { useServices } from '../services.ts';
import { filesToAttach } from './pastedFiles.ts';
import { typingIn } from './typing.ts';

/** Milliseconds in which a pasted text may still become a reference; after that it stays what it is. */
const longestWaitMs = 150;
const shortestLine = 40;

/** A text that was pasted and has become a reference. */
export interface PastedReference {
  id: string;
  name: string;
  text: string;
}

export interface PastedCode {
  /** The last one, until the message changes. */
  reference: Signal<PastedReference | undefined>;
  /** To be called before the field changes. */
  pasted: (event: ClipboardEvent) => void;
  keyDown: (event: KeyboardEvent) => void;
  /** To be called after every change of the field. */
  changed: (event: InputEvent) => void;
  /** Brings the text back in place of the reference. */
  asText: () => void;
}

/**
 * Turns a pasted text that stands in an open file into a reference to it. The text is in the field from the start and is
 * taken out once the host knows its place: so nothing waits, nothing is lost, and undoing brings it back.
 */
export function usePastedCode(field: { readonly current: HTMLTextAreaElement | null }): PastedCode {
  const { post, requests, announce } = useServices();
  return useMemo(() => {
    const find = askLatest<MentionRequest & { type: 'findPasted' }>(requests.ask);
    const reference = signal<PastedReference | undefined>(undefined);
    let isPlain = false;
    let isReplacing = false;

    const replace = async (text: string): Promise<void> => {
      const box = field.current;
      if (!box) return;
      const end = box.selectionStart;
      const start = end - text.length;
      const { value } = box;
      if (value.slice(start, end) !== text) return;
      const asked = find({ type: 'findPasted', text }).catch(() => []);
      const [found] = (await Promise.race([asked, nothingAfter(longestWaitMs)])) ?? [];
      // Whoever has typed on means the text that stands there.
      if (!found || box.value !== value || document.activeElement !== box) return;
      isReplacing = true;
      box.setSelectionRange(start, end);
      typingIn(document).execCommand('delete', false, '');
      isReplacing = false;
      post({ type: 'attachMention', id: found.id });
      reference.value = { id: found.id, name: found.label, text };
      announce(t('{0} is attached in place of the pasted text. Undo brings the text back.', found.label));
    };
    const withdraw = (): PastedReference | undefined => {
      const last = reference.value;
      reference.value = undefined;
      if (last) post({ type: 'detach', ids: [last.id] });
      return last;
    };

    return {
      reference,
      keyDown: event => {
        isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v';
      },
      pasted: event => {
        const raw = event.clipboardData?.getData('text/plain') ?? '';
        // A text field has one kind of line break.
        const text = raw.replace(/\r\n?/g, '\n');
        const wasPlain = isPlain;
        isPlain = false;
        if (wasPlain || filesToAttach(event.clipboardData).length > 0 || !isLong(text)) return;
        // The field holds it after this event.
        setTimeout(() => void replace(text));
      },
      changed: event => {
        const last = reference.value;
        if (!last || isReplacing) return;
        if (event.inputType === 'historyUndo' && field.current?.value.includes(last.text)) withdraw();
        else reference.value = undefined;
      },
      asText: () => {
        const last = withdraw();
        if (!last) return;
        field.current?.focus();
        typingIn(document).execCommand('insertText', false, last.text);
      },
    };
  }, []);
}

function isLong(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.includes('\n') || trimmed.length >= shortestLine;
}

function nothingAfter(milliseconds: number): Promise<never[]> {
  return new Promise(resolve => setTimeout(() => resolve([]), milliseconds));
}
