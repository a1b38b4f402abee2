/** How the user wants the view to look and behave. */
export interface ViewSettings {
  /** Pixels; 0 follows the editor's own interface. */
  fontSizePx: number;
  /** As a multiple of the font size; 0 is the view's own. */
  lineHeight: number;
  /** The most characters of a line, where there is room for more; 0 is the view's own. */
  lineWidth: number;
  expandThinking: ExpandThinking;
}

/** When the thinking of an answer is open by itself. */
export const expandThinkingChoices = ['collapsed', 'whileStreaming', 'always'] as const;
export type ExpandThinking = (typeof expandThinkingChoices)[number];

/** The size of the editor's own interface, which the style sheets are drawn for. */
export const interfaceFontSizePx = 13;
/** Of the view's own. */
const ownLineHeight = 1.5;
/** Longer lines tire the eye; with shorter ones code of 80 columns would not fit. */
const ownLineWidth = 90;

export const leastFontSizePx = 8;
export const mostFontSizePx = 32;
export const leastLineWidth = 40;
export const mostLineWidth = 400;

export const defaultViewSettings: ViewSettings = {
  fontSizePx: 0,
  lineHeight: 0,
  lineWidth: 0,
  expandThinking: 'collapsed',
};

/** The custom properties that the style sheets scale with. */
export function appearanceProperties({
  fontSizePx,
  lineHeight,
  lineWidth,
}: ViewSettings): Record<'--scale' | '--line-height' | '--line-width', string> {
  return {
    '--scale': String(fontSizePx === 0 ? 1 : fontSizePx / interfaceFontSizePx),
    '--line-height': String(lineHeight === 0 ? ownLineHeight : lineHeight),
    '--line-width': String(lineWidth === 0 ? ownLineWidth : lineWidth),
  };
}
