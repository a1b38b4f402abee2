import { type Address, parseAddress } from './address.ts';
import { BrowserError } from './browserError.ts';
import type { DevTools } from './devTools.ts';
import { PageInput } from './pageInput.ts';

/** In CSS pixels, which are those of a screenshot. */
export interface PageSize {
  width: number;
  height: number;
}

/** Milliseconds: what an action needs to show, and how long a page may load before it is looked at as it is. */
const quietMs = 150;
const loadMs = 10_000;
/** Bytes of a screenshot beyond which it is taken as a JPEG. */
const mostPngBytes = 1_500_000;
const mostNotices = 10;

/**
 * The one page of a browser. It goes nowhere but to this machine and where the user has let it: whatever leads elsewhere,
 * a redirect, a link or a script, is stopped before anything of it is sent, and noticed. It opens no other pages,
 * downloads nothing, and has no permissions.
 */
export class BrowserPage {
  readonly #devTools: DevTools;
  readonly #size: PageSize;
  readonly #allowed = new Set<string>();
  readonly #ready = Promise.withResolvers<undefined>();
  #session: { sessionId: string; targetId: string; input: PageInput } | undefined;
  #notices: string[] = [];
  #isLoading = false;
  #loaded: () => void = () => undefined;
  #hasOpened = false;

  private constructor(devTools: DevTools, size: PageSize) {
    this.#devTools = devTools;
    this.#size = size;
  }

  /** Takes the page that the browser has begun with. */
  static async take(devTools: DevTools, size: PageSize): Promise<BrowserPage> {
    const page = new BrowserPage(devTools, size);
    page.#listen();
    await devTools.send('Browser.setDownloadBehavior', { behavior: 'deny' });
    // None are granted, and all others are denied.
    await devTools.send('Browser.grantPermissions', { permissions: [] });
    await devTools.send('Target.setAutoAttach', attachToAll);
    await page.#ready.promise;
    return page;
  }

  get input(): PageInput {
    return this.#own.input;
  }

  /** Whether an address has been opened: before that there is nothing to see. */
  get hasOpened(): boolean {
    return this.#hasOpened;
  }

  /** Opens the address, which the user has been asked about: from now on the page may go to all of its origin. */
  async open({ href, origin }: Address): Promise<void> {
    this.#allowed.add(origin);
    this.#hasOpened = true;
    const { errorText } = await this.#send('Page.navigate', { url: href }, 30_000);
    if (errorText !== undefined) {
      const [notice] = this.takeNotices();
      throw new BrowserError(notice ?? `The page did not open: ${errorText}`);
    }
    await this.settle();
  }

  async back(): Promise<void> {
    const { currentIndex, entries } = await this.#send('Page.getNavigationHistory', undefined);
    const entry = entries[currentIndex - 1];
    if (!entry || currentIndex <= 1) throw new BrowserError('There is no page before this one.');
    await this.#send('Page.navigateToHistoryEntry', { entryId: entry.id });
    await this.settle();
  }

  async reload(): Promise<void> {
    await this.#send('Page.reload', {});
    await this.settle();
  }

  /** What it is called and where it is. */
  async heading(): Promise<{ title: string; url: string }> {
    const { targetInfo } = await this.#devTools.send('Target.getTargetInfo', { targetId: this.#own.targetId });
    return { title: targetInfo.title, url: targetInfo.url };
  }

  /** As it is seen, in the size that was given. */
  async screenshot(): Promise<Uint8Array> {
    const png = await this.#capture({ format: 'png' });
    return png.length <= mostPngBytes ? png : this.#capture({ format: 'jpeg', quality: 80 });
  }

