import type { LaunchedBrowser } from './launchBrowser.ts';
import type { BrowserPage } from './page.ts';

interface Kept {
  starting: Promise<LaunchedBrowser>;
  browser?: LaunchedBrowser;
  /** What is being done in it: one thing after the other. */
  last: Promise<unknown>;
}

/** The browsers of the conversations: each has one at most, and none before it is asked for. */
export class ConversationBrowsers {
  readonly #start: () => Promise<LaunchedBrowser>;
  readonly #kept = new Map<string, Kept>();

  constructor(start: () => Promise<LaunchedBrowser>) {
    this.#start = start;
  }

  /** Its page, where one has been opened and the browser still runs. */
  find(conversationId: string): BrowserPage | undefined {
    const browser = this.#kept.get(conversationId)?.browser;
    return browser?.isOpen() === true && browser.page.hasOpened ? browser.page : undefined;
  }

  /** Its page; the browser is started where there is none, or where the user has closed it. */
  async open(conversationId: string): Promise<BrowserPage> {
    const known = this.#kept.get(conversationId);
    if (known && known.browser?.isOpen() !== false) return (await known.starting).page;
    if (known) void known.browser?.close();
    const kept: Kept = { starting: this.#start(), last: Promise.resolve() };
    this.#kept.set(conversationId, kept);
    try {
      kept.browser = await kept.starting;
    } catch (error) {
      this.#kept.delete(conversationId);
      throw error;
    }
    return kept.browser.page;
  }

  /** Does the work once what was begun before in this conversation's browser is done. */
  inTurn<Result>(conversationId: string, work: () => Promise<Result>): Promise<Result> {
    const kept = this.#kept.get(conversationId);
    if (!kept) return work();
    const done = kept.last.then(work, work);
    kept.last = done.catch(() => undefined);
    return done;
  }

  /** Ends the conversation's browser. Resolves once nothing of it is left. */
  async end(conversationId: string): Promise<void> {
    const kept = this.#kept.get(conversationId);
    this.#kept.delete(conversationId);
    const browser = await kept?.starting.catch(() => undefined);
    await browser?.close();
  }

  /** Ends all of them: the window closes. */
  async endAll(): Promise<void> {
    await Promise.all([...this.#kept.keys()].map(id => this.end(id)));
  }
}
