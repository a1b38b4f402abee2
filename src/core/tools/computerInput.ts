import type { CallLine } from '../../shared/ranCalls.ts';
import type { Fields } from '../../shared/json.ts';
import type { MouseButton, Point } from '../browser/pageInput.ts';
import { InputReader } from './inputReader.ts';
import type { Parsed } from './tool.ts';

/** What a model does with pointer and keys. Places are pixels of a screenshot. */
export type ComputerInput =
  | { action: 'screenshot' | 'cursor_position' | 'left_mouse_down' | 'left_mouse_up' }
  | { action: 'mouse_move'; at: Point }
  | { action: ClickAction; at?: Point; held: string }
  | { action: 'left_click_drag'; from?: Point; to: Point }
  | { action: 'scroll'; at?: Point; direction: Direction; amount: number; held: string }
  | { action: 'type' | 'key'; text: string }
  | { action: 'hold_key'; text: string; seconds: number }
  | { action: 'wait'; seconds: number }
  | { action: 'zoom'; region: [x0: number, y0: number, x1: number, y1: number] };

export const clicks = {
  left_click: { button: 'left', count: 1 },
  right_click: { button: 'right', count: 1 },
  middle_click: { button: 'middle', count: 1 },
  double_click: { button: 'left', count: 2 },
  triple_click: { button: 'left', count: 3 },
} as const satisfies Record<string, { button: MouseButton; count: number }>;
export type ClickAction = keyof typeof clicks;

const directions = ['up', 'down', 'left', 'right'] as const;
export type Direction = (typeof directions)[number];

export const computerActions = [
  'screenshot',
  'cursor_position',
  'mouse_move',
  ...(Object.keys(clicks) as ClickAction[]),
  'left_click_drag',
  'left_mouse_down',
  'left_mouse_up',
  'scroll',
  'type',
  'key',
  'hold_key',
  'wait',
  'zoom',
] as const;

const longestSeconds = 100;
const longestText = 20_000;
const mostNotches = 100;

export function parseComputerInput(fields: Fields): Parsed<ComputerInput> {
  const reader = new InputReader(fields);
  const input = inputOf(reader.text('action'), reader, fields);
  if (!input) reader.problems.push(`\`action\` has to be one of ${computerActions.join(', ')}.`);
  return input && reader.problems.length === 0
    ? { ok: true, input }
    : { ok: false, problem: reader.problems.join(' ') };
}

function inputOf(action: string, reader: InputReader, fields: Fields): ComputerInput | undefined {
  const at = (name = 'coordinate'): Point | undefined => {
    const pair = reader.optionalPair(name);
    return pair && { x: pair[0], y: pair[1] };
  };
  const held = (): string => reader.optionalText('text') ?? reader.optionalText('key') ?? '';
  switch (action) {
    case 'screenshot':
    case 'cursor_position':
    case 'left_mouse_down':
    case 'left_mouse_up':
      return { action };
    case 'mouse_move':
      return { action, at: at() ?? missing(reader, 'coordinate') };
    case 'left_click':
    case 'right_click':
    case 'middle_click':
    case 'double_click':
    case 'triple_click': {
      const place = at();
      return { action, ...(place && { at: place }), held: held() };
    }
    case 'left_click_drag': {
      const from = at('start_coordinate');
      return { action, ...(from && { from }), to: at() ?? missing(reader, 'coordinate') };
    }
    case 'scroll':
      return scrollOf(reader, at(), held());
    case 'type':
    case 'key': {
      const text = reader.text('text');
      if (text.length > longestText) reader.problems.push(`\`text\` may have ${longestText} characters.`);
      return { action, text };
    }
    case 'hold_key':
      return { action, text: reader.text('text'), seconds: secondsOf(fields, reader) };
    case 'wait':
      return { action, seconds: secondsOf(fields, reader) };
    case 'zoom':
      return { action, region: regionOf(fields, reader) };
    default:
      return undefined;
  }
}

function missing(reader: InputReader, name: string): Point {
  reader.problems.push(`\`${name}\` is missing.`);
  return { x: 0, y: 0 };
}

function scrollOf(reader: InputReader, at: Point | undefined, held: string): ComputerInput {
  const named = reader.text('scroll_direction');
  const direction = directions.find(each => each === named);
  if (!direction) reader.problems.push('`scroll_direction` has to be up, down, left or right.');
  const amount = reader.wholeNumber('scroll_amount');
  if (amount < 0 || amount > mostNotches) reader.problems.push(`\`scroll_amount\` has to be from 0 to ${mostNotches}.`);
  return { action: 'scroll', ...(at && { at }), direction: direction ?? 'down', amount, held };
}

function secondsOf(fields: Fields, reader: InputReader): number {
  const seconds = Number(fields['duration']);
  const isRight = fields['duration'] !== undefined && seconds >= 0 && seconds <= longestSeconds;
  if (!isRight) reader.problems.push(`\`duration\` has to be a number of seconds, from 0 to ${longestSeconds}.`);
  return isRight ? seconds : 0;
}

function regionOf(fields: Fields, reader: InputReader): [number, number, number, number] {
  const list = fields['region'];
  const [x0, y0, x1, y1, ...more] = Array.isArray(list) ? (list as unknown[]).map(Number) : [];
  if (x0 !== undefined && y0 !== undefined && x1 !== undefined && y1 !== undefined && more.length === 0) {
    if (x1 > x0 && y1 > y0) return [x0, y0, x1, y1];
  }
  reader.problems.push('`region` has to be [x0, y0, x1, y1], with x1 right of x0 and y1 below y0.');
  return [0, 0, 1, 1];
}

const longestShown = 60;

export function computerLine(input: ComputerInput): CallLine {
  switch (input.action) {
    case 'screenshot':
      return { action: 'lookAtPage', subject: '' };
    case 'zoom': {
      const [x0, y0, x1, y1] = input.region;
      return { action: 'lookAtPage', subject: `${x0}, ${y0} – ${x1}, ${y1}` };
    }
    case 'type':
      return { action: 'type', subject: shortened(input.text) };
    case 'key':
      return { action: 'pressKeys', subject: shortened(input.text) };
    case 'hold_key':
      return { action: 'pressKeys', subject: `${shortened(input.text)} (${input.seconds} s)` };
    case 'wait':
      return { action: 'waitSeconds', subject: String(input.seconds) };
    case 'scroll': {
      const { at, direction, amount } = input;
      return { action: 'usePointer', subject: `scroll ${direction} ${amount}${placeText(at)}` };
    }
    case 'left_click_drag':
      return { action: 'usePointer', subject: `${input.action}${placeText(input.from)} →${placeText(input.to)}` };
    case 'mouse_move':
      return { action: 'usePointer', subject: `${input.action}${placeText(input.at)}` };
    case 'cursor_position':
    case 'left_mouse_down':
    case 'left_mouse_up':
      return { action: 'usePointer', subject: input.action };
    case 'left_click':
    case 'right_click':
    case 'middle_click':
    case 'double_click':
    case 'triple_click': {
      const held = input.held === '' ? '' : `${input.held}+`;
      return { action: 'usePointer', subject: `${held}${input.action}${placeText(input.at)}` };
    }
  }
}

function placeText(at: Point | undefined): string {
  return at ? ` ${at.x}, ${at.y}` : '';
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= longestShown ? line : `${line.slice(0, longestShown)}…`;
}
