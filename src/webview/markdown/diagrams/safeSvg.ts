import { type DiagramLook, contrast, OpaqueColours } from './diagramLook.ts';

/** A diagram that may be shown: in a shadow root, so that its style sheet stays with it. */
export interface SafeDiagram {
  svg: SVGSVGElement;
  styles: CSSStyleSheet;
  /** Pixels that it would like to be wide. */
  width: number;
  /** What the source says of itself for those who do not see it; empty where it says nothing. */
  title: string;
  description: string;
}

const namespace = 'http://www.w3.org/2000/svg';
/** Of a diagram. */
const mostNodes = 20_000;

const elements = new Set(
  (
    'circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline radialGradient ' +
    'rect stop switch symbol text textPath title tspan use'
  ).split(' '),
);

const attributes = new Set(
  (
    'alignment-baseline class clip-path clip-rule clipPathUnits cx cy d dominant-baseline dx dy fill fill-opacity ' +
    'fill-rule font-family font-size font-style font-weight fx fy gradientTransform gradientUnits height id ' +
    'lengthAdjust letter-spacing marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask offset ' +
    'opacity orient paint-order pathLength patternTransform patternUnits points preserveAspectRatio r refX refY rotate ' +
    'rx ry startOffset stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap ' +
    'stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration textLength transform ' +
    'transform-origin vector-effect viewBox visibility width word-spacing x x1 x2 xml:space y y1 y2'
  ).split(' '),
);

/**
 * Builds what may be shown of a drawn diagram, node by node; undefined where it is none, or too large.
 *
 * Why this is safe: the markup is parsed in a document without scripts that loads nothing. Of it only the elements and
 * attributes in the lists above are built anew; neither links nor HTML is among them, and references lead to parts of the
 * diagram itself. Of its style sheet only rules for elements are taken, without addresses; it counts within the shadow
 * root alone.
 */
export function safeDiagram(markup: string, look: DiagramLook): SafeDiagram | undefined {
  const parsed = new DOMParser().parseFromString(markup, 'text/html').querySelector('svg');
  const [, , viewWidth = 0, viewHeight = 0] = (parsed?.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  if (!parsed || !(viewWidth > 0 && viewHeight > 0) || parsed.querySelectorAll('*').length > mostNodes)
    return undefined;
  const rules = [...parsed.querySelectorAll('style')].map(style => style.textContent).join('\n');
  const svg = document.createElementNS(namespace, 'svg');
  for (const name of ['viewBox', 'class', 'id']) copyAttribute(parsed, svg, name);
  for (const child of parsed.childNodes) appendSafely(svg, child);
  keepReadable(svg, look);
  const text = (name: string): string => parsed.querySelector(`:scope > ${name}`)?.textContent.trim() ?? '';
  return { svg, styles: safeStyles(rules), width: viewWidth, title: text('title'), description: text('desc') };
}

function appendSafely(parent: Element, node: Node): void {
  if (node.nodeType === Node.TEXT_NODE) {
    parent.append(node.textContent ?? '');
    return;
  }
  // A link shows what stands in it and leads nowhere.
  const name = node.nodeName === 'a' ? 'g' : node.nodeName;
  if (!(node instanceof Element) || !elements.has(name)) return;
  const element = document.createElementNS(namespace, name);
  for (const attribute of node.getAttributeNames()) {
    if (attributes.has(attribute)) copyAttribute(node, element, attribute);
  }
  const reference = node.getAttribute('href') ?? node.getAttribute('xlink:href') ?? '';
  if (name === 'use' && reference.startsWith('#')) element.setAttribute('href', reference);
  // As properties: the page's policy forbids the attribute.
  for (const [property, value] of declarations(node.getAttribute('style') ?? '')) {
    const isImportant = /!\s*important\s*$/i.test(value);
    element.style.setProperty(property, value.replace(/!\s*important\s*$/i, ''), isImportant ? 'important' : '');
  }
  for (const child of node.childNodes) appendSafely(element, child);
  parent.append(element);
}

function copyAttribute(from: Element, to: Element, name: string): void {
  const value = from.getAttribute(name);
  if (value !== null && !hasAddress(value)) to.setAttribute(name, value);
}

/** Whether it leads out of the diagram. */
function hasAddress(value: string): boolean {
  return /url\(\s*(?!["']?#)|image\(|image-set|src\(|@import|expression|\\/i.test(value);
}

function declarations(style: string): [property: string, value: string][] {
  return style.split(';').flatMap(declaration => {
    const colon = declaration.indexOf(':');
    const [property, value] = [declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()];
    const isTaken = colon > 0 && /^[a-z][a-z-]*$/i.test(property) && !hasAddress(value);
    return isTaken ? [[property, value] as [string, string]] : [];
  });
}

/** Without animations: a reader may have asked for stillness, and nobody has asked for movement. */
function safeStyles(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const kept = [...sheet.cssRules].filter(
    rule =>
      rule instanceof CSSStyleRule && !hasAddress(rule.cssText) && !/:host|::slotted|::part/i.test(rule.selectorText),
  );
  sheet.replaceSync(kept.map(rule => rule.cssText).join('\n'));
  return sheet;
}

/** Sources give nodes colours without knowing the theme that they are seen in: their texts follow. */
function keepReadable(svg: SVGSVGElement, { text, background }: DiagramLook): void {
  const colours = new OpaqueColours(document);
  for (const node of svg.querySelectorAll<SVGElement>('.node, .cluster, .actor')) {
    const shape = [...node.querySelectorAll<SVGElement>('rect, path, polygon, circle, ellipse')].find(
      ({ style }) => style.fill !== '' && style.fill !== 'none',
    );
    if (!shape) continue;
    const fill = colours.over(background, shape.style.fill);
    for (const label of node.querySelectorAll<SVGElement>('text, tspan')) {
      const own = label.style.fill === '' ? text : colours.over(fill, label.style.fill);
      if (contrast(own, fill) >= 4.5) continue;
      const readable = contrast('#000000', fill) > contrast('#ffffff', fill) ? '#000000' : '#ffffff';
      label.style.setProperty('fill', readable, 'important');
    }
  }
}
