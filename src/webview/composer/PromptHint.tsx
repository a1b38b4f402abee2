import { useSignal } from '@preact/signals';
import type { PromptPreview } from '../../shared/prompt.ts';
import { listText } from '../../shared/listText.ts';
import { t } from '../ui/l10n.ts';
import { language } from '../ui/language.ts';
import { Icon } from '../ui/Icon.tsx';

/** What the prompt at the start of the message will send. */
export function PromptHint({ preview }: { preview: PromptPreview }) {
  const isOpen = useSignal(false);
  const { origin, takes, text, problem } = preview;
  if (problem !== undefined) {
    return (
      <p class="prompt-hint prompt-problem" role="status">
        <Icon name="warning" />
        <span>{problem}</span>
      </p>
    );
  }
  if (origin.kind === 'server') return <ServerPromptHint preview={preview} server={origin.server} />;
  return (
    <div class="prompt-hint" role="group" aria-label={t('What /{0} sends', preview.name)}>
      {takes.map(place => (
        <span key={place} class="attachment" title={t('{0} goes along', place)}>
          <Icon name="file-code" />
          <span class="attachment-name">{place}</span>
        </span>
      ))}
      {origin.kind === 'file' && (
        <span class="prompt-origin" title={origin.path}>
          {t('from {0}', origin.path)}
        </span>
      )}
      <button
        type="button"
        class="text-button"
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        {isOpen.value ? t('Hide Prompt') : t('Show Prompt')}
      </button>
      {isOpen.value && (
        <pre class="prompt-whole" tabindex={0} role="group" aria-label={t('Prompt')} dir="auto">
          {text}
        </pre>
      )}
    </div>
  );
}

/** Nothing goes out yet: its server makes the message, which then stands where this one is written. */
function ServerPromptHint({ preview, server }: { preview: PromptPreview; server: string | undefined }) {
  const { name, asksFor } = preview;
  return (
    <div class="prompt-hint" role="group" aria-label={t('What /{0} sends', name)}>
      <span>
        {server === undefined
          ? t('Choose from the prompts of your servers. You see what one says before it is sent.')
          : t('The server “{0}” writes this message. You see it before it is sent.', server)}
      </span>
      {asksFor && <span class="prompt-origin">{t('It asks for {0}', listText(asksFor, language()))}</span>}
    </div>
  );
}
