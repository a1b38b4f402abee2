import { BrowserError } from './browserError.ts';

/** A key as the browser knows it. */
export interface Key {
  key: string;
  code: string;
  /** The Windows virtual key code. */
  keyCode: number;
  /** What it writes; absent where it writes nothing. */
  text?: string;
  /** Whether Shift is held for it. */
  isShifted?: boolean;
}

/** A key with the modifiers that are held meanwhile. */
export interface Chord {
  modifiers: number;
  held: Key[];
  key?: Key;
}

interface Modifier extends Key {
  bit: number;
}

const control: Modifier = { key: 'Control', code: 'ControlLeft', keyCode: 17, bit: 2 };
const shift: Modifier = { key: 'Shift', code: 'ShiftLeft', keyCode: 16, bit: 8 };
const alt: Modifier = { key: 'Alt', code: 'AltLeft', keyCode: 18, bit: 1 };
const meta: Modifier = { key: 'Meta', code: 'MetaLeft', keyCode: 91, bit: 4 };

export const shiftBit = shift.bit;

/** By the names of xdotool, which models use, and those of the web. */
const modifiers: Record<string, Modifier> = {
  ctrl: control,
  control,
  control_l: control,
  control_r: control,
  shift,
  shift_l: shift,
  shift_r: shift,
  alt,
  alt_l: alt,
  alt_r: alt,
  option: alt,
  meta,
  meta_l: meta,
  super: meta,
  super_l: meta,
  cmd: meta,
  command: meta,
  win: meta,
};

const named: Record<string, Key> = {
  return: { key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' },
  tab: { key: 'Tab', code: 'Tab', keyCode: 9 },
  escape: { key: 'Escape', code: 'Escape', keyCode: 27 },
  space: { key: ' ', code: 'Space', keyCode: 32, text: ' ' },
  backspace: { key: 'Backspace', code: 'Backspace', keyCode: 8 },
  delete: { key: 'Delete', code: 'Delete', keyCode: 46 },
  insert: { key: 'Insert', code: 'Insert', keyCode: 45 },
  home: { key: 'Home', code: 'Home', keyCode: 36 },
  end: { key: 'End', code: 'End', keyCode: 35 },
  page_up: { key: 'PageUp', code: 'PageUp', keyCode: 33 },
  page_down: { key: 'PageDown', code: 'PageDown', keyCode: 34 },
  left: { key: 'ArrowLeft', code: 'ArrowLeft', keyCode: 37 },
  up: { key: 'ArrowUp', code: 'ArrowUp', keyCode: 38 },
  right: { key: 'ArrowRight', code: 'ArrowRight', keyCode: 39 },
  down: { key: 'ArrowDown', code: 'ArrowDown', keyCode: 40 },
};

const otherNames: Record<string, string> = {
  enter: 'return',
  kp_enter: 'return',
  esc: 'escape',
  back_space: 'backspace',
  del: 'delete',
  prior: 'page_up',
  pageup: 'page_up',
  next: 'page_down',
  pagedown: 'page_down',
  arrowleft: 'left',
  arrowup: 'up',
  arrowright: 'right',
  arrowdown: 'down',
};

/** Keys of an American keyboard: without Shift, with it, the code, and the virtual key code. */
const marks: [plain: string, shifted: string, code: string, keyCode: number][] = [
  ['`', '~', 'Backquote', 192],
  ['-', '_', 'Minus', 189],
  ['=', '+', 'Equal', 187],
  ['[', '{', 'BracketLeft', 219],
  [']', '}', 'BracketRight', 221],
  ['\\', '|', 'Backslash', 220],
  [';', ':', 'Semicolon', 186],
  ["'", '"', 'Quote', 222],
  [',', '<', 'Comma', 188],
  ['.', '>', 'Period', 190],
  ['/', '?', 'Slash', 191],
  ...')!@#$%^&*('
    .split('')
    .map((shifted, digit): [string, string, string, number] => [String(digit), shifted, `Digit${digit}`, 48 + digit]),
];

/** xdotool's names of characters. */
const characterNames: Record<string, string> = {
  minus: '-',
  plus: '+',
  equal: '=',
  comma: ',',
  period: '.',
  slash: '/',
  backslash: '\\',
  semicolon: ';',
  apostrophe: "'",
  grave: '`',
  bracketleft: '[',
  bracketright: ']',
};

/** The key that writes a character; undefined where no key does it alone. */
export function keyFor(character: string): Key | undefined {
  if (character === '\n') return named['return'];
  if (character === '\t') return named['tab'];
  if (character === ' ') return named['space'];
  if (/^[a-z]$/i.test(character)) {
    const upper = character.toUpperCase();
    const isShifted = character === upper;
    return { key: character, code: `Key${upper}`, keyCode: upper.charCodeAt(0), text: character, isShifted };
  }
  const mark = marks.find(([plain, shifted]) => plain === character || shifted === character);
  if (!mark) return undefined;
  const [, shifted, code, keyCode] = mark;
  return { key: character, code, keyCode, text: character, isShifted: shifted === character };
}

/** The chords of a text such as `ctrl+a Return`: one after the other. Throws a BrowserError for names that no key has. */
export function parseChords(text: string): Chord[] {
  const chords = text
    .trim()
    .split(/\s+/)
    .filter(part => part !== '');
  // A space alone is the key.
  if (chords.length === 0 && text !== '') return [parseChord('space')];
  return chords.map(parseChord);
}

function parseChord(text: string): Chord {
  // The plus sign is a key as well.
  const names = text === '+' ? ['+'] : text.replace(/\+\+$/, '+plus').split('+');
  const held: Modifier[] = [];
  let key: Key | undefined;
  for (const [at, name] of names.entries()) {
    const modifier = modifiers[name.toLowerCase()];
    if (modifier) held.push(modifier);
    else if (at === names.length - 1) key = keyNamed(name);
    else throw unknown(name);
  }
  const bits = held.reduce((all, { bit }) => all | bit, key?.isShifted === true ? shift.bit : 0);
  return { modifiers: bits, held, ...(key && { key }) };
}

function keyNamed(name: string): Key {
  const lower = name.toLowerCase();
  const known = named[otherNames[lower] ?? lower];
  if (known) return known;
  const number = /^f(\d{1,2})$/.exec(lower)?.[1];
  if (number !== undefined && Number(number) >= 1 && Number(number) <= 24) {
    return { key: `F${number}`, code: `F${number}`, keyCode: 111 + Number(number) };
  }
  const key = keyFor(characterNames[lower] ?? name);
  if (!key) throw unknown(name);
  return key;
}

function unknown(name: string): BrowserError {
  return new BrowserError(`There is no key called ${name}.`);
}
