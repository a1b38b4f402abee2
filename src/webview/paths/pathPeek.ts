import { lineRange } from '../../shared/turnMarkdown.ts';
import type { CompositionGuard } from '../ui/composition.ts';
import type { Ask } from '../requests.ts';
import { linkable, placeOfLink } from '../blocks/clicks.ts';

/** Milliseconds that the pointer or the keyboard rests on a link first. */
const restMs = 350;
/** Pixels between the link and what is shown of its file. */
const gap = 4;

export interface PeekPorts {
  ask: Ask;
  composition: CompositionGuard;
  /** See Surroundings. */
  paint: (code: HTMLElement, language: string) => void;
}

/** Shows the lines that a link in an answer leads to while the pointer or the keyboard is on it. Escape takes them away. */
export class PathPeek {
  readonly #ports: PeekPorts;
  #link: HTMLElement | undefined;
  #shown: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What a tooltip would say as well. */
  #title = '';

  constructor(ports: PeekPorts) {
    this.#ports = ports;
  }

  listen(root: HTMLElement): void {
    const enter = ({ target }: Event): void => this.#enter(linkAround(target));
    root.addEventListener('pointerover', enter);
    root.addEventListener('focusin', event => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) enter(event);
    });
    root.addEventListener('pointerout', event => {
      if (linkAround(event.relatedTarget) !== this.#link) this.#leave();
    });
    root.addEventListener('focusout', () => this.#leave());
    root.addEventListener('pointerdown', () => this.#leave());
    // What the keyboard comes to is scrolled into sight first.
    const scrolled = (): void => {
      if (this.#shown) this.#leave();
    };
    root.addEventListener('scroll', scrolled, { capture: true, passive: true });
    // Before the view's own Escape, which stops an answer.
    document.addEventListener(
      'keydown',
      event => {
        if (event.key !== 'Escape' || !this.#shown || this.#ports.composition.owns(event)) return;
        event.stopPropagation();
        event.preventDefault();
        this.#leave();
      },
      { capture: true },
    );
  }

  #enter(link: HTMLElement | undefined): void {
    if (!link || link === this.#link) return;
    this.#leave();
    this.#link = link;
    this.#title = link.title;
    link.title = '';
    this.#timer = setTimeout(() => void this.#show(link), restMs);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#shown?.remove();
    this.#shown = undefined;
    this.#link?.removeAttribute('aria-describedby');
    if (this.#link) this.#link.title = this.#title;
    this.#link = undefined;
  }

  async #show(link: HTMLElement): Promise<void> {
    const found = placeOfLink(link);
    if (!found) return;
    const question =
      'symbol' in found
        ? ({ type: 'peekSymbol', name: found.symbol } as const)
        : ({ type: 'peekPath', ...found } as const);
    const peek = await this.#ports.ask(question).catch(() => null);
    if (!peek || this.#link !== link || !link.isConnected || !link.matches(':hover, :focus')) return;
    const shown = document.createElement('div');
    shown.className = 'path-peek';
    shown.id = 'path-peek';
    shown.setAttribute('role', 'tooltip');
    const head = document.createElement('div');
    head.className = 'path-peek-head';
    const lines = peek.code.split('\n').length;
    head.textContent = `${peek.path}:${lineRange(peek.startLine, peek.startLine + lines - 1)}`;
    const code = document.createElement('code');
    code.textContent = peek.code;
    const text = document.createElement('pre');
    text.append(code);
    shown.append(head, text);
    document.body.append(shown);
    this.#shown = shown;
    link.setAttribute('aria-describedby', shown.id);
    place(shown, link);
    this.#ports.paint(code, peek.language);
  }
}

function linkAround(target: EventTarget | null): HTMLElement | undefined {
  const link = target instanceof Element ? target.closest(`:is(${linkable})[role="link"]`) : null;
  return link instanceof HTMLElement ? link : undefined;
}

/** Below the link where there is room, else above it; never over it. */
function place(shown: HTMLElement, link: HTMLElement): void {
  const [line] = link.getClientRects();
  if (!line) return;
  const { width, height } = shown.getBoundingClientRect();
  const isBelow = line.bottom + gap + height <= innerHeight || line.top < innerHeight / 2;
  shown.style.top = `${isBelow ? line.bottom + gap : Math.max(0, line.top - gap - height)}px`;
  shown.style.left = `${Math.max(gap, Math.min(line.left, innerWidth - width - gap))}px`;
  if (isBelow) shown.style.maxHeight = `${innerHeight - line.bottom - 2 * gap}px`;
}
