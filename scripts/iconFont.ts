/** The editor's icon font and its style sheet, with the icons that are used: all of them are a tenth of what ships. */

const iconRule = /^\.codicon-([a-z0-9-]+):before \{ content: "\\([0-9a-f]{4})" \}\s*/gm;

/** What the style sheet says: each icon's names, and its character. */
export function readIconCodes(sheet: string): Map<string, number> {
  return new Map([...sheet.matchAll(iconRule)].map(([, name = '', code = '']) => [name, Number.parseInt(code, 16)]));
}

/**
 * Names that the sources may show: strings that are one name or a class of it, and characters of style sheets. Which of them
 * become an icon is known at run time alone, so some are too many.
 */
export function usedIcons(sources: readonly string[], codes: ReadonlyMap<string, number>): Set<string> {
  const used = new Set<string>();
  for (const source of sources) {
    for (const [, word = '', part = ''] of source.matchAll(/['"`]([a-z][a-z0-9-]*)(?=['"`])|\bcodicon-([a-z0-9-]+)/g)) {
      if (codes.has(word || part)) used.add(word || part);
    }
    for (const [, code = ''] of source.matchAll(/\\([0-9a-f]{4})\b/gi)) {
      for (const [name, other] of codes) if (other === Number.parseInt(code, 16)) used.add(name);
    }
  }
  return used;
}

/** The style sheet without the classes of other icons. */
export function withIconClasses(sheet: string, used: ReadonlySet<string>): string {
  return sheet.replace(iconRule, (rule, name: string) => (used.has(name) ? rule : ''));
}

interface Table {
  tag: string;
  data: Buffer;
}

/** The TrueType font with the outlines of these characters; the others are empty. */
export function withGlyphs(font: Buffer, characters: ReadonlySet<number>): Buffer {
  const tables = readTables(font);
  const find = (tag: string): Buffer => {
    const data = tables.find(table => table.tag === tag)?.data;
    if (!data) throw new Error(`The font has no table ${tag}.`);
    return data;
  };
  const [cmap, head, loca, glyf] = [find('cmap'), find('head'), find('loca'), find('glyf')];
  const isLong = head.readUInt16BE(50) === 1;
  const count = loca.length / (isLong ? 4 : 2) - 1;
  const offset = (glyph: number): number => (isLong ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2);
  // The first one stands for characters that the font lacks.
  const kept = new Set([0, ...[...characters].map(character => glyphOf(cmap, character))]);
  const outlines: Buffer[] = [];
  const newLoca = Buffer.alloc(loca.length);
  let at = 0;
  for (let glyph = 0; glyph <= count; glyph++) {
    if (isLong) newLoca.writeUInt32BE(at, glyph * 4);
    else newLoca.writeUInt16BE(at / 2, glyph * 2);
    if (glyph === count || !kept.has(glyph)) continue;
    const outline = glyf.subarray(offset(glyph), offset(glyph + 1));
    if (outline.length > 0 && outline.readInt16BE(0) < 0) throw new Error('A glyph is made of others.');
    outlines.push(outline);
    at += outline.length;
  }
  const changed = new Map([
    ['glyf', Buffer.concat(outlines)],
    ['loca', newLoca],
    ['post', withoutNames(find('post'))],
  ]);
  return writeTables(
    font,
    tables.map(({ tag, data }) => ({ tag, data: changed.get(tag) ?? data })),
  );
}

/** By the segments of format 4, which holds all characters of two bytes. */
function glyphOf(cmap: Buffer, character: number): number {
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const start = cmap.readUInt32BE(4 + index * 8 + 4);
    if (cmap.readUInt16BE(start) !== 4) continue;
    const segments = cmap.readUInt16BE(start + 6) / 2;
    const ends = start + 14;
    const starts = ends + segments * 2 + 2;
    const deltas = starts + segments * 2;
    const ranges = deltas + segments * 2;
    for (let segment = 0; segment < segments; segment++) {
      if (cmap.readUInt16BE(ends + segment * 2) < character) continue;
      const first = cmap.readUInt16BE(starts + segment * 2);
      if (first > character) return 0;
      const delta = cmap.readUInt16BE(deltas + segment * 2);
      const range = cmap.readUInt16BE(ranges + segment * 2);
      if (range === 0) return (character + delta) & 0xffff;
      const glyph = cmap.readUInt16BE(ranges + segment * 2 + range + (character - first) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
  }
  return 0;
}

/** Format 3 has no names of glyphs. */
function withoutNames(post: Buffer): Buffer {
  const short = Buffer.from(post.subarray(0, 32));
  short.writeUInt32BE(0x00030000, 0);
  return short;
}

function readTables(font: Buffer): Table[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const entry = 12 + index * 16;
    const start = font.readUInt32BE(entry + 8);
    return {
      tag: font.toString('latin1', entry, entry + 4),
      data: font.subarray(start, start + font.readUInt32BE(entry + 12)),
    };
  });
}

const headSum = 8;

function writeTables(font: Buffer, tables: readonly Table[]): Buffer {
  const directory = Buffer.alloc(12 + tables.length * 16);
  font.copy(directory, 0, 0, 12);
  const parts: Buffer[] = [directory];
  let at = directory.length;
  let headAt = 0;
  for (const [index, { tag, data }] of tables.entries()) {
    const padded = Buffer.alloc(Math.ceil(data.length / 4) * 4);
    data.copy(padded);
    if (tag === 'head') {
      // Filled in below, and left out of the sums.
      padded.writeUInt32BE(0, headSum);
      headAt = at;
    }
    const entry = 12 + index * 16;
    directory.write(tag, entry, 'latin1');
    directory.writeUInt32BE(sum(padded), entry + 4);
    directory.writeUInt32BE(at, entry + 8);
    directory.writeUInt32BE(data.length, entry + 12);
    parts.push(padded);
    at += padded.length;
  }
  const whole = Buffer.concat(parts);
  whole.writeUInt32BE((0xb1b0afba - sum(whole)) >>> 0, headAt + headSum);
  return whole;
}

function sum(data: Buffer): number {
  let total = 0;
  for (let at = 0; at < data.length; at += 4) total = (total + data.readUInt32BE(at)) >>> 0;
  return total;
}
