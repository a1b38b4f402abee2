/*
 * Stop sequences as they are typed: each on a line, with `\n`, `\r` and `\t` for what has no line or no look of its own, and
 * `\\` for a backslash before one of these letters. Any other backslash is one.
 */

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

export function stopSequencesFrom(text: string): string[] {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.replace(/\\([nrt\\])/g, (_, letter: string) => escapes[letter] ?? ''));
}

export function stopSequencesText(sequences: readonly string[]): string {
  return sequences.map(escaped).join('\n');
}

function escaped(sequence: string): string {
  return sequence
    .replace(/\\(?=[nrt\\\n\r\t])/g, '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
}
