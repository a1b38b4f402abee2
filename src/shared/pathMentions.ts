/** A text that may name a place in a file. Whether the file exists is for the host to say. */
export interface PathMention {
  /** Where the mention begins and ends in the text, line number included (UTF-16 code units, end exclusive). */
  start: number;
  end: number;
  path: string;
  place?: PlaceInFile;
}

/** All numbers are 1-based, as people write them. */
export interface PlaceInFile {
  line: number;
  column?: number;
  endLine?: number;
}

/** The paths that running text names: those with a folder in front, and file names that look like one. */
export function findPaths(text: string): PathMention[] {
  // Most prose stops here, at a fraction of what the pattern below costs.
  if (!/\.[A-Za-z]|[/\\]/.test(text)) return [];
  const mentions: PathMention[] = [];
  for (const match of text.matchAll(addressOrPath)) {
    if (match.groups?.['path'] === undefined) continue;
    const mention = mentionAt(text, match.index, match[0]);
    if (mention) mentions.push(mention);
  }
  return mentions;
}

/**
 * The same for a piece of code: where all of it can be one path it may hold blanks, brackets and no extension, as in
 * `app/[id]/my page.tsx` or `Makefile`.
 */
export function findPathsInCode(code: string): PathMention[] {
  const match = wholePath.exec(code);
  const path = match?.[1] ?? '';
  if (match === null || !isPathAlone(path)) return findPaths(code);
  const place = placeOf(match[2] ?? '');
  return [{ start: 0, end: code.length, path, ...(place && { place }) }];
}

/** A whole link target or file name, such as `src/a.ts#L10`; undefined where it can be none. */
export function parsePath(text: string): Omit<PathMention, 'start' | 'end'> | undefined {
  const [mention, ...others] = findPathsInCode(text);
  if (!mention || others.length > 0 || mention.start !== 0 || mention.end !== text.length) return undefined;
  return { path: mention.path, ...(mention.place && { place: mention.place }) };
}

/** What a name consists of in running text. Brackets, quotes and punctuation of any script end it. */
const nameCharacter = String.raw`[\p{L}\p{N}\p{M}_.@+$~-]`;

/** Addresses are matched to be passed over: what stands in them is no path of this machine. */
const addressOrPath = new RegExp(
  String.raw`\b[a-z][a-z\d+.-]*:\/\/\S+|(?<path>(?:[A-Za-z]:(?=[\\/]))?[\\/]?(?:${nameCharacter}+[\\/])*${nameCharacter}+)`,
  'giu',
);

/** `:12`, `:12:5`, `:10-20`, `:L10`, `#L10`, `#L10C5`, `#L10-L20` */
const placeSuffix = String.raw`(?::L?\d+(?::\d+)?(?:[-–]L?\d+(?::\d+)?)?|#L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?)`;
const placeHere = new RegExp(`${placeSuffix}(?!\\.?\\d)`, 'y');
const wholePath = new RegExp(String.raw`^((?:[A-Za-z]:(?=[\\/]))?[^:*?"'<>|\x60\n\r\t#{};=,]+?)(${placeSuffix})?$`);

function mentionAt(text: string, at: number, matched: string): PathMention | undefined {
  const { path, start } = withoutNeighbours(matched, at);
  if (!isPath(path)) return undefined;
  const end = start + path.length;
  // `response.json()` is a call, and `user.name.ts = 1` would be one as well.
  if (text[end] === '(') return undefined;
  placeHere.lastIndex = end;
  const suffix = placeHere.exec(text)?.[0] ?? '';
  const place = placeOf(suffix);
  return { start, end: end + suffix.length, path, ...(place && { place }) };
}

