import type { ConversationBrowsers } from '../browser/conversationBrowsers.ts';
import { type BrowserPage, type PageSize } from '../browser/page.ts';
import type { Point } from '../browser/pageInput.ts';
import type { CustomTool, ToolParam } from '../messages/wire.ts';
import type { ModelRules } from '../models/modelRules.ts';
import {
  clicks,
  computerActions,
  type ComputerInput,
  computerLine,
  type Direction,
  parseComputerInput,
} from './computerInput.ts';
import type { Tool } from './tool.ts';
import type { ToolOutput } from './toolOutput.ts';
import { ToolError } from './workspace.ts';

/** Of the page, in pixels: every model sees it pixel by pixel, so places need no scaling. */
export const displaySize: PageSize = { width: 1280, height: 800 };

/** CSS pixels of one notch of the wheel. */
const notch = 100;

const stopped = 'Error: The user stopped.';
const noPage = 'Error: No page is open. Open one with open_page.';

/** The service's own computer tool, on the page that the browser of the conversation shows. */
export function computerTool(browsers: ConversationBrowsers): Tool<ComputerInput> {
  return {
    name: 'computer',
    definition,
    parse: parseComputerInput,
    effect: ({ action }) => (looking.includes(action) ? 'reads' : 'changes'),
    line: computerLine,
    prepare: (input, { conversationId }) => {
      if (!browsers.find(conversationId)) return Promise.reject(new ToolError(noPage));
      checkPlaces(input);
      const run = (signal: AbortSignal): Promise<ToolOutput> =>
        browsers.inTurn(conversationId, async () => {
          // The user may have closed it while this waited.
          const page = browsers.find(conversationId);
          if (!page) throw new ToolError(noPage);
          if (signal.aborted) throw new ToolError(stopped);
          return perform(page, input, signal);
        });
      return Promise.resolve({ cautions: [], run });
    },
  };
}

const looking: readonly ComputerInput['action'][] = ['screenshot', 'cursor_position', 'wait', 'zoom'];

function definition(rules: ModelRules): ToolParam {
  const { width, height } = displaySize;
  const display = { name: 'computer', display_width_px: width, display_height_px: height } as const;
  switch (rules.toolVersions.computer) {
    case 'computer_20241022':
      return { type: 'computer_20241022', ...display };
    case 'computer_20250124':
      return { type: 'computer_20250124', ...display };
    case 'computer_20251124':
      return { type: 'computer_20251124', ...display, enable_zoom: true };
    default:
      return ownDefinition;
  }
}

/** What models that do not know the service's tool are told of it. */
const ownDefinition: CustomTool = {
  name: 'computer',
  description: `Pointer, keys and screenshots of the web page that open_page has opened. The page is ${displaySize.width} × ${displaySize.height} pixels; [0, 0] is its upper left corner. Every action answers with a screenshot. \`key\` takes names such as Return or ctrl+a; clicks and scroll take keys that are held in \`text\`. \`zoom\` shows a region larger.`,
  input_schema: {
    type: 'object',
    properties: {
      action: { type: 'string', enum: [...computerActions] },
      coordinate: { type: 'array', items: { type: 'integer' }, description: '[x, y]' },
      start_coordinate: { type: 'array', items: { type: 'integer' }, description: 'Of `left_click_drag`: [x, y]' },
      text: { type: 'string' },
      scroll_direction: { type: 'string', enum: ['up', 'down', 'left', 'right'] },
      scroll_amount: { type: 'integer', description: 'Notches of the wheel.' },
      duration: { type: 'number', description: 'Seconds.' },
      region: { type: 'array', items: { type: 'integer' }, description: 'Of `zoom`: [x0, y0, x1, y1]' },
    },
    required: ['action'],
    additionalProperties: false,
  },
};

/** In the words of the documentation. */
function checkPlaces(input: ComputerInput): void {
  const corners =
    input.action === 'zoom'
      ? [input.region.slice(0, 2), input.region.slice(2)]
      : placesOf(input).map(({ x, y }) => [x, y]);
  const { width, height } = displaySize;
  for (const [x = 0, y = 0] of corners) {
    if (x >= 0 && y >= 0 && x <= width && y <= height) continue;
    throw new ToolError(`Error: Coordinates (${x}, ${y}) are outside display bounds (${width}x${height}).`);
  }
}

function placesOf(input: ComputerInput): Point[] {
  if (input.action === 'left_click_drag') return [...(input.from ? [input.from] : []), input.to];
  return 'at' in input ? [input.at] : [];
}

async function perform(page: BrowserPage, input: ComputerInput, signal: AbortSignal): Promise<ToolOutput> {
  if (input.action === 'cursor_position') {
    const { x, y } = page.input.pointer;
    return { text: `X=${Math.round(x)},Y=${Math.round(y)}`, images: [] };
  }
  if (input.action === 'zoom') {
    const [x, y, x1, y1] = input.region;
    const bytes = await page.zoom({ x, y, width: x1 - x, height: y1 - y });
    return { text: '', images: [{ name: 'zoom', bytes }] };
  }
  await act(page, input, signal);
  if (input.action !== 'screenshot') await page.settle();
  return seen(page);
}

/** Where the page is and what it shows now, and what it was kept from. */
export async function seen(page: BrowserPage): Promise<ToolOutput> {
  const bytes = await page.screenshot();
  const { title, url } = await page.heading();
  const text = [`The page at ${shortened(url)} is called “${shortened(title)}”.`, ...page.takeNotices()].join('\n');
  return { text, images: [{ name: 'screenshot', bytes }] };
}

/** A page may call itself whatever it likes, at whatever length. */
function shortened(text: string): string {
  return text.length <= 500 ? text : `${text.slice(0, 500)}…`;
}

async function act(
  { input: hand }: BrowserPage,
  input: Exclude<ComputerInput, { action: 'zoom' }>,
  signal: AbortSignal,
): Promise<void> {
  switch (input.action) {
    case 'screenshot':
    case 'cursor_position':
      return;
    case 'mouse_move':
      return hand.move(input.at);
    case 'left_click':
    case 'right_click':
    case 'middle_click':
    case 'double_click':
    case 'triple_click':
      return hand.click(input.at ?? hand.pointer, { ...clicks[input.action], held: input.held });
    case 'left_click_drag':
      return hand.drag(input.from ?? hand.pointer, input.to);
    case 'left_mouse_down':
      return hand.press('left');
    case 'left_mouse_up':
      return hand.release('left');
    case 'scroll':
      return hand.scroll(input.at ?? hand.pointer, { ...deltas(input.direction, input.amount), held: input.held });
    case 'type':
      return hand.type(input.text);
    case 'key':
      return hand.key(input.text);
    case 'hold_key':
      return hand.hold(input.text, input.seconds * 1_000, ms => wait(ms, signal));
    case 'wait':
      return wait(input.seconds * 1_000, signal);
  }
}

function deltas(direction: Direction, amount: number): { deltaX: number; deltaY: number } {
  const pixels = amount * notch;
  switch (direction) {
    case 'up':
      return { deltaX: 0, deltaY: -pixels };
    case 'down':
      return { deltaX: 0, deltaY: pixels };
    case 'left':
      return { deltaX: -pixels, deltaY: 0 };
    case 'right':
      return { deltaX: pixels, deltaY: 0 };
  }
}

/** Rejects as soon as the signal says so: what holds a key lets go of it then. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new ToolError(stopped));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
