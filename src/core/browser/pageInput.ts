import type { DevTools } from './devTools.ts';
import { type Chord, type Key, keyFor, parseChords, shiftBit } from './keys.ts';

/** A place of the page's window, in CSS pixels. */
export interface Point {
  x: number;
  y: number;
}

export type MouseButton = 'left' | 'right' | 'middle';

/** The bit of each button among those that are held. */
const buttonBits = { left: 1, right: 2, middle: 4 } as const;

/** Milliseconds between the repetitions of a key that is held. */
const repeatMs = 50;
/** Steps of a drag, so that the page sees movement. */
const dragSteps = 10;

/** A hand on mouse and keyboard of one page. */
export class PageInput {
  readonly #devTools: DevTools;
  readonly #sessionId: string;
  #pointer: Point = { x: 0, y: 0 };
  #held = 0;

  constructor(devTools: DevTools, sessionId: string) {
    this.#devTools = devTools;
    this.#sessionId = sessionId;
  }

  get pointer(): Point {
    return this.#pointer;
  }

  async move(to: Point, modifiers = 0): Promise<void> {
    this.#pointer = to;
    const button = this.#held === buttonBits.left ? 'left' : 'none';
    await this.#mouse({ type: 'mouseMoved', button, buttons: this.#held, modifiers });
  }

  /** `count`: 2 for a double click. `held`: names of keys such as `ctrl+shift`. */
  async click(at: Point, { button, count, held }: { button: MouseButton; count: number; held: string }): Promise<void> {
    const chords = parseChords(held);
    const modifiers = chords.reduce((all, chord) => all | chord.modifiers, 0);
    for (const chord of chords) await this.#down(chord);
    await this.move(at, modifiers);
    for (let clickCount = 1; clickCount <= count; clickCount++) {
      await this.press(button, { clickCount, modifiers });
      await this.release(button, { clickCount, modifiers });
    }
    for (const chord of chords.toReversed()) await this.#up(chord);
  }

  async press(button: MouseButton, { clickCount = 1, modifiers = 0 } = {}): Promise<void> {
    const held = this.#held | buttonBits[button];
    await this.#mouse({ type: 'mousePressed', button, buttons: held, clickCount, modifiers });
    // Not where the page did not answer: it has not seen it.
    this.#held = held;
  }

  async release(button: MouseButton, { clickCount = 1, modifiers = 0 } = {}): Promise<void> {
    this.#held &= ~buttonBits[button];
    await this.#mouse({ type: 'mouseReleased', button, buttons: this.#held, clickCount, modifiers });
  }

  async drag(from: Point, to: Point): Promise<void> {
    await this.move(from);
    await this.press('left');
    for (let step = 1; step <= dragSteps; step++) {
      const part = step / dragSteps;
      await this.move({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
    }
    await this.release('left');
  }

  /** `deltaX` and `deltaY` in CSS pixels: to the right and down. */
  async scroll(at: Point, { deltaX, deltaY, held }: { deltaX: number; deltaY: number; held: string }): Promise<void> {
    const modifiers = parseChords(held).reduce((all, chord) => all | chord.modifiers, 0);
    this.#pointer = at;
    await this.#mouse({ type: 'mouseWheel', deltaX, deltaY, modifiers });
  }

  /** Types as a person would: keys where there are keys, and what an input method writes as one. */
  async type(text: string): Promise<void> {
    for (const part of text.replace(/\r\n?/g, '\n').match(typedParts) ?? []) {
      const key = keyFor(part);
      if (key) await this.#stroke({ modifiers: key.isShifted === true ? shiftBit : 0, held: [], key });
      else await this.#compose(part);
    }
  }

  /** Presses chords one after the other, such as `ctrl+a Delete`. */
  async key(text: string): Promise<void> {
    for (const chord of parseChords(text)) await this.#stroke(chord);
  }

  async hold(text: string, durationMs: number, wait: (ms: number) => Promise<void>): Promise<void> {
    const chords = parseChords(text);
    for (const chord of chords) await this.#down(chord);
    try {
      for (let passed = 0; passed < durationMs; passed += repeatMs) {
        await wait(Math.min(repeatMs, durationMs - passed));
        for (const { key, modifiers } of chords) if (key) await this.#key('down', key, modifiers, true);
      }
    } finally {
      for (const chord of chords.toReversed()) await this.#up(chord);
    }
  }

  async #stroke(chord: Chord): Promise<void> {
    await this.#down(chord);
    await this.#up(chord);
  }

  async #down({ held, key, modifiers }: Chord): Promise<void> {
    for (const modifier of held) await this.#key('down', modifier, modifiers);
    if (key) await this.#key('down', key, modifiers);
  }

  async #up({ held, key, modifiers }: Chord): Promise<void> {
    if (key) await this.#key('up', key, modifiers);
    for (const modifier of held.toReversed()) await this.#key('up', modifier, 0);
  }

  /** As an input method does: a composition that is shown, and then taken. */
  async #compose(text: string): Promise<void> {
    const end = text.length;
    await this.#send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end });
    await this.#send('Input.insertText', { text });
  }

  async #key(way: 'down' | 'up', key: Key, modifiers: number, autoRepeat = false): Promise<void> {
    // With Shift alone a key still writes.
    const writes = way === 'down' && key.text !== undefined && (modifiers & ~shiftBit) === 0;
    const commands = way === 'down' ? editing(key, modifiers) : [];
    await this.#send('Input.dispatchKeyEvent', {
      type: way === 'up' ? 'keyUp' : writes ? 'keyDown' : 'rawKeyDown',
      modifiers,
      key: key.key,
      code: key.code,
      windowsVirtualKeyCode: key.keyCode,
      ...(writes && { text: key.text, unmodifiedText: key.text }),
      ...(commands.length > 0 && { commands }),
      autoRepeat,
    });
  }

  #mouse(event: Omit<MouseEventParams, 'x' | 'y'>): Promise<unknown> {
    return this.#send('Input.dispatchMouseEvent', { ...this.#pointer, ...event });
  }

  #send: DevTools['send'] = (method, params) => this.#devTools.send(method, params, { sessionId: this.#sessionId });
}

type MouseEventParams = Parameters<typeof DevTools.prototype.send<'Input.dispatchMouseEvent'>>[1];

/** A letter, sign or space that has a key, or a run of those that have none: one composition. */
const typedParts = /[\n\t\x20-\x7e]|[^\n\t\x20-\x7e]+/g;

/** macOS does these in the program and not in the page; elsewhere the page knows the keys itself. */
function editing({ code }: Key, modifiers: number): string[] {
  const command = commandKeys[code];
  return command !== undefined && modifiers === commandBit ? [command] : [];
}

const commandBit = 4;
const commandKeys: Record<string, string> = {
  KeyA: 'selectAll',
  KeyC: 'copy',
  KeyV: 'paste',
  KeyX: 'cut',
  KeyZ: 'undo',
};
