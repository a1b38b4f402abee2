import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

export interface Violation {
  id: string;
  targets: string[];
}

/**
 * What axe finds wrong with a page. `behind`: the editor's colour that shows through it, which axe would take for
 * white. `rules`: all, or those that another theme can break.
 */
export async function violations(
  frame: Frame,
  behind: 'sideBar' | 'editor',
  rules: 'all' | 'colours' = 'all',
): Promise<Violation[]> {
  await frame.evaluate(`document.documentElement.style.background = 'var(--vscode-${behind}-background)'`);
  if (!(await frame.evaluate<boolean>(`'axe' in globalThis`))) await frame.evaluate(axe.source);
  const options = rules === 'all' ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] };
  const found: unknown = await frame.evaluate(`
    axe.run(document.body, ${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, nodes }) => ({
      id,
      targets: nodes.map(node => node.html.slice(0, 120) + ' ' + node.any.map(({ message }) => message).join('; ')),
    })))`);
  return found as Violation[];
}

export interface Walk {
  /** What the keyboard reached, in its order. */
  reached: string[];
  /** What can be used and was not reached. */
  missed: string[];
  /** What was reached before something that stands above it. */
  outOfOrder: string[];
  /** What does not show that it has the keyboard. */
  unseen: string[];
}

/** Goes through a page with Tab from its first control to the end. */
export async function walk(page: Page, frame: Frame): Promise<Walk> {
  await frame.evaluate(walker);
  // The first Tab tells the browser that it is the keyboard that moves; the walk begins once more from the start.
  for (const key of ['Tab', 'Shift+Tab']) await page.keyboard.press(key);
  await frame.evaluate('walk.begin()');
  for (let steps = 0; steps < 200 && (await frame.evaluate('walk.note()')); steps++) await page.keyboard.press('Tab');
  const walked: unknown = await frame.evaluate('walk.end()');
  return walked as Walk;
}

/** As text: what runs in the page has the page's types. */
const walker = `{
  const usable = 'a[href], button, input, select, textarea, summary, vscode-button, [tabindex]';
  const isUsable = element =>
    !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true });
  const name = element => {
    const text = element.getAttribute('aria-label') ?? element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 40);
    return element.localName + ' ' + (text || element.id);
  };
  const hasOutline = element => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && !/, 0\\)$|^transparent$/.test(outlineColor);
  };
  const showsFocus = element => {
    const inner = element.shadowRoot ? [...element.shadowRoot.querySelectorAll('*')] : [];
    if ([element, ...inner].some(hasOutline)) return true;
    // Fields show it with the colour of a border, the composer with the one around all that belongs to it.
    const border = () => [element, element.closest('.composer') ?? element].map(box => getComputedStyle(box).borderColor).join();
    const focused = border();
    element.blur();
    const changes = border() !== focused;
    element.focus();
    return changes;
  };
  const reached = [];
  const unseen = [];
  globalThis.walk = {
    begin: () => [...document.querySelectorAll(usable)].filter(isUsable)[0].focus(),
    note: () => {
      const element = document.activeElement;
      if (!document.hasFocus() || element === document.body || reached.includes(element)) return false;
      reached.push(element);
      if (!showsFocus(element)) unseen.push(name(element));
      return true;
    },
    end: () => ({
      reached: reached.map(name),
      missed: [...document.querySelectorAll(usable)].filter(element => isUsable(element) && !reached.includes(element)).map(name),
      // What has left the page, as “Latest” does once the keyboard has gone on, stands nowhere.
      outOfOrder: reached
        .filter(element => element.isConnected)
        .filter((element, index, reached) => index > 0 && reached[index - 1].compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING)
        .map(name),
      unseen,
    }),
  };
}`;
