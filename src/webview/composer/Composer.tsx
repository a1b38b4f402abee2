import { useComputed, useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { readCall } from '../../shared/prompt.ts';
import { wrongParameters } from '../../shared/unfinished.ts';
import { filesToAttach } from './pastedFiles.ts';
import { createPromptSource } from './promptSource.ts';
import { createMentionSource } from './mentionSource.ts';
import { typeOver } from './typing.ts';
import { useAttaching } from './useAttaching.ts';
import { useDraft } from './useDraft.ts';
import { useFileDrop } from './useFileDrop.ts';
import { usePastedCode } from './usePastedCode.ts';
import { useRecall } from './useRecall.ts';
import { useSuggesting } from './useSuggesting.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { AttachingNote } from './AttachingNote.tsx';
import { AttachmentChips } from '../attachments/AttachmentChips.tsx';
import { ComposerFooter } from './ComposerFooter.tsx';
import { ComposerNotices } from './ComposerNotices.tsx';
import { DropHint } from './DropHint.tsx';
import { EditorChip } from '../attachments/EditorChip.tsx';
import { ModelAdviceNote } from './ModelAdviceNote.tsx';
import { PastedHint } from './PastedHint.tsx';
import { PromptHint } from './PromptHint.tsx';
import { QueuedMessages } from './QueuedMessages.tsx';
import { RulesChips } from '../attachments/RulesChips.tsx';
import { TodoList } from './TodoList.tsx';
import { wrongText } from '../parameters/WrongParameterNotice.tsx';
import { suggestionAttributes, Suggestions } from './Suggestions.tsx';

/** Where the user writes. The text is the textarea's own: writing it back at every key would disturb input methods. */
export function Composer() {
  const { store, post, requests, draft, telling, composition, announce } = useServices();
  const input = useRef<HTMLTextAreaElement>(null);
  const isEmpty = useSignal(true);
  const called = useSignal<string | undefined>(undefined);
  const hasAttachments = useComputed(() => (store.view.value?.attachments.length ?? 0) > 0);
  const sources = useMemo(
    () => [createPromptSource(() => store.prompts.value), createMentionSource(post, requests.ask)],
    [],
  );
  const attaching = useAttaching();
  const drag = useFileDrop(attaching.take);
  const suggestions = useSuggesting(input, sources);
  const pastedCode = usePastedCode(input);
  const { recall, focused } = useRecall();
  const preview = useComputed(() => {
    const shown = store.promptPreview.value;
    return shown?.name === called.value ? shown : undefined;
  });
  useDraft(input, text => textChanged(text));

  const textChanged = (text: string): void => {
    isEmpty.value = text.trim() === '';
    called.value = readCall(text)?.name;
  };
  const setText = (text: string): void => {
    if (input.current) input.current.value = text;
    textChanged(text);
    suggestions.suggesting.close();
  };
  const send = (steers = false): void => {
    const text = input.current?.value.trim() ?? '';
    if (text === '' && !hasAttachments.value) return;
    telling.flush();
    const [wrong] = wrongParameters(store.view.value?.unfinished ?? {}, t);
    if (wrong) {
      announce(wrongText(wrong));
      return;
    }
    if (preview.value?.problem !== undefined) {
      announce(preview.value.problem);
      return;
    }
    post({ type: 'send', text, ...(steers && { steers }) });
    const putAside = recall.end(text);
    setText(putAside);
    draft.clear();
    if (putAside !== '') draft.change(putAside);
  };
  const paste = (event: ClipboardEvent): void => {
    const files = filesToAttach(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    attaching.take(files);
  };
  const edit = (text: string, instead?: string): void => {
    const typed = input.current?.value ?? '';
    if (instead !== undefined && typed !== instead) return;
    const joined = typed === '' || instead !== undefined ? text : `${text}\n\n${typed}`;
    setText(joined);
    draft.change(joined);
    input.current?.focus();
  };
  const onInput = (event: InputEvent): void => {
    pastedCode.changed(event);
    const text = input.current?.value ?? '';
    textChanged(text);
    draft.change(text);
    suggestions.typed();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    pastedCode.keyDown(event);
    if (composition.owns(event) || suggestions.takeKey(event) || takeArrow(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      const hasTools = (store.view.value?.conversation.mode ?? 'chat') !== 'chat';
      send(hasTools && (event.ctrlKey || event.metaKey));
    }
  };
  const takeArrow = (event: KeyboardEvent): boolean => {
    const isPlain = !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
    const text = isPlain && input.current ? recall.press(event.key, input.current) : undefined;
    if (text === undefined) return false;
    event.preventDefault();
    // Typed, so that it can be undone: what it takes the place of may have been long in the writing.
    if (input.current) typeOver(input.current, text);
    suggestions.suggesting.close();
    return true;
  };

  return (
    <section class="composer" aria-label={t('Write a Message')}>
      <DropHint drag={drag} />
      <Suggestions suggestions={suggestions} />
      <TodoList leave={() => input.current?.focus()} />
      <ComposerNotices edit={edit} send={() => send()} />
      <QueuedMessages edit={edit} />
      <textarea
        id="composer"
        ref={input}
        rows={1}
        dir="auto"
        aria-label={t('Message')}
        placeholder={t('Ask about your code…')}
        {...suggestionAttributes(suggestions)}
        onInput={onInput}
        onKeyDown={onKeyDown}
        onPaste={event => {
          paste(event);
          pastedCode.pasted(event);
        }}
        onFocus={focused}
        onBlur={() => {
          draft.flush();
          suggestions.suggesting.close();
        }}
      />
      <AttachingNote attaching={attaching} />
      {preview.value && <PromptHint preview={preview.value} />}
      <AttachmentChips leave={() => input.current?.focus()} />
      {/* A prompt takes along what is selected by itself. */}
      {!preview.value && <EditorChip leave={() => input.current?.focus()} />}
      <RulesChips leave={() => input.current?.focus()} />
      <PastedHint code={pastedCode} />
      <ModelAdviceNote focus={() => input.current?.focus()} />
      <ComposerFooter
        canSend={!isEmpty.value || hasAttachments.value}
        send={() => send()}
        focus={() => input.current?.focus()}
      />
    </section>
  );
}
