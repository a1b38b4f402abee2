import type { ConnectionStatus } from '../../shared/protocol.ts';
import type { ViewCommand } from '../../shared/viewCommands.ts';
import { t } from '../l10n.ts';
import { useServices } from '../services.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

/** What has to be set before anything can be asked; nothing where all is set. Compact above the composer. */
export function ConnectionCard({ isCompact = false }: { isCompact?: boolean }) {
  const { store, post } = useServices();
  const connection = store.view.value?.connection;
  const missing = connection && describeMissing(connection);
  if (!missing) return null;
  return (
    <section class={isCompact ? 'card compact' : 'card'} aria-label={missing.title}>
      <Icon name={missing.icon} />
      <div class="card-text">
        <h3>{missing.title}</h3>
        {!isCompact && <p>{missing.detail}</p>}
      </div>
      <Button isSecondary={isCompact} onClick={() => post({ type: 'command', command: missing.command })}>
        {missing.button}
      </Button>
    </section>
  );
}

interface Missing {
  icon: string;
  title: string;
  detail: string;
  button: string;
  command: ViewCommand;
}

function describeMissing(connection: ConnectionStatus): Missing | undefined {
  if (connection.baseUrlProblem !== undefined) {
    return {
      icon: 'warning',
      title: t('The base URL cannot be used'),
      detail: connection.baseUrlProblem,
      button: t('Open Settings'),
      command: 'marginalia.openSettings',
    };
  }
  if (connection.key !== 'missing') return undefined;
  return {
    icon: 'key',
    title: t('Set your API key'),
    detail: t('It is kept in the editor’s secret storage and sent to {0} only.', connection.origin),
    button: t('Set API Key'),
    command: 'marginalia.setApiKey',
  };
}
