/** What a diagram takes from the user's theme. Colours are opaque, as `#rrggbb`. */
export interface DiagramLook {
  isDark: boolean;
  isHighContrast: boolean;
  background: string;
  text: string;
  accent: string;
  /** Of charts, in the order in which they are used. */
  series: readonly string[];
  fontFamily: string;
  /** Pixels. */
  fontSize: number;
}

const seriesNames = ['blue', 'green', 'purple', 'yellow', 'red', 'orange'];

/** Reads the look from what the page is shown with. */
export function readDiagramLook(document: Document): DiagramLook {
  const style = getComputedStyle(document.body);
  const colours = new OpaqueColours(document);
  const { classList } = document.body;
  const isHighContrast = classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light');
  const isDark =
    classList.contains('vscode-dark') || (isHighContrast && !classList.contains('vscode-high-contrast-light'));
  const named = (...names: string[]): string =>
    names.map(name => style.getPropertyValue(`--vscode-${name}`).trim()).find(value => value !== '') ?? '';
  const background = colours.over(isDark ? '#1e1e1e' : '#ffffff', named('sideBar-background', 'editor-background'));
  const text = colours.over(background, named('foreground') || style.color);
  return {
    isDark,
    isHighContrast,
    background,
    text,
    accent: colours.over(background, named('textLink-foreground', 'focusBorder') || text),
    series: seriesNames.map(name => colours.over(background, named(`charts-${name}`) || text)),
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize) || 13,
  };
}

/** `share` (0 to 1) of `colour` on `background`, both as `#rrggbb`. */
export function mix(colour: string, background: string, share: number): string {
  const parts = [1, 3, 5].map(at => {
    const [upper, lower] = [colour, background].map(hex => Number.parseInt(hex.slice(at, at + 2), 16));
    return Math.round((upper ?? 0) * share + (lower ?? 0) * (1 - share))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

/** How well `a` is read on `b`: 1 to 21, as WCAG defines it. Both as `#rrggbb`. */
export function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((one, other) => other - one);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Colours in any form that CSS knows, as they are seen on what is behind them. */
export class OpaqueColours {
  readonly #context: CanvasRenderingContext2D | null;

  constructor(document: Document) {
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    this.#context = canvas.getContext('2d', { willReadFrequently: true });
  }

  /** `#rrggbb`; `background` itself where `colour` is none. */
  over(background: string, colour: string): string {
    const context = this.#context;
    if (!context) return background;
    context.fillStyle = background;
    context.fillRect(0, 0, 1, 1);
    // What is no colour leaves the last one in place.
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map(part => part.toString(16).padStart(2, '0')).join('')}`;
  }
}
