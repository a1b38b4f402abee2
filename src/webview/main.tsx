import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import { codeRoles, type CodeColours } from '../shared/codeColours.ts';
import { takeEarlyMessages } from '../shared/earlyMessages.ts';
import { isFromHost } from '../shared/hostMessages.ts';
import { mostPathsAtOnce } from '../shared/pathLimits.ts';
import { mostSymbolsAtOnce } from '../shared/symbolNames.ts';
import { appearanceProperties } from '../shared/viewSettings.ts';
import type { HistoryHostMessage } from '../shared/protocol/history.ts';
import type { HostMessage } from '../shared/protocol/hostMessage.ts';
import type { NamedMessage, ViewMessage } from '../shared/protocol/viewMessage.ts';
import { startAnnouncer } from './announcer.ts';
import { listenForClicks, listenForKeys } from './blocks/clicks.ts';
import { listenForBlockKeys } from './blocks/blockKeys.ts';
import { App, type Parts } from './App.tsx';
import { CompositionGuard } from './ui/composition.ts';
import { copyAsWritten } from './transcript/copySelection.ts';
import { Disclosures } from './ui/disclosures.ts';
import { Draft } from './composer/draft.ts';
import { FindOpener } from './find/openFind.ts';
import { HistoryOpener } from './history/openHistory.ts';
import { loadTranslations, t } from './ui/l10n.ts';
import { setLanguage } from './ui/language.ts';
import { CodePainter } from './markdown/codePainter.ts';
import { Diagrams } from './markdown/diagrams/diagrams.ts';
import { Formulas } from './markdown/math/formulas.ts';
import { parseMemory, type Memory } from './memory.ts';
import { nextFrame } from './ui/nextFrame.ts';
import { PathLinks } from './paths/pathLinks.ts';
import { PathPeek } from './paths/pathPeek.ts';
import { Requests } from './requests.ts';
import { keepFieldKeys } from './ui/fieldKeys.ts';
import type { Services } from './services.ts';
import { Store } from './store.ts';
import { Telling } from './telling.ts';
import { listenForTurnKeys } from './transcript/turnKeys.ts';
import { keepZoomKeys } from './ui/zoomKeys.ts';

/** What leads to no other conversation: questions, of which there is one at every key, and what the draft becomes. */
const leavesDraft: ReadonlySet<string> = new Set(['draft', 'request', 'send']);

start();

