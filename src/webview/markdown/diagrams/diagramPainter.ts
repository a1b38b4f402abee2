import { t } from '../../ui/l10n.ts';
import { type DiagramLook, readDiagramLook } from './diagramLook.ts';
import { drawDiagram, mostCharacters } from './drawDiagram.ts';
import { safeDiagram } from './safeSvg.ts';

/**
 * Lines of a diagram that is drawn unasked. Laying out hundreds of nodes takes seconds, in which the view stands still:
 * measured up to 0.5 s for this many, and 3 s for 400 nodes of a mind map.
 */
const mostLines = 80;
/** Diagrams that are kept for when their block is drawn again. */
const mostKept = 40;

/** Draws diagrams below the code that describes them, one after the other, those first that come near what is seen. */
export class DiagramPainter {
  readonly #waiting = new Set<HTMLElement>();
  readonly #near: IntersectionObserver;
  /** By source; the longest unused first. */
  readonly #kept = new Map<string, HTMLElement>();
  #look: DiagramLook;
  #isDrawing = false;

  constructor() {
    this.#look = readDiagramLook(document);
    this.#near = new IntersectionObserver(entries => this.#cameNear(entries), { rootMargin: '800px 0px' });
    const restyle = new MutationObserver(() => requestAnimationFrame(() => this.#restyle()));
    restyle.observe(document.body, { attributeFilter: ['class'] });
    restyle.observe(document.documentElement, { attributeFilter: ['style'] });
  }

  show(code: HTMLElement): void {
    const block = code.closest<HTMLElement>('.code-block');
    if (!block || block.querySelector(':scope > .diagram')) return;
    const kept = this.#kept.get(code.textContent);
    if (kept?.isConnected === false) this.#put(kept, block);
    else if (code.textContent.length > mostCharacters)
      this.#put(note(t('This diagram is too large to be drawn.')), block);
    else if (code.textContent.split('\n').length > mostLines) this.#offer(block);
    else this.#near.observe(block);
  }

  #offer(block: HTMLElement): void {
    const draw = document.createElement('button');
    draw.textContent = t('Draw It');
    draw.addEventListener('click', () => {
      draw.disabled = true;
      this.#wait(block);
    });
    this.#put(note(t('Drawing a diagram of this length may take seconds.'), draw), block);
  }

  #cameNear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      this.#near.unobserve(target);
      this.#wait(target);
    }
  }

  #wait(block: HTMLElement): void {
    this.#waiting.add(block);
    if (!this.#isDrawing) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isDrawing = true;
    for (const block of this.#waiting) {
      this.#waiting.delete(block);
      // A frame for the reader between two of them.
      await new Promise(resolve => void requestIdleCallback(resolve, { timeout: 200 }));
      const source = block.querySelector('code')?.textContent ?? '';
      if (block.isConnected) this.#put(await this.#drawn(source, block), block);
    }
    this.#isDrawing = false;
  }

  #put(host: HTMLElement, block: HTMLElement): void {
    const source = block.querySelector('code')?.textContent ?? '';
    this.#kept.delete(source);
    this.#kept.set(source, host);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    block.querySelector(':scope > .diagram')?.remove();
    block.append(host);
  }

  /** The element of a diagram; one that says why there is none where it cannot be drawn. */
  async #drawn(source: string, block: HTMLElement): Promise<HTMLElement> {
    const { host, shadow } = emptyHost();
    const stage = document.createElement('div');
    stage.className = 'diagram-stage';
    stage.style.inlineSize = `${Math.max(block.clientWidth, 480)}px`;
    stage.inert = true;
    document.body.append(stage);
    try {
      const { kind, svg } = await drawDiagram(source, this.#look, stage);
      const safe = safeDiagram(svg, this.#look);
      if (!safe) return note(t('This diagram is too large to be drawn.'));
      shadow.adoptedStyleSheets = [safe.styles, ownStyles(safe.width)];
      shadow.append(safe.svg);
      host.setAttribute('role', 'img');
      host.setAttribute('tabindex', '0');
      host.setAttribute('aria-label', safe.title || t('Diagram: {0}', kind.replace(/-v\d+$/, '')));
      host.setAttribute('aria-description', safe.description || t('Up arrow: what can be done with it'));
    } catch (error) {
      return note(t('This diagram can’t be drawn: {0}', firstLine(error)));
    } finally {
      stage.remove();
    }
    return host;
  }

  /** Draws anew what is shown, where the theme is another. */
  #restyle(): void {
    const look = readDiagramLook(document);
    if (JSON.stringify(look) === JSON.stringify(this.#look)) return;
    this.#look = look;
    this.#kept.clear();
    for (const diagram of document.querySelectorAll('.diagram[role]')) {
      const block = diagram.closest<HTMLElement>('.code-block');
      if (!block) continue;
      this.#near.observe(block);
    }
  }
}

/** What is drawn stands in a root of its own, and is no part of the text that is searched and copied. */
function emptyHost(): { host: HTMLElement; shadow: ShadowRoot } {
  const host = document.createElement('div');
  host.className = 'diagram';
  return { host, shadow: host.attachShadow({ mode: 'open' }) };
}

/** Stands below the source of a diagram that is not drawn. */
function note(sentence: string, ...buttons: HTMLElement[]): HTMLElement {
  const { host, shadow } = emptyHost();
  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    button { border: 0; padding: 0; background: none; color: var(--vscode-textLink-foreground); font: inherit; cursor: pointer; }
    button:hover { text-decoration: underline; }
    button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
    button:disabled { color: inherit; cursor: default; text-decoration: none; }
  `);
  shadow.adoptedStyleSheets = [styles];
  const words = document.createElement('span');
  words.textContent = sentence;
  shadow.append(words, ...buttons.flatMap(button => [' ', button]));
  return host;
}

/** As wide as its words want to be where there is room, and down to what can still be read where there is not. */
function ownStyles(width: number): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `svg { display: block; margin: 0 auto; width: ${Math.ceil(width)}px; max-width: max(100%, ${Math.ceil(width * leastScale)}px); height: auto; }`,
  );
  return sheet;
}

const leastScale = 0.6;

function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line.replace(/:$/, '');
}
