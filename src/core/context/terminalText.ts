/**
 * A block of shell code as it may stand at a prompt: without the prompts that examples show, and without control
 * characters, of which one would already be the Enter that runs it.
 */
export function terminalText(code: string): string {
  const lines = code
    .split(/\r?\n/)
    .map(line => line.replace(/\p{Cc}/gu, character => (character === '\t' ? ' ' : '')))
    .filter(line => line.trim() !== '');
  const isTranscript = lines.length > 0 && lines.every(line => /^\s*[$>] /.test(line));
  return (isTranscript ? lines.map(line => line.replace(/^\s*[$>] /, '')) : lines).join('\n').trim();
}
