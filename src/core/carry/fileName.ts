/** Characters: with its ending the name stays below the limits of all file systems, in every script. */
const longestName = 60;

/** A file name made of a title, without its ending. */
export function fileNameFrom(title: string): string {
  const words = title
    .replace(/[\p{Cc}\\/:*?"<>|`]+/gu, ' ')
    .trim()
    .replace(/\s+/g, '-');
  const name = beginning(words)
    .replace(/^[.-]+|[.-]+$/g, '')
    .replace(/…$/, '');
  if (name === '') return 'conversation';
  // Names that Windows keeps for devices.
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `chat-${name}` : name;
}

function beginning(text: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return characters.slice(0, longestName).join('');
}
