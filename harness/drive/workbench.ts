import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { eventually, patience } from './eventually.ts';

/** The editor as a person uses it: keys, mouse and what stands on the screen. */
export class Workbench {
  readonly page: Page;
  /** Since the window was loaded no page of a chat has been seen to stay. */
  #isFresh = true;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the workbench can be used. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.statusbar-item').first().waitFor({ timeout: patience });
    // The file icons come with the extension host's answer: from here on commands reach it.
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: patience });
  }

  /** Runs a command by its whole title, such as `Marginalia: Open Chat`. */
  async command(title: string): Promise<void> {
    await this.#choose('F1', `>${title}`, exactly(title));
  }

  /** Opens a file of the workspace by its path. */
  async openFile(path: string): Promise<void> {
    await this.showFile(path);
    await this.editor.waitFor({ timeout: patience });
  }

  /** Opens a file in whatever shows it, such as a notebook. */
  async showFile(path: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    await this.#choose('Control+P', path, exactly(name));
    await this.page.locator('.tabs-container .tab.active', { hasText: name }).waitFor({ timeout: patience });
  }

  get editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  /** Puts the cursor at the start of a line, 1-based, and the keyboard into the editor. */
  async goToLine(line: number): Promise<void> {
    await this.#choose('Control+G', `:${line}`, `line ${line}`);
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line},` }).waitFor({ timeout: patience });
    await this.page.locator('.editor-instance .monaco-editor.focused').first().waitFor({ timeout: patience });
  }

  /** Selects whole lines, 1-based and inclusive. */
  async selectLines(first: number, last: number): Promise<void> {
    await this.goToLine(first);
    await this.page.keyboard.press('Home');
    for (let line = first; line <= last; line++) await this.page.keyboard.press('Shift+ArrowDown');
    const end = new RegExp(`^Ln ${last + 1}, Col 1 \\(\\d+ selected\\)`);
    await this.page.locator('.statusbar-item', { hasText: end }).waitFor({ timeout: patience });
  }

  /** The box that asks for a text, such as a key. */
  async textInput(): Promise<Locator> {
    const input = this.page.locator('.quick-input-widget:visible input.input').first();
    await input.waitFor({ timeout: patience });
    return input;
  }

  get #box(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input').first();
  }

  /**
   * Opens the box with a key, types, and takes the entry once it is offered. Begins again where the workbench was busy
   * and lost the key, or did not know the entry yet. Enter takes the entry as soon as it stands first; where another one
   * keeps standing first, such as a longer title that was used lately, it is clicked.
   */
  async #choose(key: string, typed: string, entry: string | RegExp): Promise<void> {
    const label = this.page.locator('.label-name', { hasText: entry });
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ has: label }).first();
    const first = row.and(this.page.locator('.focused'));
    await eventually(async () => {
      try {
        if (!(await this.#box.isVisible())) await this.page.keyboard.press(key);
        await this.#box.fill(typed, { timeout: 2_000 });
        await row.waitFor({ timeout: 3_000 });
        const isFirst = await first.waitFor({ timeout: 500 }).then(
          () => true,
          () => false,
        );
        // The box closes where something that has just been loaded takes the keyboard; hidden, it would swallow the key.
        assert.ok(await row.isVisible(), 'the box has closed');
        if (isFirst) await this.#enter();
        else await row.click({ timeout: 3_000 });
      } catch (error) {
        // Where the box has closed by itself, the key would drop what is selected in the file behind it.
        if (await this.#box.isVisible()) await this.#box.press('Escape', { timeout: 2_000 });
        throw error;
      }
    });
    // A command may open a box of its own; until the entry is gone, keys would still go to the list.
    await eventually(async () => assert.equal(await row.isVisible(), false, 'the entry still stands there'));
  }

  /** Presses Enter in the box, and makes sure that the key came there: a page that begins may take it in between. */
  async #enter(): Promise<void> {
    await this.#box.evaluate(
      box => {
        delete box.dataset['entered'];
        box.addEventListener('keydown', () => (box.dataset['entered'] = 'yes'), { capture: true, once: true });
      },
      undefined,
      // It may have closed by now.
      { timeout: 2_000 },
    );
    await this.#box.press('Enter', { timeout: 2_000 });
    const boxes = this.page.locator('.quick-input-box input[data-entered]');
    assert.ok((await boxes.count()) > 0, 'something else took the key');
    await boxes.evaluateAll(all => all.forEach(box => delete box.dataset['entered']));
  }

  /** Takes an entry of the list that a command has opened. */
  async pick(entry: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first().click();
  }

  /** Opens the lightbulb's menu at the cursor once it offers `action`. */
  async openLightbulb(action: string): Promise<void> {
    const row = this.page.locator('.action-widget .monaco-list-row', { hasText: action });
    // Not Escape between two tries: it would also drop the selection.
    await eventually(async () => {
      await this.page.keyboard.press('Control+.');
      await row.waitFor({ timeout: 3_000 });
    });
  }

  /** Waits for a message of the editor. With its test driver on it shows none by itself, only in their list. */
  async notification(text: string): Promise<void> {
    const message = this.page.locator('.notifications-center .notification-list-item', { hasText: text });
    await eventually(async () => {
      if (await message.first().isVisible()) return;
      await this.command('Notifications: Show Notifications');
      await message.first().waitFor({ timeout: 3_000 });
    });
    await this.page.keyboard.press('Escape');
  }

  /** Shows the Problems panel and gives its rows. */
  async problems(): Promise<Locator> {
    if (!(await this.page.locator('.markers-panel').isVisible()))
      await this.command('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  /** Waits for a row of the Problems panel; in between the editor may show its comments in that place. */
  async problem(text: string | RegExp): Promise<Locator> {
    return eventually(async () => {
      const row = (await this.problems()).filter({ hasText: text }).first();
      await row.waitFor({ timeout: 3_000 });
      return row;
    });
  }

  /** Shows all conversations, in the chat that was used last. */
  async openHistory(): Promise<HistoryView> {
    await this.command('Marginalia: Open Conversation…');
    return eventually(async () => {
      for (const frame of this.page.frames()) {
        const history = new HistoryView(frame);
        if (await history.panel.isVisible().catch(() => false)) return history;
      }
      throw new Error('The conversations are not there.');
    });
  }

  /** Opens a conversation from the list, or presses a button of its row. */
  async openConversation(title: string, button?: string): Promise<void> {
    const history = await this.openHistory();
    if (button === undefined) await history.row(title).first().click();
    else await history.press(title, button);
  }

  /** The comment threads that are open in the editor. */
  get commentThreads(): Locator {
    return this.page.locator('.review-widget');
  }

  /** Changes the user's settings where a person would, in their file: nothing watches it from outside. */
  async changeSettings(added: Record<string, unknown>): Promise<void> {
    await this.command('Preferences: Open User Settings (JSON)');
    const tab = this.page.locator('.tabs-container .tab.active', { hasText: 'settings.json' });
    await tab.waitFor({ timeout: patience });
    await this.editor.locator('.view-line', { hasText: 'marginalia.baseUrl' }).waitFor({ timeout: patience });
    await this.editor.click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+C');
    const settings: unknown = JSON.parse(await this.page.evaluate('navigator.clipboard.readText()'));
    const text = JSON.stringify({ ...(settings as object), ...added }, undefined, 2);
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.page.keyboard.press('Control+V');
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tabs-container .tab.active:not(.dirty)').waitFor({ timeout: patience });
    await this.command('View: Close Editor');
    await tab.waitFor({ state: 'hidden', timeout: patience });
  }

  /**
   * As `reload`, with the tabs as they are. The editor in a browser writes down every few seconds what is open: waits
   * until that matches every one of `signs`.
   */
  async reloadWithTabs(...signs: RegExp[]): Promise<void> {
    await eventually(async () => {
      const written = await this.page.evaluate<string>(writtenTabs);
      for (const sign of signs) assert.match(written, sign);
    });
    await this.reload();
  }

  /** Loads the window anew, as "Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    this.#isFresh = true;
    await this.ready();
  }

  /** The chat, with the keyboard in its message: by a click where the one beside the editor is open already. */
  async openChat(): Promise<Chat> {
    const open = await this.#chats();
    const [only] = open.length === 1 ? open : [];
    const isThere = only !== undefined && (await this.#isIn('auxiliarybar', only)) && (await clicked(only.box));
    if (!isThere) await this.command('Marginalia: Open Chat');
    return this.chat();
  }

  /** Begins a conversation in the chat that was used last. */
  async newConversation(): Promise<Chat> {
    await this.command('Marginalia: New Conversation');
    const chat = await this.chat();
    await chat.frame.getByRole('heading', { name: 'Ask about your code' }).waitFor();
    // It takes the keyboard, which would close a list that is opened meanwhile.
    await chat.until(`document.hasFocus() && document.activeElement?.id === 'composer'`);
    return chat;
  }

  /** The list of requests, once it is open and shows one. */
  async inspector(): Promise<Frame> {
    await this.command('Marginalia: Show Requests');
    return eventually(async () => {
      for (const frame of this.page.frames()) {
        if (
          await frame
            .locator('.exchange')
            .first()
            .isVisible()
            .catch(() => false)
        )
          return frame;
      }
      throw new Error('The list of requests is not there.');
    });
  }

  /** The page of a view or a panel that shows `text`. */
  async frameWith(text: string | RegExp): Promise<Frame> {
    return eventually(async () => {
      for (const frame of this.page.frames()) {
        const found = frame.getByText(text).first();
        if (frame !== this.page.mainFrame() && (await found.isVisible().catch(() => false))) return frame;
      }
      throw new Error(`No page shows ${text}.`);
    });
  }

  /** The chat view, once it can be typed into; wherever there is one, a chat in a tab. */
  async chat(): Promise<Chat> {
    return this.#staying(async () => {
      const [chat] = await this.#chats();
      return chat;
    }, 'The chat view is not there.');
  }

  /** The chat in the part of the window that is meant, once it can be typed into. */
  async chatIn(part: 'editor' | 'auxiliarybar'): Promise<Chat> {
    return this.#staying(async () => {
      for (const chat of await this.#chats()) if (await this.#isIn(part, chat)) return chat;
      return undefined;
    }, `There is no chat in the part ${part}.`);
  }

  /** What `find` finds, once it is a page that stays. */
  async #staying(find: () => Promise<Chat | undefined>, missing: string): Promise<Chat> {
    return eventually(async () => {
      const chat = await find();
      if (!chat) throw new Error(missing);
      if (!this.#isFresh) return chat;
      // The editor may load the first page of a window twice, and the second one takes the keyboard from whatever has it:
      // after half a second, longer where all is slower. So it is asked for its age by its own clock.
      const age = await chat.frame.evaluate<number>('performance.now()');
      if (age < Math.max(1_000, patience / 20)) throw new Error('The chat may still be loaded once more.');
      this.#isFresh = false;
      return chat;
    });
  }

  async #isIn(part: 'editor' | 'auxiliarybar', chat: Chat): Promise<boolean> {
    const area = await this.page.locator(`.part.${part}`).boundingBox();
    const box = await chat.box.boundingBox();
    return area !== null && box !== null && box.x >= area.x && box.x + box.width <= area.x + area.width;
  }

  async #chats(): Promise<Chat[]> {
    const chats: Chat[] = [];
    for (const frame of this.page.frames()) {
      // The source control view asks for a message, too.
      if (frame === this.page.mainFrame()) continue;
      const box = frame.getByRole('textbox', { name: 'Message' });
      if (await box.isVisible().catch(() => false)) chats.push(new Chat(this.page, frame));
    }
    return chats;
  }
}

/** All conversations, in a page of the chat. */
export class HistoryView {
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  get panel(): Locator {
    return this.frame.getByRole('region', { name: 'Conversations' });
  }

  get search(): Locator {
    return this.panel.getByRole('textbox', { name: 'Search titles and contents' });
  }

  get rows(): Locator {
    return this.panel.getByRole('listitem');
  }

  row(title: string): Locator {
    return this.rows.filter({ hasText: title });
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  /** Presses a button of a row. */
  async press(title: string, button: string): Promise<void> {
    await this.row(title).first().hover();
    await this.row(title).first().getByRole('button', { name: button, exact: true }).click();
  }
}

/** The chat view. */
export class Chat {
  readonly page: Page;
  readonly frame: Frame;

  constructor(page: Page, frame: Frame) {
    this.page = page;
    this.frame = frame;
  }

  get box(): Locator {
    return this.frame.getByRole('textbox', { name: 'Message' });
  }

  /** Waits until an expression holds in the page. Not by the driver's own way: the page forbids what that does from its second try on. */
  async until(expression: string): Promise<void> {
    await eventually(async () => assert.ok(await this.frame.evaluate(`Boolean(${expression})`), expression));
  }

  /**
   * Clicks into the message and waits until the editor knows that the page has the keyboard: from then on keys reach the
   * commands that are bound to it. The frame around the page looks for that four times a second and shows it nowhere;
   * so two rounds of its own clock are waited for, which is late where the frame is.
   */
  async takeKeyboard(): Promise<void> {
    await this.box.click();
    await this.frame.parentFrame()?.evaluate('new Promise(done => setTimeout(() => setTimeout(done, 250), 250))');
  }

  get log(): Locator {
    return this.frame.getByRole('log', { name: 'Conversation' });
  }

  get questions(): Locator {
    return this.frame.getByRole('article', { name: 'You' });
  }

  get answers(): Locator {
    return this.frame.getByRole('article', { name: 'Assistant' });
  }

  get sendButton(): Locator {
    return this.frame.getByRole('button', { name: 'Send', exact: true });
  }

  get stopButton(): Locator {
    return this.frame.getByRole('button', { name: 'Stop', exact: true });
  }

  /** Goes up to the first turn, which is in the document only near what is seen. */
  async showStart(): Promise<void> {
    await this.frame.evaluate(`{
      const box = document.querySelector('.scroller');
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
      box.scrollTop = 0;
    }`);
  }

  /** Back to the end, as the button at the bottom does. */
  async showEnd(): Promise<void> {
    await this.frame.getByRole('button', { name: 'Latest' }).click();
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  /** Types, sends with Enter, and waits until the question and its answer-to-be stand in the conversation. */
  async ask(text: string): Promise<void> {
    await this.box.click();
    await this.page.keyboard.type(text);
    await this.#send();
  }

  /** As `ask`, but the text is there at once, however long it is. */
  async askAtOnce(text: string): Promise<void> {
    await this.box.fill(text);
    await this.#send();
  }

  async #send(): Promise<void> {
    const before = await this.turnCount();
    await this.page.keyboard.press('Enter');
    await this.answerAfter(before);
  }

  /** Of the conversation: turns far from what is seen are not in the document. */
  async turnCount(): Promise<number> {
    return Number(await this.frame.evaluate(`document.querySelector('article')?.getAttribute('aria-setsize') ?? 0`));
  }

  /** Waits for an answer behind the first `turns` turns. */
  async answerAfter(turns: number): Promise<void> {
    const placeOfLast = `Number([...document.querySelectorAll('article.answer')].at(-1)?.ariaPosInSet ?? 0)`;
    await eventually(async () => assert.ok(Number(await this.frame.evaluate(placeOfLast)) > turns, 'no new answer'));
  }

  /** Pastes a file into the message, as from the clipboard. */
  async paste(name: string, base64: string): Promise<void> {
    await this.box.click();
    // As text: the page's types are not those of the tests.
    await this.frame.evaluate(`{
      const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), character => character.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], ${JSON.stringify(name)}, { type: 'image/png' }));
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(paste);
    }`);
  }

  /** Waits until the last answer has ended. */
  async idle(): Promise<void> {
    await this.stopButton.waitFor({ state: 'hidden', timeout: 60_000 });
    await this.frame.locator('article[aria-busy=true]').waitFor({ state: 'hidden', timeout: patience });
  }
}

/** What the editor has written down of the tabs of this window, as one text. As text: the page's types are not those of the tests. */
const writtenTabs = `(async () => {
  const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db-') || name.endsWith('-global')) continue;
    const database = await done(indexedDB.open(name));
    texts.push(await done(database.transaction('ItemTable').objectStore('ItemTable').get('memento/workbench.parts.editor')));
    database.close();
  }
  return texts.join();
})()`;

/** Whether it could be clicked: a page that is about to be replaced goes away in between. */
async function clicked(locator: Locator): Promise<boolean> {
  return locator.click({ timeout: 2_000 }).then(
    () => true,
    () => false,
  );
}

/** Matches a label that is this text and no more. */
function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
