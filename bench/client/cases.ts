/** The answers that the server gives, and how many characters of deltas a client must find in each. */
export interface StreamCase {
  name: string;
  title: string;
  body: Buffer;
  deltas: number;
  characters: number;
  /** Bytes of one write; each waits for its turn of the event loop. */
  writeBytes: number;
}

/** How many bytes a relay under load hands on at once. */
const burstBytes = 64 * 1024;
const pieceCharacters = 20;
const toolPieceCharacters = 12;

export const makeCase: Record<string, () => StreamCase> = {
  text: () =>
    textCase('text', '100,000 text deltas of 20 characters, an escape in every 8th', index =>
      index % 8 === 0 ? 'a line ends\nhere: ok' : plainPiece(index),
    ),
  escaped: () =>
    textCase('escaped', 'the same, an escape in every delta', index => `"${plainPiece(index).slice(0, 18)}\n`),
  unicode: () =>
    textCase('unicode', 'the same, characters beyond Latin-1 in every chunk', index =>
      index % 8 === 0 ? 'Grüße – 世界: “ok” … 1' : plainPiece(index),
    ),
  tool104: () => toolCase('tool104', '104 KB of tool input in 12-character pieces', 104 * 1024),
  tool416: () => toolCase('tool416', '416 KB of tool input in 12-character pieces', 416 * 1024),
  line1: () => lineCase('line1', 'one data line of 1 MiB in 64-byte writes', 1024 * 1024),
  line2: () => lineCase('line2', 'one data line of 2 MiB in 64-byte writes', 2 * 1024 * 1024),
};

const words = ['reads', 'every', 'value', 'of the', 'list', 'and', 'keeps', 'what', 'it', 'found'];

function plainPiece(index: number): string {
  const word = (offset: number): string => words[(index * 7 + offset * 3) % words.length] ?? '';
  return `${word(0)} ${word(1)} ${word(2)} ${word(3)} ${word(4)}`
    .slice(0, pieceCharacters)
    .padEnd(pieceCharacters, '.');
}

function textCase(name: string, title: string, piece: (index: number) => string): StreamCase {
  const pieces = Array.from({ length: 100_000 }, (_, index) => piece(index));
  return streamCase(name, title, textAnswer(pieces), pieces, burstBytes);
}

function lineCase(name: string, title: string, characters: number): StreamCase {
  const piece = 'a long line '.repeat(Math.ceil(characters / 12)).slice(0, characters);
  return streamCase(name, title, textAnswer([piece]), [piece], 64);
}

/** A file that is written: one long string with line ends and quotes, kinder to clients that parse again and again. */
function toolCase(name: string, title: string, characters: number): StreamCase {
  const code = 'const text = read("a file");\nif (!text) return undefined;\n';
  const content = code.repeat(Math.ceil(characters / code.length)).slice(0, characters);
  const input = JSON.stringify({ path: 'src/file.ts', content });
  const pieces = input.match(new RegExp(`.{1,${toolPieceCharacters}}`, 'gs')) ?? [];
  const block = { type: 'tool_use', id: 'toolu_1', name: 'report', input: {} };
  const deltas = pieces.map(piece => ({ type: 'input_json_delta', partial_json: piece }));
  return streamCase(name, title, answerOf(block, deltas, 'tool_use'), pieces, burstBytes);
}

function streamCase(name: string, title: string, events: object[], pieces: string[], writeBytes: number): StreamCase {
  const characters = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { name, title, body: Buffer.from(onTheWire(events)), deltas: pieces.length, characters, writeBytes };
}

export function textAnswer(pieces: string[]): object[] {
  const deltas = pieces.map(text => ({ type: 'text_delta', text }));
  return answerOf({ type: 'text', text: '' }, deltas, 'end_turn');
}

function answerOf(block: object, deltas: object[], stopReason: string): object[] {
  const usage = { input_tokens: 10, output_tokens: 1 };
  const content: unknown[] = [];
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content, stop_reason: null };
  return [
    { type: 'message_start', message: { ...message, stop_sequence: null, usage } },
    { type: 'content_block_start', index: 0, content_block: block },
    ...deltas.map(delta => ({ type: 'content_block_delta', index: 0, delta })),
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: stopReason, stop_sequence: null },
      usage: { output_tokens: deltas.length },
    },
    { type: 'message_stop' },
  ];
}

export function onTheWire(events: object[]): string {
  return events
    .map(event => `event: ${'type' in event ? String(event.type) : ''}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');
}
