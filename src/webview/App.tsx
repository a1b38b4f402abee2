import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isRunning } from '../shared/conversation.ts';
import type { FindOpener } from './find/openFind.ts';
import type { HistoryOpener } from './history/openHistory.ts';
import { t } from './ui/l10n.ts';
import { ServicesContext, useServices, type Services } from './services.ts';
import { Composer } from './composer/Composer.tsx';
import { ConnectionCard } from './ConnectionCard.tsx';
import { ConversationNotice } from './transcript/ConversationNotice.tsx';
import { DeletedNotice } from './transcript/DeletedNotice.tsx';
import { EmptyState } from './EmptyState.tsx';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { LaterParameters } from './parameters/LaterParameters.tsx';

interface Props {
  services: Services;
  parts: Parts;
}

/** Parts that nothing else waits for. */
export interface Parts {
  /**
   * Turns and what draws them; undefined until they have been loaded. An empty view does without, and they are as large
   * as the rest.
   */
  transcript: ReadonlySignal<typeof import('./transcript/Transcript.tsx') | undefined>;
  find: FindOpener;
  history: HistoryOpener;
}

export function App({ services, parts }: Props) {
  // A new key builds everything below anew; nothing of the broken tree stays.
  const generation = useSignal(0);
  const reload = (): void => {
    services.requests.drop();
    services.store.restart();
    generation.value += 1;
  };
  return (
    <ServicesContext.Provider value={services}>
      <ErrorBoundary key={generation.value} onReload={reload}>
        <View {...parts} />
      </ErrorBoundary>
    </ServicesContext.Provider>
  );
}

function View({ transcript, find, history }: Parts) {
  const { store } = useServices();
  useStopOnEscape();
  const shownHistory = history.shown.value;
  useFocusAfter(shownHistory !== undefined);
  const view = store.view.value;
  if (!view) return <p class="shell">{t('Marginalia is starting…')}</p>;
  const isEmpty = view.conversation.turns.length === 0;
  return (
    <>
      {shownHistory && <shownHistory.Panel model={shownHistory.model} close={history.close} />}
      {/* Below the history all of it stays as it is: where it stands, and what is half written. */}
      <div class={shownHistory ? 'view covered' : 'view'}>
        <main class="content">
          <h1 class="visually-hidden">{t('Marginalia')}</h1>
          {find.loaded.value && <find.loaded.value.Widget find={find.loaded.value.find} />}
          {isEmpty ? <EmptyState /> : transcript.value && <transcript.value.Transcript key={view.conversation.id} />}
        </main>
        {store.showsParameters.value && <LaterParameters />}
        <footer class="bottom">
          {!isEmpty && <ConnectionCard isCompact />}
          <ConversationNotice />
          <DeletedNotice />
          <Composer />
        </footer>
      </div>
    </>
  );
}

/** Once the history is closed, the keyboard is where one writes. */
function useFocusAfter(isShown: boolean): void {
  const wasShown = useRef(false);
  useLayoutEffect(() => {
    if (wasShown.current && !isShown) document.getElementById('composer')?.focus();
    wasShown.current = isShown;
  }, [isShown]);
}

function useStopOnEscape(): void {
  const { store, post, composition } = useServices();
  useEffect(() => {
    const stop = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || composition.owns(event) || event.defaultPrevented) return;
      if (!store.state?.conversation.turns.some(isRunning)) return;
      event.preventDefault();
      // The editor would run its own binding of this key as well.
      event.stopPropagation();
      post({ type: 'stop' });
    };
    document.addEventListener('keydown', stop);
    return () => document.removeEventListener('keydown', stop);
  }, [store, post, composition]);
}
