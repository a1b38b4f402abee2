import type { ViewCommand } from '../shared/viewCommands.ts';
import { t } from './ui/l10n.ts';
import { useServices } from './services.ts';
import { ConnectionCard } from './ConnectionCard.tsx';
import { Icon } from './ui/Icon.tsx';
import { Mark } from './ui/Mark.tsx';

/** What a new conversation shows: what has to be set, what can be done here, and where the requests go. */
export function EmptyState() {
  const { store, post } = useServices();
  const view = store.view.value;
  const run = (command: ViewCommand): void => post({ type: 'command', command });
  return (
    <div class="empty-state">
      <Mark />
      <h2>{t('Ask about your code')}</h2>
      <ConnectionCard />
      <ul class="suggestions">
        <Example />
        {suggestions().map(({ command, ...shown }) => (
          <Suggestion key={command} {...shown} onClick={() => run(command)} />
        ))}
      </ul>
      <div class="empty-end">
        <div class="empty-links">
          <button type="button" class="text-link" onClick={() => run('marginalia.openConversation')}>
            {t('Earlier Conversations')}
          </button>
          <button type="button" class="text-link" onClick={() => run('marginalia.openWalkthrough')}>
            {t('Show me around')}
          </button>
        </div>
        {view && view.connection.origin !== '' && (
          <p class="privacy">
            {t('Requests go to {0} with your key. Nothing else leaves this machine.', view.connection.origin)}
          </p>
        )}
      </div>
    </div>
  );
}

interface Shown {
  icon: string;
  title: string;
  detail: string;
}

function Suggestion({ icon, title, detail, onClick }: Shown & { onClick: () => void }) {
  return (
    <li>
      <button type="button" class="suggestion" onClick={onClick}>
        <Icon name={icon} />
        <span class="suggestion-title">{title}</span>
        <span class="suggestion-detail">{detail}</span>
      </button>
    </li>
  );
}

/** A first question, written into the message and not sent. What somebody has begun to write is left alone. */
function Example() {
  const { store } = useServices();
  const question = t('How do I cancel a fetch after 10 seconds?');
  const write = (): void => {
    const composer = document.getElementById('composer');
    const isFree = composer instanceof HTMLTextAreaElement && composer.value.trim() === '';
    const conversationId = store.state?.conversation.id ?? '';
    if (isFree) store.returned.value = { type: 'returned', conversationId, text: question };
    composer?.focus();
  };
  return <Suggestion icon="comment" title={t('Ask a Question')} detail={question} onClick={write} />;
}

function suggestions(): (Shown & { command: ViewCommand })[] {
  return [
    {
      command: 'marginalia.explainSelection',
      icon: 'lightbulb',
      title: t('Explain Selection'),
      detail: t('What the selected lines do, and why'),
    },
    {
      command: 'marginalia.reviewFile',
      icon: 'file-code',
      title: t('Review File'),
      detail: t('Findings beside the lines they are about'),
    },
    {
      command: 'marginalia.reviewChanges',
      icon: 'git-compare',
      title: t('Review Changes'),
      detail: t('What you have not committed yet'),
    },
  ];
}
