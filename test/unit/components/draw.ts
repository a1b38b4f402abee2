import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { Window } from 'happy-dom';
import { type ComponentChild, h, render } from 'preact';
import { act } from 'preact/test-utils';
import type { ViewState } from '../../../src/shared/protocol/changes.ts';
import type { ViewMessage } from '../../../src/shared/protocol/viewMessage.ts';
import { Draft, type Timer } from '../../../src/webview/composer/draft.ts';
import { Requests } from '../../../src/webview/requests.ts';
import { type Services, ServicesContext } from '../../../src/webview/services.ts';
import { Store } from '../../../src/webview/store.ts';
import { Telling } from '../../../src/webview/telling.ts';
import { CompositionGuard } from '../../../src/webview/ui/composition.ts';
import { Disclosures } from '../../../src/webview/ui/disclosures.ts';

// Node leaves types out, but JSX is no JavaScript. A test imports its component behind this file, by `await import`.
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    const path = fileURLToPath(url);
    const options = { loader: 'tsx', jsx: 'automatic', jsxImportSource: 'preact', format: 'esm' } as const;
    const { code } = transformSync(readFileSync(path, 'utf8'), { ...options, sourcefile: path, sourcemap: 'inline' });
    return { format: 'module', source: code, shortCircuit: true };
  },
});

/** A conversation without turns, as the host shows it at first. */
export const emptyState: ViewState = {
  conversation: { id: 'c', title: '', parameters: {}, turns: [], siblings: {} },
  earlier: 0,
  connection: { origin: 'https://example.com', model: 'm', key: 'stored' },
  draft: '',
  attachments: [],
  queue: [],
  revision: 1,
};

export interface Drawn {
  root: HTMLElement;
  store: Store;
  /** What the component has told the host, and what was said to screen readers. */
  posted: ViewMessage[];
  announced: string[];
  /** The button of that name; fails where there is none, or more than one. */
  button: (name: string) => HTMLButtonElement;
  click: (name: string) => Promise<void>;
  type: (label: string, text: string) => Promise<void>;
  /** Does what changes the state, and waits until it is drawn. */
  change: (work: () => void) => Promise<void>;
  /** What a reader sees, in one line. */
  text: () => string;
}

/**
 * Draws a component in a document without a browser: for what it shows and tells in each of its states. What depends on
 * layout, focus or styles is a test of the view. The document is taken away when the test ends.
 */
export async function draw(
  test: TestContext,
  component: ComponentChild,
  state: Partial<ViewState> = {},
): Promise<Drawn> {
  const window = new Window({ url: 'https://view.example/' });
  const globals = {
    window,
    document: window.document,
    customElements: window.customElements,
    requestAnimationFrame: (callback: () => void) => window.requestAnimationFrame(callback),
    cancelAnimationFrame: (frame: ReturnType<typeof window.requestAnimationFrame>) =>
      window.cancelAnimationFrame(frame),
  };
  // Node has none of these.
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  const root = document.body.appendChild(document.createElement('main'));
  const posted: ViewMessage[] = [];
  const announced: string[] = [];
  const services = servicesFor(
    message => posted.push(message),
    sentence => announced.push(sentence),
  );
  services.store.receive({ type: 'snapshot', state: { ...emptyState, ...state } });
  await act(() => render(h(ServicesContext.Provider, { value: services }, component), root));
  test.after(async () => {
    await act(() => render(null, root));
    await window.happyDOM.close();
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
  });

  const button = (name: string): HTMLButtonElement => {
    const named = [...root.querySelectorAll<HTMLButtonElement>('button, vscode-button')].filter(
      each => (each.getAttribute('aria-label') ?? each.textContent.trim()) === name,
    );
    const [only] = named;
    if (named.length !== 1 || !only) throw new Error(`${named.length} buttons are called ${name}: ${root.innerHTML}`);
    return only;
  };
  return {
    root,
    store: services.store,
    posted,
    announced,
    button,
    click: name => act(() => button(name).click()),
    type: (label, text) =>
      act(() => {
        const field = fieldOf(root, label);
        field.value = text;
        field.dispatchEvent(new window.Event('input', { bubbles: true }) as unknown as Event);
      }),
    change: work => act(work),
    text: () => root.textContent.replace(/\s+/g, ' ').trim(),
  };
}

function fieldOf(root: HTMLElement, label: string): HTMLInputElement | HTMLTextAreaElement {
  const named = [...root.querySelectorAll('label')].find(each => each.textContent.trim() === label);
  const field = root.querySelector<HTMLInputElement>(`[id="${named?.htmlFor ?? ''}"], [aria-label="${label}"]`);
  if (!field) throw new Error(`No field is called ${label}: ${root.innerHTML}`);
  return field;
}

/** The view's own parts, but for what needs a browser. Timers that put off what is told run at once. */
function servicesFor(post: (message: ViewMessage) => void, announce: (sentence: string) => void): Services {
  const store = new Store(
    post,
    // Nobody waits for being told that it is drawn.
    () => undefined,
    callback => {
      callback();
      return () => undefined;
    },
  );
  const atOnce: Timer = { start: callback => callback(), stop: () => undefined };
  return {
    store,
    post,
    announce,
    requests: new Requests(post),
    composition: new CompositionGuard(),
    draft: new Draft(post, atOnce, () => undefined),
    telling: new Telling(post, message => message, atOnce),
    disclosures: new Disclosures(),
    markdown: {
      document,
      // Each is its own name.
      labels: new Proxy({} as Services['markdown']['labels'], { get: (_labels, name) => name }),
      paint: () => undefined,
      showDiagram: () => undefined,
      showFormula: () => undefined,
    },
    link: () => undefined,
    recall: () => undefined,
    rememberPlace: () => undefined,
    revealTurn: () => undefined,
    offerReveal: () => () => undefined,
  };
}
