import { listed } from './wording.ts';

/** What can be compared with each other, aspect by aspect. */
interface Field {
  readonly aspects: readonly string[];
  readonly things: Readonly<Record<string, Thing>>;
  /** What both are for, as one sentence. */
  readonly common: string;
  readonly code: readonly string[];
}

interface Thing {
  readonly title: string;
  /** One for each aspect of its field. */
  readonly facts: readonly string[];
  readonly choose: string;
}

/** A comparison of things that the question names and that are known; undefined where it asks for none. */
export function comparison(question: string): string | undefined {
  if (!/\bcompar|\bversus\b|\bvs\b|\bdifferences?\b/i.test(question)) return undefined;
  for (const field of FIELDS) {
    const things = Object.entries(field.things)
      .map(([name, thing]) => ({ thing, at: question.search(new RegExp(`\\b${name}s?\\b`, 'i')) }))
      .filter(({ at }) => at !== -1)
      .sort((a, b) => a.at - b.at)
      .map(({ thing }) => thing);
    if (things.length >= 2) return compared(field, things, question);
  }
  return undefined;
}

function compared(field: Field, things: readonly Thing[], question: string): string {
  const wantsCode = /\bcode\b|\bexample\b|\bsnippet\b/i.test(question);
  return [
    field.common,
    table(field, things),
    `**Which one?**\n\n${things.map(({ title, choose }) => `- **${title}** ${choose}`).join('\n')}`,
    ...(wantsCode ? [`${listed(things.map(({ title }) => title))} in code:`, field.code.join('\n')] : []),
  ].join('\n\n');
}

function table({ aspects }: Field, things: readonly Thing[]): string {
  const rows = aspects.map((aspect, at) => [aspect, ...things.map(({ facts }) => facts[at] ?? '')]);
  const lines = [['', ...things.map(({ title }) => title)], ['', ...things.map(() => '')].map(() => '---'), ...rows];
  return lines.map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

const FIELDS: readonly Field[] = [
  {
    common: 'Both keep a function from running too often. They differ in **when** it runs.',
    aspects: ['Runs', 'During a burst of calls', 'First call', 'Last call', 'Typical use'],
    things: {
      debounce: {
        title: 'Debounce',
        facts: [
          'once it has been quiet for a while',
          'not at all',
          'waits',
          'always runs',
          'search as you type, autosave',
        ],
        choose: 'where only the end counts: what was typed, the size that the window has now.',
      },
      throttle: {
        title: 'Throttle',
        facts: [
          'at most once in every interval',
          'at a steady rate',
          'runs at once',
          'may be dropped',
          'scrolling, dragging, progress',
        ],
        choose: 'where something has to be seen on the way: a position, a progress bar.',
      },
    },
    code: [
      '```ts',
      'export function debounce<A extends unknown[]>(run: (...args: A) => void, milliseconds: number) {',
      '  let timer: ReturnType<typeof setTimeout> | undefined;',
      '  return (...args: A): void => {',
      '    clearTimeout(timer);',
      '    timer = setTimeout(() => run(...args), milliseconds);',
      '  };',
      '}',
      '',
      'export function throttle<A extends unknown[]>(run: (...args: A) => void, milliseconds: number) {',
      '  let last = -Infinity;',
      '  return (...args: A): void => {',
      '    if (performance.now() - last < milliseconds) return;',
      '    last = performance.now();',
      '    run(...args);',
      '  };',
      '}',
      '```',
    ],
  },
  {
    common: 'Both describe the shape of an object, and the compiler treats them alike there.',
    aspects: ['Unions, tuples, mapped types', 'Declared twice', 'Extended with', 'In error messages'],
    things: {
      interface: {
        title: 'Interface',
        facts: ['no', 'merges', '`extends`', 'by its name'],
        choose: 'for objects and classes, and where others may add to it.',
      },
      type: {
        title: 'Type alias',
        facts: ['yes', 'is an error', '`&`', 'often written out'],
        choose: 'for everything that is no plain object: unions, tuples, functions.',
      },
    },
    code: [
      '```ts',
      'interface Item {',
      '  name: string;',
      '}',
      '',
      'type Result = { ok: true; item: Item } | { ok: false; reason: string };',
      '```',
    ],
  },
  {
    common: 'Both wake you up. One does it quickly, the other gently.',
    aspects: ['Made from', 'Caffeine in a cup', 'Water', 'Time', 'Taste'],
    things: {
      tea: {
        title: 'Tea',
        facts: ['leaves', '30–50 mg', '80–100 °C', '2–4 minutes', 'light, from grassy to malty'],
        choose: 'where the afternoon is long: it wakes slowly and lasts.',
      },
      coffee: {
        title: 'Coffee',
        facts: ['roasted beans', '80–100 mg', '90–96 °C', '½–4 minutes', 'strong, from fruity to bitter'],
        choose: 'where you have to be awake in ten minutes.',
      },
    },
    code: [
      '```ts',
      'const drinks = {',
      '  tea: { celsius: 95, minutes: 3 },',
      '  coffee: { celsius: 93, minutes: 4 },',
      '} as const;',
      '',
      'export function brew(drink: keyof typeof drinks): string {',
      '  const { celsius, minutes } = drinks[drink];',
      '  return `Pour water of ${celsius} °C over the ${drink} and wait ${minutes} minutes.`;',
      '}',
      '```',
    ],
  },
];
