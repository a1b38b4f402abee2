import type { ViewCommand } from '../../shared/protocol.ts';
import { t } from '../l10n.ts';
import { useServices } from '../services.ts';
import { ConnectionCard } from './ConnectionCard.tsx';
import { Icon } from './Icon.tsx';
import { Mark } from './Mark.tsx';

/** What a new conversation shows: what can be done here, and where the requests go. */
export function EmptyState() {
  const { store, post } = useServices();
  const connection = store.view.value?.connection;
  return (
    <div class="empty-state">
      <Mark />
      <h2>{t('Ask about your code')}</h2>
      <ConnectionCard />
      <ul class="suggestions">
        {suggestions().map(({ command, icon, title, detail }) => (
          <li key={command}>
            <button type="button" class="suggestion" onClick={() => post({ type: 'command', command })}>
              <Icon name={icon} />
              <span class="suggestion-title">{title}</span>
              <span class="suggestion-detail">{detail}</span>
            </button>
          </li>
        ))}
      </ul>
      {connection && connection.origin !== '' && (
        <p class="privacy">
          {t('Requests go to {0} with your key. Nothing else leaves this machine.', connection.origin)}
        </p>
      )}
    </div>
  );
}

function suggestions(): { command: ViewCommand; icon: string; title: string; detail: string }[] {
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
