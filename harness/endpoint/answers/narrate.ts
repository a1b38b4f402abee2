import type { Narration } from './narration.ts';
import type { Statement } from './statements.ts';
import { shortened } from './wording.ts';

/** Steps that are told of one function, and within one of them. */
const mostSteps = 8;
const mostInner = 4;

/** What the statements do, one sentence for each; a block is one with its own. */
export function narrated(statements: readonly Statement[], narration: Narration): readonly string[] {
  const told = statements.slice(0, mostSteps).map(statement => `${raised(step(statement, narration))}${narration.end}`);
  const left = statements.length - told.length;
  return left > 0 ? [...told, narration.andMore(left)] : told;
}

type Rule = readonly [
  pattern: RegExp,
  tell: (found: readonly string[], steps: () => string, told: Narration) => string,
];

/** The first that fits decides. Blocks end with a brace or a colon. */
const RULES: readonly Rule[] = [
  [
    /^for (?:await )?\((?:const|let|var) (.+?) of (.+)\) ?\{?$/,
    ([each, all], steps, told) => told.forEach(code(each), code(all), steps()),
  ],
  [/^(?:async )?for (.+?) in (.+):$/, ([each, all], steps, told) => told.forEach(code(each), code(all), steps())],
  [/^for (?:_, ?)?(.+?) := range (.+) \{$/, ([each, all], steps, told) => told.forEach(code(each), code(all), steps())],
  [/^(?:while|for) ?(.+?) ?[{:]$/, ([condition], steps, told) => told.repeat(code(unwrapped(condition)), steps())],
  [/^(?:else if|elif|if) ?(.+?) ?[{:]$/, ([condition], steps, told) => told.when(code(unwrapped(condition)), steps())],
  [
    /^if \((.+?)\) ((?:return|throw|continue|break)\b.*)$/,
    ([condition, rest = ''], _, told) => told.when(code(condition), step({ text: rest, inner: [] }, told)),
  ],
  [/^else ?[{:]$/, (_, steps, told) => told.otherwise(steps())],
  [/^try ?[{:]$/, (_, steps, told) => told.attempt(steps())],
  [/^(?:catch|except)\b.*[{:}]$/, (_, steps, told) => told.onFailure(steps())],
  [/^(?:async )?with (.+) as (\w+):$/, ([call, name], steps, told) => told.uses(code(call), code(name), steps())],
  [/^(?:throw|raise)(?: new)? (.+)$/, ([what], _, told) => told.throws(code(what))],
  [/^return (.+)$/, ([what], _, told) => told.returns(code(what))],
  [/^(?:return|continue|break)$/, (_, __, told) => told.ends],
  [/^pass$/, (_, __, told) => told.nothing],
  [/^yield (.+)$/, ([what], _, told) => told.yields(code(what))],
  [/^([\w.[\]$]+) \+= (.+)$/, ([to, what], _, told) => told.adds(code(what), code(to))],
  [
    /^(?:const |let |var )?([\w$]+|[[{].+?[\]}])(?:: .+?)? :?= await (.+)$/,
    ([name, call], _, told) => told.waitsFor(code(call), code(name)),
  ],
  [/^var (\w+) ([^=]+)$/, ([name, type], _, told) => told.begins(code(name), code(type))],
  [/^await (.+)$/, ([call], _, told) => told.waits(code(call))],
  [
    /^(?:const |let |var )?([\w.[\]$]+|[[{].+?[\]}])(?:: [^=]+?)? :?= (.+)$/,
    ([name, value], _, told) => told.sets(code(name), code(value)),
  ],
  [/^([\w.$]+\(.*\))$/, ([call], _, told) => told.calls(code(call))],
];

function step(statement: Statement, told: Narration): string {
  const { text } = statement;
  for (const [pattern, tell] of RULES) {
    const found = pattern.exec(text);
    if (!found) continue;
    return tell(found.slice(1), () => innerSteps(statement, told), told);
  }
  return told.does(code(text));
}

function innerSteps({ inner }: Statement, told: Narration): string {
  if (inner.length === 0) return told.nothing;
  const steps = inner.slice(0, mostInner).map(statement => lowered(step(statement, told)));
  const left = inner.length - steps.length;
  return [...steps, ...(left > 0 ? [told.andMore(left)] : [])].join(told.then);
}

function unwrapped(condition = ''): string {
  return /^\((.*)\)$/.exec(condition)?.[1] ?? condition;
}

function code(text = ''): string {
  const short = shortened(text, 80);
  // A code span that holds backticks has longer ones around it.
  return short.includes('`') ? `\`\` ${short} \`\`` : `\`${short}\``;
}

function raised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Within another sentence. */
function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
