/** Bytes of text: about 250,000 tokens, more than most models take. */
export const mostFileBytes = 1024 * 1024;

/** Bytes that are searched for what no text holds. */
const searchedBytes = 8_000;

/** Whether bytes are no text; UTF-16 with its mark is one. */
export function isBinary(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return false;
  return bytes.subarray(0, searchedBytes).includes(0);
}

/** The text of a file, or undefined where it is none. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (isBinary(bytes)) return undefined;
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes).replace(/\r\n/g, '\n');
}
