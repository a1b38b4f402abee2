/** The answers that are rendered: made the same way every time, and different from section to section. */

/** An answer as models write them, of about so many characters: prose, lists, code, tables, quotes. */
export function answer(characters: number): string {
  let text = '';
  for (let index = 0; text.length < characters; index++) text += section(index);
  return text.slice(0, characters);
}

/** One huge block of a kind, where caching by blocks does not help. */
export const hugeBlocks: Record<string, (size: number) => string> = {
  /** `size` lines. */
  code: size =>
    `Here it is:\n\n\`\`\`ts\n${Array.from({ length: size }, (_, index) => codeLine(index)).join('\n')}\n\`\`\`\n`,
  /** `size` items. */
  list: size => Array.from({ length: size }, (_, index) => `- ${sentence(index)}\n`).join(''),
  /** `size` rows. */
  table: size =>
    `| Name | Value | Why |\n|---|---:|---|\n${Array.from({ length: size }, (_, index) => row(index)).join('')}`,
  /** `size` characters. */
  paragraph: size => {
    let text = '';
    for (let index = 0; text.length < size; index++) text += `${sentence(index)} `;
    return `${text.slice(0, size).trim()}\n`;
  },
  /** `size` characters of one line, such as paths of Windows and patterns are: every back slash may be an escape. */
  backslashes: size => {
    let text = '';
    for (let index = 0; text.length < size; index++) text += `C:\\${identifier(index)}\\bin\\${index} \\d+\\.\\w* `;
    return `${text.slice(0, size).trim()}\n`;
  },
};

const words =
  'the cache keeps what was read and writes it back when a request ends so that two callers never see half of a value ' +
  'while one of them waits for the lock which is held by the worker that opened the file before its handle was closed';
const vocabulary = words.split(' ');

function phrase(seed: number, length: number): string {
  return Array.from(
    { length },
    (_, index) => vocabulary[(seed * 7 + index * 5 + ((seed * index) % 3)) % vocabulary.length],
  ).join(' ');
}

function sentence(seed: number): string {
  const start = phrase(seed, 6);
  const marks = [
    `**${phrase(seed + 1, 2)}**`,
    `\`${identifier(seed)}()\``,
    phrase(seed + 2, 3),
    `*${phrase(seed + 3, 1)}*`,
    phrase(seed + 4, 2),
    `[the docs](https://example.com/${identifier(seed)})`,
  ];
  const rest = phrase(seed + 5, 5);
  return `${start.charAt(0).toUpperCase()}${start.slice(1)} ${marks[seed % marks.length] ?? ''} ${rest}.`;
}

function identifier(seed: number): string {
  const first = vocabulary[seed % vocabulary.length] ?? '';
  const second = vocabulary[(seed * 3 + 1) % vocabulary.length] ?? '';
  return `${first}${second.charAt(0).toUpperCase()}${second.slice(1)}`;
}

function row(seed: number): string {
  return `| \`${identifier(seed)}\` | ${(seed * 37) % 1000} | ${phrase(seed, 6)} |\n`;
}

function codeLine(seed: number): string {
  const lines = [
    `export function ${identifier(seed)}(value: string, count = ${seed}): number {`,
    `  // ${phrase(seed, 6)}`,
    `  const ${identifier(seed + 1)} = value.split("${phrase(seed, 1)}").map(part => part.trim());`,
    `  if (${identifier(seed + 1)}.length > count) throw new Error(\`too many: \${count}\`);`,
    `  for (const part of ${identifier(seed + 1)}) this.#${identifier(seed)}.set(part, { at: ${seed}, part });`,
    `  return ${identifier(seed + 1)}.length * 2;`,
    '}',
    '',
  ];
  return lines[seed % lines.length] ?? '';
}

function section(index: number): string {
  const seed = index * 17;
  const sentences = (from: number, count: number): string =>
    Array.from({ length: count }, (_, at) => sentence(seed + from + at)).join(' ');
  const code = Array.from({ length: 16 }, (_, at) => codeLine(seed - (seed % 8) + at)).join('\n');
  return [
    `## ${index + 1}. ${phrase(seed, 4)}`,
    sentences(0, 4),
    Array.from(
      { length: 5 },
      (_, at) =>
        `- ${sentence(seed + 10 + at)}${at === 2 ? `\n  - ${phrase(seed, 7)}\n  - ${phrase(seed + 1, 7)}` : ''}`,
    ).join('\n'),
    `\`\`\`${['ts', 'ts', 'js', 'tsx'][index % 4] ?? ''}\n${code}\n\`\`\``,
    sentences(20, 3),
    ...(index % 2 === 0
      ? [
          `| Name | Value | Why |\n|---|---:|---|\n${Array.from({ length: 5 }, (_, at) => row(seed + at))
            .join('')
            .trimEnd()}`,
        ]
      : []),
    Array.from({ length: 4 }, (_, at) => `${at + 1}. ${sentence(seed + 30 + at)}`).join('\n'),
    ...(index % 3 === 0 ? [`> ${sentences(40, 2)}`] : []),
    ...(index % 3 === 1
      ? [`\`\`\`sh\n$ npm run ${identifier(seed)} -- --count ${seed}\n# ${phrase(seed, 5)}\n\`\`\``]
      : []),
    sentences(50, 2),
    '',
  ].join('\n\n');
}