function start(): void {
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no element for the view.');
  setLanguage(document.documentElement.lang);
  loadTranslations(document.getElementById('l10n')?.textContent ?? '{}');

  const host = acquireVsCodeApi();
  let remembered = parseMemory(host.getState());
  let place = { anchor: remembered?.anchor, isFollowing: remembered?.isFollowing ?? true };
  let reveal: Services['revealTurn'] | undefined;
  const remember = (): void => {
    if (draft.conversationId === '') return;
    const { conversationId, text, told } = draft;
    const { anchor, isFollowing } = place;
    const memory: Memory = { conversationId, draft: text, toldDrafts: told, ...(anchor && { anchor }), isFollowing };
    host.setState({ ...memory, ...(hasTurns.value && { hasTurns: true }) } satisfies Memory);
  };
  const postNamed = (message: NamedMessage): void => {
    host.postMessage(message);
  };
  // Some messages name theirs themselves, which may have been shown before.
  const name = (message: ViewMessage): NamedMessage => {
    const conversationId = store.view.peek()?.conversation.id;
    return conversationId === undefined ? message : { conversationId, ...message };
  };
  const telling = new Telling(postNamed, name, oneTimer());
  const post = (message: ViewMessage): void => {
    telling.flush();
    if (!leavesDraft.has(message.type)) draft.flush();
    postNamed(name(message));
    if (message.type === 'draft') remember();
  };
  const store = new Store(post, afterPaint, nextFrame);
  const requests = new Requests(post);
  const hasTurns = computed(() => (store.view.value?.conversation.turns.length ?? 0) > 0);
  const draft = new Draft(post, oneTimer(), remember);
  const composition = new CompositionGuard();
  const announce = startAnnouncer(document.body, store);
  const clock = {
    now: () => performance.now(),
    later: (callback: () => void, ms: number) => void setTimeout(callback, ms),
  };
  const paths = new PathLinks({
    ...clock,
    attribute: 'data-path',
    mostAtOnce: mostPathsAtOnce,
    find: asked => requests.ask({ type: 'resolvePaths', paths: asked }),
  });
  const symbols = new PathLinks({
    ...clock,
    attribute: 'data-symbol',
    mostAtOnce: mostSymbolsAtOnce,
    find: names => requests.ask({ type: 'resolveSymbols', names }),
  });

  const transcript = signal<Parts['transcript']['value']>(undefined);
  void import('./transcript/Transcript.tsx').then(
    loaded => (transcript.value = loaded),
    // Without it the conversation would stay empty.
    () => post({ type: 'scriptFailed' }),
  );
  const painter = new CodePainter({
    document,
    load: () => import('./markdown/highlight/highlightCode.ts'),
    later: work => requestIdleCallback(work, { timeout: 100 }),
    now: () => performance.now(),
  });
  const formulas = new Formulas({ document, load: () => import('./markdown/math/renderMath.ts') });
  const diagrams = new Diagrams(async () => {
    const { DiagramPainter } = await import('./markdown/diagrams/diagramPainter.ts');
    return new DiagramPainter();
  });
  const services: Services = {
    store,
    post,
    requests,
    composition,
    draft,
    telling,
    disclosures: new Disclosures(),
    recall: conversationId => {
      if (remembered?.conversationId !== conversationId) remembered = undefined;
      return remembered;
    },
    announce,
    markdown: {
      document,
      labels: markdownLabels(),
      paint: (code, language) => painter.paint(code, language),
      showDiagram: code => void diagrams.show(code as HTMLElement),
      showFormula: (element, tex, isDisplay) => formulas.show(element, tex, isDisplay),
    },
    link: elements => {
      paths.link(elements);
      symbols.link(elements);
    },
    rememberPlace: (anchor, isFollowing) => {
      place = { anchor, isFollowing };
      remember();
    },
    revealTurn: turnId => reveal?.(turnId),
    offerReveal: offered => {
      reveal = offered;
      return () => (reveal = undefined);
    },
  };
  const find = new FindOpener(() => ({
    ...services,
    // What is searched is drawn in a document that nobody sees.
    around: {
      ...services.markdown,
      document: document.implementation.createHTMLDocument(''),
      paint: () => undefined,
      showDiagram: () => undefined,
      showFormula: () => undefined,
    },
    later: work => {
      const timer = setTimeout(work);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
  }));

  const history: HistoryOpener = new HistoryOpener(() => ({
    ask: requests.ask,
    post,
    announce,
    close: () => history.close(),
  }));

  effect(() => {
    if (hasTurns.value) remember();
  });
  effect(() => {
    for (const [property, value] of Object.entries(appearanceProperties(store.settings.value))) {
      document.documentElement.style.setProperty(property, value);
    }
  });
  document.addEventListener('compositionend', event => composition.ended(event), true);
  addEventListener('focus', () => post({ type: 'focus', isFocused: true }));
  addEventListener('blur', () => post({ type: 'focus', isFocused: false }));
  // The view may be gone without another word: each of these can be the last event it sees.
  const tellAll = (): void => {
    draft.flush();
    telling.flush();
  };
  addEventListener('blur', tellAll);
  addEventListener('pagehide', tellAll);
  document.addEventListener('visibilitychange', tellAll);
  const receive = (message: HostMessage): void => {
    // What is asked for stands below it.
    if (isBelowHistory(message)) history.close();
    if (message.type === 'focusComposer') focusComposer();
    else if (message.type === 'find') void find.open();
    else if (message.type === 'reply' || message.type === 'rejection') requests.receive(message);
    else if (message.type === 'codeColours') setCodeColours(message.colours);
    else if (isOfHistory(message)) history.receive(message);
    else store.receive(message);
  };
  addEventListener('message', (event: MessageEvent<HostMessage>) => {
    if (isFromHost(event, origin)) receive(event.data);
  });
  for (const early of takeEarlyMessages()) receive(early as HostMessage);
  keepZoomKeys(document);
  keepFieldKeys(document);
  find.listen(document, composition);
  listenForClicks(root, post, announce);
  listenForKeys(root, post, announce, composition);
  listenForBlockKeys(root);
  new PathPeek({ ask: requests.ask, composition, paint: (code, language) => painter.paint(code, language) }).listen(
    root,
  );
  listenForTurnKeys(document, { store, revealTurn: services.revealTurn, composition });
  copyAsWritten(root);

  root.replaceChildren();
  render(<App services={services} parts={{ transcript, find, history }} />, root);
  post({ type: 'timeZone', name: Intl.DateTimeFormat().resolvedOptions().timeZone });
  store.start();
  if (document.hasFocus()) post({ type: 'focus', isFocused: true });
}

function isBelowHistory({ type }: HostMessage): boolean {
  return type === 'focusComposer' || type === 'find' || type === 'showParameters';
}

function isOfHistory(message: HostMessage): message is HistoryHostMessage {
  return message.type === 'showHistory' || message.type === 'foundInHistory' || message.type === 'conversationStates';
}

/** Colours of a theme before are taken away: the style sheet has some for themes that cannot be read. */
function setCodeColours(colours: CodeColours): void {
  const { style } = document.documentElement;
  for (const role of codeRoles) {
    const colour = colours[role];
    if (colour === undefined) style.removeProperty(`--code-${role}`);
    else style.setProperty(`--code-${role}`, colour);
  }
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
    apply: t('Apply to File'),
    collapse: t('Collapse'),
    insert: t('Insert at Cursor'),
    newFile: t('Open in New File'),
    terminal: t('Put into Terminal'),
    wrap: t('Wrap Lines'),
    source: t('Show Source'),
    codeKeys: t('Up arrow: what can be done with it'),
    code: t('Code'),
    image: t('Image'),
    done: t('Done'),
    open: t('To do'),
    table: t('Table'),
    sort: t('Sort by This Column'),
    copyMarkdown: t('Copy as Markdown'),
    copyCsv: t('Copy as CSV'),
    details: t('Details'),
  };
}

/** A page that is hidden paints nothing, and needs nothing. */
function afterPaint(callback: () => void): void {
  requestAnimationFrame(() => setTimeout(callback));
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