  /** A part of it, as large as a screenshot. Pixels of a screenshot. */
  async zoom({ x, y, width, height }: { x: number; y: number; width: number; height: number }): Promise<Uint8Array> {
    const { cssVisualViewport: viewport } = await this.#send('Page.getLayoutMetrics', undefined);
    const scale = Math.min(this.#size.width / width, this.#size.height / height);
    return this.#capture({
      format: 'png',
      clip: { x: x + viewport.pageX, y: y + viewport.pageY, width, height, scale },
    });
  }

  /** Waits until what was done is likely to be seen: a page that is called for gets some time to load. */
  async settle(): Promise<void> {
    await waitMs(quietMs);
    if (!this.#isLoading) return;
    const loaded = Promise.withResolvers<undefined>();
    this.#loaded = () => loaded.resolve(undefined);
    await Promise.race([loaded.promise, waitMs(loadMs)]);
  }

  /** What has been kept from happening since this was asked last, in words for the model. */
  takeNotices(): string[] {
    const notices = this.#notices;
    this.#notices = [];
    return notices;
  }

  get #own() {
    if (!this.#session) throw new BrowserError('There is no page.');
    return this.#session;
  }

  async #capture(how: { format: 'png' | 'jpeg'; quality?: number; clip?: Clip }): Promise<Uint8Array> {
    const { data } = await this.#send('Page.captureScreenshot', how);
    return Buffer.from(data, 'base64');
  }

  #send = ((method, params, timeoutMs) =>
    this.#devTools.send(method, params, {
      sessionId: this.#own.sessionId,
      ...(timeoutMs !== undefined && { timeoutMs }),
    })) as SendToPage;

  #listen(): void {
    const devTools = this.#devTools;
    devTools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const { type, targetId } = targetInfo;
      if (type !== 'page') this.#unowned(this.#begin(sessionId, type === 'iframe'));
      else if (this.#session) this.#unowned(devTools.send('Target.closeTarget', { targetId }));
      else {
        this.#session = { sessionId, targetId, input: new PageInput(devTools, sessionId) };
        this.#beginPage(sessionId).then(() => this.#ready.resolve(undefined), this.#ready.reject);
      }
    });
    devTools.on('Target.targetCrashed', ({ targetId }) => {
      if (targetId === this.#session?.targetId) this.#notice('The page has crashed. Open it again.');
    });
    devTools.on('Fetch.requestPaused', (event, sessionId) => this.#unowned(this.#decide(event, sessionId)));
    devTools.on('Fetch.authRequired', ({ requestId, request }, sessionId) => {
      this.#notice(`${short(request.url)} asks for a name and a password; none are given.`);
      const authChallengeResponse = { response: 'CancelAuth' as const };
      this.#unowned(devTools.send('Fetch.continueWithAuth', { requestId, authChallengeResponse }, { sessionId }));
    });
    devTools.on('Page.fileChooserOpened', () => this.#notice('The page asked for a file; none is given.'));
    devTools.on('Page.windowOpen', ({ url }) =>
      this.#notice(`The page wanted to open ${short(url)} in a new window. New windows are not opened.`),
    );
    devTools.on('Page.javascriptDialogOpening', ({ type, message }, sessionId) => {
      this.#notice(`The page showed a dialog (${type}), which was closed: ${short(message)}`);
      // One that asks before leaving would keep the page for ever.
      const accept = type === 'beforeunload' || type === 'alert';
      this.#unowned(devTools.send('Page.handleJavaScriptDialog', { accept }, { sessionId }));
    });
    devTools.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId === this.#session?.targetId) this.#isLoading = true;
    });
    devTools.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (frameId !== this.#session?.targetId) return;
      this.#isLoading = false;
      this.#loaded();
    });
  }

  async #beginPage(sessionId: string): Promise<void> {
    const { width, height } = this.#size;
    const to = { sessionId };
    await this.#devTools.send('Page.enable', {}, to);
    await this.#devTools.send(
      'Emulation.setDeviceMetricsOverride',
      { width, height, deviceScaleFactor: 1, mobile: false },
      to,
    );
    // What would open a window of the system, which nobody here can close.
    await this.#devTools.send('Page.setInterceptFileChooserDialog', { enabled: true }, to);
    await this.#devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: 'window.print = () => {}' }, to);
    // So that pages behave as in a window that is looked at, whether it is or not.
    await this.#devTools.send('Emulation.setFocusEmulationEnabled', { enabled: true }, to);
    await this.#begin(sessionId, true);
  }

  /** Frames that the browser keeps in a process of their own have a session of their own. */
  async #begin(sessionId: string, isFrame: boolean): Promise<void> {
    const to = { sessionId };
    if (isFrame) {
      const patterns = [{ urlPattern: '*', resourceType: 'Document' as const }];
      await this.#devTools.send('Fetch.enable', { patterns, handleAuthRequests: true }, to);
      await this.#devTools.send('Target.setAutoAttach', attachToAll, to);
    }
    await this.#devTools.send('Runtime.runIfWaitingForDebugger', undefined, to);
  }

  /** A document is asked for, by whomever: nothing of the request has gone out yet. */
  async #decide({ requestId, request }: { requestId: string; request: { url: string } }, sessionId?: string) {
    const address = parseAddress(request.url);
    if (address && (address.isLoopback || this.#allowed.has(address.origin))) {
      await this.#devTools.send('Fetch.continueRequest', { requestId }, { sessionId });
      return;
    }
    this.#notice(
      address
        ? `The page wanted to go to ${short(request.url)}, which is not on this machine, and was stopped. open_page asks the user for it.`
        : `The page wanted to go to ${short(request.url)}, which is no web page, and was stopped.`,
    );
    // The page stays where it is.
    await this.#devTools.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }, { sessionId });
  }

  #notice(text: string): void {
    if (this.#notices.length < mostNotices && !this.#notices.includes(text)) this.#notices.push(text);
  }

  /** What it was for may be gone already: a page that has left, a frame that was removed. */
  #unowned(work: Promise<unknown>): void {
    work.catch(() => undefined);
  }
}

interface Clip {
  x: number;
  y: number;
  width: number;
  height: number;
  scale: number;
}

type SendToPage = <Name extends Parameters<DevTools['send']>[0]>(
  method: Name,
  params: Parameters<typeof DevTools.prototype.send<Name>>[1],
  timeoutMs?: number,
) => ReturnType<typeof DevTools.prototype.send<Name>>;

/** What is new waits until it is known: nothing runs in it before. */
const attachToAll = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };

function short(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}

function waitMs(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
