import type { CodeFacts, Declared } from './code-facts.ts';
import { codeFacts } from './code-facts.ts';
import { languageName } from './languages.ts';
import type { Phrases } from './phrases.ts';
import type { SentCode } from './sent-code.ts';
import { counted, listed, shortened, ticked } from './wording.ts';

/** An explanation that names what really stands in the code that was sent. */
export function explanation(codes: readonly SentCode[], phrases: Phrases): string {
  return codes.map(code => explained(code, phrases)).join('\n\n');
}

function explained(code: SentCode, phrases: Phrases): string {
  const facts = codeFacts(code);
  return [
    `## ${phrases.whatItIs}`,
    opening(code, facts),
    ...section(phrases.whatIsDeclared, facts.declared.map(declared)),
    ...section(phrases.howItFlows, flow(facts)),
    ...section(phrases.whatItUses, uses(facts)),
    ...section(phrases.inNumbers, numbers(facts)),
    ...firstLines(code, facts),
  ].join('\n\n');
}

function opening(code: SentCode, facts: CodeFacts): string {
  const language = languageName(code.language);
  const first = code.lines[0]?.number ?? 1;
  const last = code.lines.at(-1)?.number ?? first;
  const place = code.path === undefined ? '' : ` from \`${code.path}\``;
  const lines = first === 1 && code.path === undefined ? '' : ` (lines ${first}–${last})`;
  const kind = code.isDiff ? 'a change of ' : '';
  const content = `${kind}${counted(facts.lineCount, 'line')} of ${language === '' ? 'text in an unknown language' : language}`;
  return `This is ${content}${place}${lines}. ${purpose(facts)}`;
}

function purpose({ declared, calls, imports }: CodeFacts): string {
  const main = declared.find(({ kind }) => kind === 'class') ?? declared.find(({ kind }) => kind === 'function');
  if (main !== undefined) {
    const others = declared.length - 1;
    const rest = others === 0 ? '' : ` besides ${counted(others, 'other declaration')}`;
    return `It declares the ${main.kind} \`${main.name}\`${rest}.`;
  }
  if (calls.length > 0) return `It declares nothing of its own; it calls ${ticked(calls.slice(0, 3))}.`;
  if (imports.length > 0) return `It imports ${ticked(imports.slice(0, 3))}.`;
  return 'It neither declares nor calls anything.';
}

function declared(declaration: Declared): string {
  const { kind, name, parameters, isAsync, fromLine, toLine, calls } = declaration;
  const lines = counted(toLine - fromLine + 1, 'line');
  const start = `- **\`${name}\`** — ${isAsync ? 'asynchronous ' : ''}${kind}, line ${fromLine}, ${lines}`;
  if (kind !== 'function') return `${start}.`;
  const takes = parameters.length === 0 ? 'takes no parameters' : `takes ${ticked(parameters)}`;
  const uses = calls.length === 0 ? 'calls nothing' : `calls ${ticked(calls.slice(0, 5))}`;
  return `${start}; ${takes} and ${uses}.`;
}

function flow(facts: CodeFacts): readonly string[] {
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ['condition', facts.conditions],
    ['loop', facts.loops],
    ['return', facts.returns],
    ['failure that is thrown or handled', facts.failures],
    ['await', facts.awaits],
  ];
  return rows
    .filter(([, lines]) => lines.length > 0)
    .map(
      ([what, lines]) => `- ${lines.length === 1 ? `One ${what}` : `${lines.length} × ${what}`}: ${onLines(lines)}.`,
    );
}

function onLines(lines: readonly number[]): string {
  return `${lines.length === 1 ? 'line' : 'lines'} ${listed(lines.slice(0, 8).map(String))}${lines.length > 8 ? ' and more' : ''}`;
}

function uses({ imports, calls }: CodeFacts): readonly string[] {
  return [
    ...(imports.length > 0 ? [`- Imports: ${ticked(imports)}.`] : []),
    ...(calls.length > 0 ? [`- Calls from outside: ${ticked(calls.slice(0, 12))}.`] : []),
  ];
}

function numbers(facts: CodeFacts): readonly string[] {
  const functions = facts.declared.filter(({ kind }) => kind === 'function').length;
  return [
    '| | count |\n|---|---:|\n' +
      [
        ['lines', facts.lineCount],
        ['of them blank', facts.blankCount],
        ['of them comments', facts.commentCount],
        ['functions', functions],
        ['classes and types', facts.declared.length - functions],
        ['conditions', facts.conditions.length],
        ['loops', facts.loops.length],
      ]
        .map(([what, count]) => `| ${String(what)} | ${String(count)} |`)
        .join('\n'),
  ];
}

/** Code that no pattern fits is at least quoted. */
function firstLines(code: SentCode, facts: CodeFacts): readonly string[] {
  if (facts.declared.length > 0) return [];
  const line = code.lines.find(({ text }) => text.trim() !== '');
  return line === undefined ? [] : [`It begins on line ${line.number} with \`${shortened(line.text.trim(), 100)}\`.`];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.join('\n')];
}
