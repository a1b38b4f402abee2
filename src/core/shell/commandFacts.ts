import {
  type Assignment,
  type Command,
  forEachChild,
  type ParsedScript,
  parse,
  type Redirection,
  type SyntaxNode,
  type Word,
} from 'unbash';
import { type Unwrapped, unwrap } from './wrappers.ts';

/** What a command would do, as far as its text says it. */
export interface CommandFacts {
  /** Name and arguments of every program and builtin that would run, those within others too, as the shell decodes them. */
  commands: readonly (readonly string[])[];
  /** Files that redirections write to. */
  writes: readonly string[];
  /** Files that redirections read. */
  reads: readonly string[];
  /** Whether there is nothing else: false with whatever is found out only as it runs. */
  isKnown: boolean;
  /** Whether later commands may mean something else in a shell that has run this. */
  changesShell: boolean;
}

/** Builtins that leave something behind in the shell. `cd` is none: where it leads is known by the next command. */
const changing = new Set(
  'alias bind builtin complete declare enable eval exec export getopts hash let local mapfile popd pushd read readarray readonly set shopt source trap typeset umask unalias unset . '.split(
    ' ',
  ),
);

/** What does no more than hold commands, whether or not they run. */
const structures: ReadonlySet<SyntaxNode['type']> = new Set([
  'Statement',
  'Pipeline',
  'Time',
  'Negation',
  'AndOr',
  'If',
  'Elif',
  'While',
  'Subshell',
  'BraceGroup',
  'CompoundList',
  'Redirected',
  'TestCommand',
  'TestUnary',
  'TestBinary',
  'TestLogical',
  'TestNot',
  'TestGroup',
]);

/** Parts of a word that are the same whenever it is read. */
const fixedParts: ReadonlySet<SyntaxNode['type']> = new Set(['Literal', 'SingleQuoted', 'AnsiCQuoted']);

