import type { CodeFacts, Declared } from './code-facts.ts';
import { codeFacts } from './code-facts.ts';
import { languageName } from './languages.ts';
import { narrated } from './narrate.ts';
import { NARRATIONS } from './narration.ts';
import { type AnswerLanguage, languageOf, type Phrases, phrasesFor } from './phrases.ts';
import { blockFindings } from './review-blocks.ts';
import { reviewedCode } from './review-code.ts';
import { lineFindings } from './review-rules.ts';
import type { SentCode } from './sent-code.ts';
import { shortened, ticked } from './wording.ts';

/** An explanation that tells what really stands in the code that was sent, in the language of the question. */
export function explanation(codes: readonly SentCode[], question: string): string {
  return codes.map(code => explained(code, phrasesFor(question), languageOf(question))).join('\n\n');
}

/** Functions that are told step by step. */
const mostTold = 6;
/** Weak places that are named. */
const mostNoted = 5;

function explained(code: SentCode, phrases: Phrases, language: AnswerLanguage): string {
  const facts = codeFacts(code);
  const outer = facts.declared.filter(declared => !isWithinFunction(declared, facts));
  const types = outer.filter(({ kind }) => kind !== 'function');
  const functions = outer.filter(({ kind }) => kind === 'function');
  const stories = functions.slice(0, mostTold).map(declared => told(declared, phrases, language));
  return [
    `## ${phrases.whatItIs}`,
    opening(code, facts, phrases),
    ...section(
      phrases.whatItHolds,
      types.map(type => typeLine(type, phrases)),
    ),
    ...section(phrases.whatItDoes, stories, '\n\n'),
    ...section(phrases.whatItUses, uses(facts, phrases)),
    ...section(phrases.worthALook, noted(code, phrases)),
    ...firstLines(code, facts, phrases),
  ].join('\n\n');
}

function isWithinFunction({ from, to }: Declared, { declared }: CodeFacts): boolean {
  return declared.some(other => other.kind === 'function' && other.from < from && to <= other.to);
}

function opening(code: SentCode, facts: CodeFacts, phrases: Phrases): string {
  const first = code.lines[0]?.number ?? 1;
  const last = code.lines.at(-1)?.number ?? first;
  const lines = first === 1 && code.path === undefined ? '' : ` (${phrases.lines(first, last)})`;
  const where = code.path === undefined ? lines.trim() : `\`${code.path}\`${lines}`;
  const language = languageName(code.language) || phrases.unknownLanguage;
  return `${phrases.codeIs(facts.lineCount, language, where, code.isDiff)} ${purpose(facts, phrases)}`;
}

function purpose({ declared, calls, imports }: CodeFacts, phrases: Phrases): string {
  const names = declared.filter(({ kind }) => kind !== 'type').map(({ name }) => name);
  const named = names.length === 0 ? declared.map(({ name }) => name) : names;
  const shown = named.length > 5 ? named.slice(0, 4) : named;
  if (named.length > 0) return phrases.declares(ticked(shown, phrases.and), named.length - shown.length);
  if (calls.length > 0) return phrases.onlyCalls(ticked(calls.slice(0, 3), phrases.and));
  if (imports.length > 0) return phrases.onlyImports(ticked(imports.slice(0, 3), phrases.and));
  return phrases.declaresNothing;
}

function typeLine({ kind, name, members, comment }: Declared, phrases: Phrases): string {
  const held = ticked([...new Set(members)].slice(0, 8), phrases.and);
  const line = phrases.holds(kind === 'class' ? kind : 'type', `\`${name}\``, held);
  return `- ${line}${comment === '' ? '' : ` ${comment}`}`;
}

/** A function as a heading of its own and its steps. */
function told(declared: Declared, phrases: Phrases, language: AnswerLanguage): string {
  const { name, parameters, isAsync, fromLine, toLine, comment, statements } = declared;
  const where = `${isAsync ? 'async, ' : ''}${phrases.lines(fromLine, toLine)}`;
  const heading = `**\`${name}(${parameters.join(', ')})\`** (${where})`;
  const steps = narrated(statements, NARRATIONS[language]).map((sentence, at) => `${at + 1}. ${sentence}`);
  const parts = [comment === '' ? heading : `${heading} — ${comment}`, steps.join('\n')];
  return parts.filter(part => part !== '').join('\n\n');
}

function uses({ imports, calls }: CodeFacts, phrases: Phrases): readonly string[] {
  return [
    ...(imports.length > 0 ? [`- ${phrases.imports(ticked(imports, phrases.and))}`] : []),
    ...(calls.length > 0 ? [`- ${phrases.callsOutside(ticked(calls.slice(0, 12), phrases.and))}`] : []),
  ];
}

/** What a review would find, in a line each. */
function noted(code: SentCode, phrases: Phrases): readonly string[] {
  const reviewed = reviewedCode(code);
  return [...lineFindings(reviewed), ...blockFindings(reviewed)]
    .sort((a, b) => a.at - b.at)
    .slice(0, mostNoted)
    .map(({ at, title }) => `- ${phrases.noted(code.lines[at]?.number ?? at + 1, title)}`);
}

/** Code that no pattern fits is at least quoted. */
function firstLines(code: SentCode, facts: CodeFacts, phrases: Phrases): readonly string[] {
  if (facts.declared.length > 0) return [];
  const line = code.lines.find(({ text }) => text.trim() !== '');
  return line === undefined ? [] : [phrases.beginsWith(line.number, `\`${shortened(line.text.trim(), 100)}\``)];
}

function section(title: string, lines: readonly string[], separator = '\n'): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.join(separator)];
}