/** Scripts that are written without blanks: a path can stand right between their words. */
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]`;
const wordsBefore = new RegExp(`^[^\\\\/]*${unspaced}(?=[\\w.@~-][^\\\\/]*[\\\\/]|[\\w-]+\\.\\w+$)`, 'u');
const wordsBehind = new RegExp(`(?<=\\.[A-Za-z][A-Za-z\\d]{0,9})${unspaced}[^\\\\/]*$`, 'u');

function withoutNeighbours(matched: string, at: number): { path: string; start: number } {
  const behind = matched.replace(wordsBehind, '').replace(/[.~+$@-]+$/, '');
  const before = wordsBefore.exec(behind)?.[0].length ?? 0;
  return { path: behind.slice(before), start: at + before };
}

function isPath(path: string): boolean {
  const segments = path.split(/[\\/]/);
  const name = segments.at(-1) ?? '';
  if (segments.length === 1) return bareName.test(name) || knownNames.test(name);
  // `example.com/index.html` is an address whose beginning was left out.
  if (domain.test(segments[0] ?? '')) return false;
  return extension.test(name) || knownNames.test(name);
}

function isPathAlone(path: string): boolean {
  if (path !== path.trim() || path.length > 300) return false;
  const segments = path.split(/[\\/]/);
  const name = segments.at(-1) ?? '';
  if (name === '' || path.includes('//') || domain.test(segments[0] ?? '')) return false;
  // A blank may stand in a name, but not in the first one: `git add src/a.ts` is a command line.
  if (/\s/.test(segments[0] ?? '') || /\s[-./~]|[([]\)/.test(path)) return false;
  if (segments.length === 1) return bareName.test(name) || knownNames.test(name);
  return /[\p{L}\p{N}_]/u.test(name) && (!/\s/.test(path) || extension.test(name));
}

const extension = /[^.]\.[A-Za-z][A-Za-z\d_-]{0,9}$/;
const domain = /\.(?:com|org|net|io|dev|ai|app|co|edu|gov)$/i;

/** Names without an extension, or with nothing else. */
const knownNames =
  /^(?:Dockerfile|Makefile|Rakefile|Gemfile|Procfile|Jenkinsfile|Vagrantfile|CODEOWNERS|LICENSE|README|CHANGELOG|go\.mod|go\.sum|\.[a-z][\w-]*(?:rc|ignore|attributes|config)|\.env(?:\.\w+)?|Untitled-\d+)$/;

/** `log` and `env` are missing on purpose: `console.log` and `process.env` stand in every other answer. */
const bareName = new RegExp(
  `^[^.].*\\.(?:${[
    'tsx?|[mc]ts|jsx?|[mc]js|json[c5l]?|mdx?|rst|txt|adoc|csv|tsv|html?|css|scss|sass|less|styl|xml|svg|vue|svelte|astro',
    'pyi?|ipynb|go|rs|java|kts?|groovy|gradle|scala|swift|mm|cc?|cpp|cxx|hh?|hpp|hxx|cs|csproj|sln|fsx?|vb|rb|erb|php|pl|pm|lua',
    'r|jl|hs|mli?|clj[sc]?|exs?|erl|dart|zig|nim|sql|graphql|gql|proto|prisma|tf|tfvars|hcl|cmake|mk|ya?ml|toml|ini|cfg|conf',
    'properties|lock|sh|bash|zsh|fish|ps1|bat|cmd|diff|patch|png|jpe?g|gif|webp|ico|pdf|wasm|s|asm|sol|vsix|tpl|ejs|hbs|pug',
  ].join('|')})$`,
  'u',
);

function placeOf(suffix: string): PlaceInFile | undefined {
  const numbers = /^[:#]L?(\d+)(?:[:C](\d+))?(?:[-–]L?(\d+))?/.exec(suffix);
  const line = Number(numbers?.[1] ?? 0);
  if (line < 1 || line > mostLines) return undefined;
  const column = Number(numbers?.[2] ?? 0);
  const endLine = Number(numbers?.[3] ?? 0);
  return { line, ...(column > 0 && { column }), ...(endLine > line && endLine <= mostLines && { endLine }) };
}

const mostLines = 10_000_000;