/** Deeper is nobody's command: `eval` in `eval`, and so on. */
const deepest = 8;
/** Characters, and parts within others: more is nobody's command, and takes long to read. */
const longest = 20_000;
const mostParts = 300;
const part = /[$<>]\(|`|\$\{/g;
/** Names of variables, such as those of loops, that mean nothing to any program. */
const harmlessVariable = /^[a-z][a-z0-9]{0,7}$/;

/** Reads a command without running any of it. What can't be read is not known. */
export function commandFacts(command: string): CommandFacts {
  const reading = new FactsReading();
  reading.text(command, 0);
  return reading.facts;
}

class FactsReading {
  readonly facts = {
    commands: [] as string[][],
    writes: [] as string[],
    reads: [] as string[],
    isKnown: true,
    changesShell: false,
  };

  text(command: string, depth: number): void {
    const isLong = command.length > longest || (command.match(part)?.length ?? 0) > mostParts;
    // Control characters are what shells and parsers take for different things.
    if (depth > deepest || isLong || /(?![\t\n])\p{Cc}/u.test(command)) this.#unclear();
    else this.#script(parse(command), depth);
  }

  #script(script: ParsedScript | undefined, depth: number): void {
    if (!script || (script.errors ?? []).length > 0) this.#unclear();
    for (const statement of script?.commands ?? []) this.#node(statement, depth);
  }

  /** Only kinds that are listed are known. */
  #node(node: SyntaxNode, depth: number): void {
    if (node.type === 'Command') return this.#command(node, depth);
    if (node.type === 'Script') return this.#script(node, depth);
    if (node.type === 'Redirect' || node.type === 'HereDoc' || node.type === 'HereString') {
      return this.#redirection(node, depth);
    }
    if (node.type === 'Word') {
      if (literal(node) === undefined) this.#dynamic(node, depth);
      return;
    }
    if (node.type === 'For' || node.type === 'Case' || node.type === 'CaseItem') {
      // What their variables and patterns stand for is found out as they run.
      this.facts.isKnown = false;
      if (node.type === 'For' && !harmlessVariable.test(node.name.text)) this.facts.changesShell = true;
    } else if (!structures.has(node.type)) this.#unclear();
    forEachChild(node, child => this.#node(child, depth));
  }

  #command({ name, prefix, suffix }: Command, depth: number): void {
    for (const part of prefix) {
      if (part.type === 'Assignment') this.#assignment(part, name !== undefined, depth);
      else this.#redirection(part, depth);
    }
    const words: (string | undefined)[] = name ? [literal(name)] : [];
    for (const part of suffix) {
      if (part.type === 'Word') words.push(literal(part));
      else if (part.type === 'Assignment') words.push(assigned(part));
      else this.#redirection(part, depth);
      if (part.type === 'Word' || part.type === 'Assignment') forEachChild(part, child => this.#inner(child, depth));
    }
    if (!name) return;
    forEachChild(name, child => this.#inner(child, depth));
    this.#words(words, depth);
  }

  /** `undefined` is a word that is not known. */
  #words(words: readonly (string | undefined)[], depth: number): void {
    const known = words.map(word => word ?? '');
    if (words.includes(undefined)) this.facts.isKnown = false;
    const [name] = words;
    if (name === undefined || name === '') {
      this.#unclear();
      if (known.length > 0) this.facts.commands.push(known);
      return;
    }
    if (changing.has(name) || (name === 'printf' && known[1]?.startsWith('-') === true)) this.facts.changesShell = true;
    this.#take(unwrap(known), known, depth);
  }

  #take(unwrapped: Unwrapped, words: string[], depth: number): void {
    if (!unwrapped.isTransparent) this.facts.commands.push(words);
    if (!unwrapped.isKnown) this.facts.isKnown = false;
    if (depth >= deepest) this.#unclear();
    else if (unwrapped.words) this.#words(unwrapped.words, depth + 1);
    else if (unwrapped.script !== undefined) this.#innerScript(unwrapped.script, depth);
  }

  /** Of another shell, or of this one by `eval`, which has been noted. */
  #innerScript(script: string, depth: number): void {
    const { changesShell } = this.facts;
    this.text(script, depth + 1);
    if (this.facts.isKnown) this.facts.changesShell = changesShell;
  }

  #assignment(assignment: Assignment, isForCommand: boolean, depth: number): void {
    this.facts.isKnown = false;
    if (!isForCommand && !harmlessVariable.test(assignment.name)) this.facts.changesShell = true;
    forEachChild(assignment, child => this.#inner(child, depth));
  }

  #redirection(redirection: Redirection, depth: number): void {
    if (redirection.descriptor?.type === 'FileDescriptorVariable') this.#unclear();
    if (redirection.type === 'HereDoc') {
      if (redirection.body.parts) this.#dynamic(redirection.body, depth);
      return;
    }
    const target = redirection.target && literal(redirection.target);
    if (target === undefined) {
      this.facts.isKnown = false;
      if (redirection.target) this.#dynamic(redirection.target, depth);
      return;
    }
    const { operator } = redirection;
    if (operator === '<<<') return;
    const isCopy = (operator === '>&' || operator === '<&') && /^(?:\d+-?|-)$/.test(target);
    if (isCopy) return;
    if (operator === '<' || operator === '<&') this.facts.reads.push(target);
    else if (!/^\/dev\/(?:null|stdout|stderr|fd\/[012])$/.test(target)) this.facts.writes.push(target);
  }

  /** A part of a word: what runs in it is looked at, whatever else it is. */
  #inner(node: SyntaxNode, depth: number): void {
    if (node.type === 'Script') return this.#script(node, depth);
    if (node.type === 'ParameterExpansion' && /^:?=$/.test(node.operation?.operator ?? '')) this.#unclear();
    else if (node.type.startsWith('Arithmetic')) this.#unclear();
    forEachChild(node, child => this.#inner(child, depth));
  }

  #dynamic(node: SyntaxNode, depth: number): void {
    this.facts.isKnown = false;
    forEachChild(node, child => this.#inner(child, depth));
  }

  #unclear(): void {
    this.facts.isKnown = false;
    this.facts.changesShell = true;
  }
}

/** A word as the shell decodes it; undefined where it is known only as it runs. */
function literal({ value, parts }: Word): string | undefined {
  const isFixed = (parts ?? []).every(part => {
    if (part.type === 'DoubleQuoted') return part.parts.every(({ type }) => type === 'Literal');
    return fixedParts.has(part.type);
  });
  return isFixed ? value : undefined;
}

function assigned({ name, value, append, index }: Assignment): string | undefined {
  if (value.type !== 'Word' || append === true || index !== undefined) return undefined;
  const text = literal(value);
  return text === undefined ? undefined : `${name}=${text}`;
}
