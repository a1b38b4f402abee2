import type { KeyPlace } from '../shared/keyPlaces.ts';
import type { ConnectionStatus } from '../shared/protocol/connection.ts';
import type { ViewCommand } from '../shared/viewCommands.ts';
import { t } from './ui/l10n.ts';
import { useServices } from './services.ts';
import { Button } from './ui/Button.tsx';
import { Icon } from './ui/Icon.tsx';

/** What has to be set before anything can be asked; nothing where all is set. Compact above the composer. */
export function ConnectionCard({ isCompact = false }: { isCompact?: boolean }) {
  const { store, post } = useServices();
  const connection = store.view.value?.connection;
  const missing = connection && describeMissing(connection);
  if (!missing) return null;
  if (!isCompact && connection.addresses && missing.command === 'marginalia.setApiKey') {
    return <KeyCard addresses={connection.addresses} />;
  }
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

/** Asks where the key is from before the key itself is asked for: people paste keys of one place for another. */
function KeyCard({ addresses }: { addresses: NonNullable<ConnectionStatus['addresses']> }) {
  const { post } = useServices();
  const title = t('Where is your key from?');
  const places: { from: KeyPlace; icon: string; name: string; detail: string }[] = [
    { from: 'anthropic', icon: 'key', name: t('Anthropic'), detail: addresses.anthropic },
    { from: 'relay', icon: 'plug', name: t('A relay'), detail: addresses.relay },
    { from: 'another', icon: 'globe', name: t('Another address…'), detail: t('Any that speaks the Messages API') },
  ];
  return (
    <section class="card key-card" aria-label={title}>
      <h3>{title}</h3>
      <p>{t('It is kept in the editor’s secret storage and sent to the address that you choose, nowhere else.')}</p>
      <ul>
        {places.map(({ from, icon, name, detail }) => (
          <li key={from}>
            <button type="button" class="suggestion" onClick={() => post({ type: 'setUpKey', from })}>
              <Icon name={icon} />
              <span class="suggestion-title">{name}</span>
              <span class="suggestion-detail">{detail}</span>
            </button>
          </li>
        ))}
      </ul>
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
