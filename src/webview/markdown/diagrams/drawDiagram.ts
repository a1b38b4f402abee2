import mermaid, { type MermaidConfig } from 'mermaid';
import { type DiagramLook, mix } from './diagramLook.ts';

/** Characters of a diagram's source. */
export const mostCharacters = 20_000;
const mostEdges = 500;

/** A diagram as the library draws it: foreign markup, to be looked through before it is shown. */
export interface RawDiagram {
  /** Such as `flowchart-v2`. */
  kind: string;
  svg: string;
}

let drawn = 0;

/**
 * Draws `source` with the library, in `stage`: an element of the page, which it measures texts in. Throws an Error whose
 * message says what is wrong with the source.
 *
 * The page's policy keeps the library's style sheet from counting while it measures: `stage` has the font that the
 * diagram will have.
 */
export async function drawDiagram(source: string, look: DiagramLook, stage: HTMLElement): Promise<RawDiagram> {
  mermaid.initialize(configFor(look));
  drawn += 1;
  const { svg, diagramType } = await mermaid.render(`diagram-${drawn}`, source, stage);
  return { kind: diagramType, svg };
}

/** What a diagram's own front matter and directives may not change: its looks are the user's, and its labels are text. */
const ours = [
  'altFontFamily',
  'architecture',
  'block',
  'class',
  'dompurifyConfig',
  'elk',
  'er',
  'flowchart',
  'fontFamily',
  'fontSize',
  'handDrawnSeed',
  'htmlLabels',
  'journey',
  'layout',
  'look',
  'maxEdges',
  'maxTextSize',
  'secure',
  'securityLevel',
  'startOnLoad',
  'state',
  'suppressErrorRendering',
  'theme',
  'themeCSS',
  'themeVariables',
];

function configFor(look: DiagramLook): MermaidConfig {
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    maxTextSize: mostCharacters,
    maxEdges: mostEdges,
    secure: ours,
    layout: 'dagre',
    // Labels of HTML would be HTML of the model's.
    htmlLabels: false,
    journey: { textPlacement: 'tspan', sectionColours: [look.text], actorColours: [...look.series] },
    sequence: {
      width: 110,
      height: 40,
      actorMargin: 40,
      diagramMarginY: 4,
      boxTextMargin: 4,
      messageMargin: 28,
      ...fontSizes(look.fontSize, 'actor', 'message', 'note'),
    },
    // The year is in no doubt where a plan is talked of, and dates of full length lie on one another.
    gantt: { axisFormat: '%m-%d' },
    fontFamily: look.fontFamily,
    fontSize: look.fontSize,
    theme: 'base',
    themeVariables: themeFor(look),
  };
}

function fontSizes(pixels: number, ...parts: string[]): Record<string, number> {
  return Object.fromEntries(parts.map(part => [`${part}FontSize`, pixels]));
}

/** The library's names for colours; what is not named here it derives from these. */
function themeFor({ isDark, isHighContrast, background, text, accent, series, fontFamily, fontSize }: DiagramLook) {
  const shade = (share: number): string => (isHighContrast ? background : mix(text, background, share));
  const line = isHighContrast ? text : mix(text, background, 0.55);
  const fill = (colour: string): string => mix(colour, background, 0.35);
  const aside = isHighContrast ? background : fill(accent);
  const fills = Array.from({ length: 12 }, (_, index) => fill(series[index % series.length] ?? accent));
  const strong = Array.from({ length: 12 }, (_, index) => series[index % series.length] ?? accent);
  const numbered = (prefix: string, colours: readonly string[], first = 0): Record<string, string> =>
    Object.fromEntries(colours.map((colour, index) => [`${prefix}${index + first}`, colour]));
  return {
    darkMode: isDark,
    background,
    fontFamily,
    fontSize: `${fontSize}px`,
    textColor: text,
    titleColor: text,
    lineColor: line,
    primaryColor: shade(0.1),
    primaryTextColor: text,
    primaryBorderColor: line,
    secondaryColor: aside,
    secondaryTextColor: text,
    secondaryBorderColor: line,
    tertiaryColor: shade(0.04),
    tertiaryTextColor: text,
    tertiaryBorderColor: isHighContrast ? text : mix(text, background, 0.25),
    edgeLabelBackground: background,
    sequenceNumberColor: background,
    noteBkgColor: aside,
    noteTextColor: text,
    noteBorderColor: line,
    errorBkgColor: background,
    errorTextColor: text,
    ...numbered('pie', fills, 1),
    pieTitleTextSize: `${fontSize + 2}px`,
    pieSectionTextSize: `${fontSize}px`,
    pieLegendTextSize: `${fontSize}px`,
    pieStrokeColor: line,
    pieOuterStrokeColor: line,
    pieOpacity: '1',
    ...numbered('cScale', fills),
    ...numbered(
      'cScaleLabel',
      fills.map(() => text),
    ),
    ...numbered('cScalePeer', strong),
    ...numbered('cScaleInv', strong),
    ...numbered('fillType', fills.slice(0, 8)),
    ...numbered('git', strong.slice(0, 8)),
    ...numbered('gitInv', strong.slice(0, 8)),
    ...numbered(
      'gitBranchLabel',
      strong.slice(0, 8).map(() => background),
    ),
    commitLabelColor: text,
    commitLabelBackground: shade(0.1),
    tagLabelColor: text,
    tagLabelBackground: aside,
    tagLabelBorder: line,
    xyChart: {
      backgroundColor: background,
      titleColor: text,
      xAxisLabelColor: text,
      xAxisTitleColor: text,
      xAxisTickColor: line,
      xAxisLineColor: line,
      yAxisLabelColor: text,
      yAxisTitleColor: text,
      yAxisTickColor: line,
      yAxisLineColor: line,
      plotColorPalette: strong.join(','),
    },
  };
}
