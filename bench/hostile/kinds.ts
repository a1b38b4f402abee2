/** A kind of foreign input. `make` gives about so many characters of it. */
export interface Kind {
  name: string;
  make: (characters: number) => string;
}

/** Bodies of answers. */
export interface BodyKind extends Kind {
  status: number;
}

const opening = 'data: {"type":"ping"}\n\n';

function repeated(unit: string, characters: number): string {
  return unit.repeat(Math.ceil(characters / unit.length));
}

function body(name: string, unit: string, { status = 200, head = '', tail = '' } = {}): BodyKind {
  return { name, status, make: characters => head + repeated(unit, characters) + tail };
}

const delta = (index: number): string =>
  `data: {"type":"content_block_delta","index":${index},"delta":{"type":"text_delta","text":"some words"}}\n\n`;

export const bodies: BodyKind[] = [
  body('`data:` of `}{`', '}{', { head: 'data: ', tail: '\n\n' }),
  body('`data:` of `{}`', '{}', { head: 'data: ', tail: '\n\n' }),
  body('`data:` of `{"a":`', '{"a":', { head: 'data: ', tail: '}\n\n' }),
  body('an event of many lines', 'data: x\n'),
  body('events of broken JSON', 'data: {x}\n\n'),
  body('stray lines of `},{`', '},{\n', { head: opening }),
  body('stray lines of `{`', '{\n', { head: opening }),
  body('stray lines of `}`', '}\n', { head: opening }),
  body('one stray line of `}{`', '}{', { head: `${opening}{` }),
  body('pings', opening),
  body('blanks', ' '),
  body('two blocks by turns', delta(0) + delta(1)),
  body('ends of one block', 'data: {"type":"content_block_stop","index":0}\n\n', {
    head: `data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use"}}\n\n`,
  }),
  {
    name: 'a whole answer of many blocks',
    status: 200,
    // Long enough for a megabyte of them to stay below the limit of blocks.
    make: characters =>
      `{"type":"message","content":[${repeated(`{"type":"text","text":"${'some words, and some more of them '.repeat(6)}"},`, characters)}{}]}`,
  },
  body('an error page of `<script `', '<script ', { status: 502 }),
  body('an error page of `<title `', '<title ', { status: 502 }),
  body('an error page of `<style>`', '<style>', { status: 502 }),
  body('an error page of `<`', '<', { status: 502 }),
  body('an error of `insufficient `', 'insufficient ', { status: 400, head: '{"message":"', tail: '"}' }),
  body('an error of `(request id: `', '(request id: ', { status: 400, head: '{"message":"', tail: '"}' }),
];

export const modelLists: Kind[] = [
  { name: 'a list of models', make: characters => `{"data":[${repeated('{"id":"claude-x"},', characters)}{}]}` },
  { name: 'lists of models in lists', make: characters => repeated('[', characters) },
  { name: 'a list of models of `}{`', make: characters => repeated('}{', characters) },
];

export const markdown: Kind[] = [
  '*a **b ',
  'a*',
  '*a*',
  '~~a ',
  '[a](',
  '![',
  '`a ``b ',
  '<a ',
  '$a ',
  '> ',
  '- ',
  '```\n',
  '- a\n',
  'a_b ',
].map(unit => ({ name: `\`\` ${unit.replace('\n', '⏎')} \`\``, make: characters => repeated(unit, characters) }));
