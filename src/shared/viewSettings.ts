/** How the user wants the view to look and behave. */
export interface ViewSettings {
  /** Pixels; 0 follows the editor's own interface. */
  fontSizePx: number;
  /** As a multiple of the font size; 0 is the view's own. */
  lineHeight: number;
  expandThinking: ExpandThinking;
}

/** When the thinking of an answer is open by itself. */
export const expandThinkingChoices = ['collapsed', 'whileStreaming', 'always'] as const;
export type ExpandThinking = (typeof expandThinkingChoices)[number];

/** The size of the editor's own interface, which the style sheets are drawn for. */
export const interfaceFontSizePx = 13;
/** Of the view's own. */
const ownLineHeight = 1.5;

export const leastFontSizePx = 8;
export const mostFontSizePx = 32;

export const defaultViewSettings: ViewSettings = { fontSizePx: 0, lineHeight: 0, expandThinking: 'collapsed' };

/** The custom properties that the style sheets scale with. */
export function appearanceProperties({
  fontSizePx,
  lineHeight,
}: ViewSettings): Record<'--scale' | '--line-height', string> {
  return {
    '--scale': String(fontSizePx === 0 ? 1 : fontSizePx / interfaceFontSizePx),
    '--line-height': String(lineHeight === 0 ? ownLineHeight : lineHeight),
  };
}
