import { render } from 'preact';
import type { HostMessage, ViewMessage } from '../shared/protocol.ts';
import { startAnnouncer } from './announcer.ts';
import { listenForClicks } from './clicks.ts';
import { App } from './components/App.tsx';
import { CompositionGuard } from './composition.ts';
import { Draft } from './draft.ts';
import { loadTranslations, t } from './l10n.ts';
import { parseMemory, type Memory } from './memory.ts';
import type { Services } from './services.ts';
import { Store } from './store.ts';

start();

function start(): void {
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no element for the view.');
  loadTranslations(document.getElementById('l10n')?.textContent ?? '{}');

  const host = acquireVsCodeApi();
  let remembered = parseMemory(host.getState());
  let scroll = { scrollTop: remembered?.scrollTop ?? 0, isFollowing: remembered?.isFollowing ?? true };
  const remember = (): void => {
    if (draft.conversationId === '') return;
    const { conversationId, text, told } = draft;
    const memory: Memory = { conversationId, draft: text, toldDrafts: told, ...scroll };
    host.setState(memory);
  };
  const post = (message: ViewMessage): void => {
    host.postMessage(message);
    if (message.type === 'draft') remember();
  };
  const store = new Store(post);
  const draft = new Draft(post, oneTimer(), remember);
  const composition = new CompositionGuard();
  const announce = startAnnouncer(document.body, store);

  const services: Services = {
    store,
    post,
    composition,
    draft,
    recall: conversationId => {
      if (remembered?.conversationId !== conversationId) remembered = undefined;
      return remembered;
    },
    announce,
    markdown: { document, labels: markdownLabels() },
    rememberScroll: (scrollTop, isFollowing) => {
      scroll = { scrollTop, isFollowing };
      remember();
    },
  };

  document.addEventListener('compositionend', event => composition.ended(event), true);
  // The view may be gone without another word: each of these can be the last event it sees.
  addEventListener('blur', () => draft.flush());
  addEventListener('pagehide', () => draft.flush());
  document.addEventListener('visibilitychange', () => draft.flush());
  addEventListener('message', (event: MessageEvent<HostMessage>) => {
    if (event.data.type === 'focusComposer') focusComposer();
    else store.receive(event.data);
  });
  listenForClicks(root, post, announce);

  root.replaceChildren();
  render(<App services={services} />, root);
  store.requestSnapshot();
}

/** The composer is there once the first snapshot is drawn, which may be still to come. */
function focusComposer(attempts = 20): void {
  const composer = document.getElementById('composer');
  if (composer) composer.focus();
  else if (attempts > 0) requestAnimationFrame(() => focusComposer(attempts - 1));
}

function markdownLabels(): Services['markdown']['labels'] {
  return {
    copy: t('Copy code'),
    insert: t('Insert at Cursor'),
    newFile: t('Open in New File'),
    terminal: t('Put into Terminal'),
    wrap: t('Wrap Lines'),
    code: t('Code'),
    image: t('Image'),
    done: t('Done'),
    open: t('To do'),
    table: t('Table'),
  };
}

function oneTimer(): { start: (callback: () => void, milliseconds: number) => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    start: (callback, milliseconds) => {
      stop();
      timer = setTimeout(callback, milliseconds);
    },
    stop,
  };
}
