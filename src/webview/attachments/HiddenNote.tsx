import type { Attachment } from '../../shared/attachment.ts';
import type { HiddenPart } from '../../shared/hiddenText.ts';
import { Icon } from '../ui/Icon.tsx';
import { hiddenWords } from './hiddenWords.ts';

/** Of a chip whose text holds what a person does not see. */
export function HiddenSign({ attachment }: { attachment: Attachment }) {
  const words = wordsOf(attachment);
  if (words === '') return null;
  return <span class="outdated-icon codicon codicon-warning" role="img" title={words} aria-label={words} />;
}

/** The same below what was sent. */
export function HiddenAttachmentNote({ attachment }: { attachment: Attachment }) {
  return <Note words={wordsOf(attachment)} />;
}

/** What is hidden in a text that is shown above. */
export function HiddenNote({ parts }: { parts: readonly HiddenPart[] }) {
  return <Note words={hiddenWords(parts)} />;
}

function Note({ words }: { words: string }) {
  if (words === '') return null;
  return (
    <p class="attachment-note outdated-note">
      <Icon name="warning" />
      <span dir="auto">{words}</span>
    </p>
  );
}

function wordsOf(attachment: Attachment): string {
  if (attachment.kind !== 'code' && attachment.kind !== 'text') return '';
  return hiddenWords(attachment.hidden ?? [], attachment.kind === 'code' ? attachment.excerpt.startLine : 1);
}
