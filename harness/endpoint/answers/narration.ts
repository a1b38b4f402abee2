import type { AnswerLanguage } from './phrases.ts';

/** How a statement is told. Every part is code in backticks, or a sentence without its end. */
export interface Narration {
  readonly forEach: (each: string, all: string, steps: string) => string;
  readonly repeat: (condition: string, steps: string) => string;
  readonly when: (condition: string, steps: string) => string;
  readonly otherwise: (steps: string) => string;
  readonly attempt: (steps: string) => string;
  readonly onFailure: (steps: string) => string;
  readonly nothing: string;
  readonly throws: (what: string) => string;
  readonly returns: (what: string) => string;
  readonly ends: string;
  readonly yields: (what: string) => string;
  readonly adds: (what: string, to: string) => string;
  readonly waits: (call: string) => string;
  readonly waitsFor: (call: string, name: string) => string;
  readonly begins: (name: string, type: string) => string;
  readonly sets: (name: string, value: string) => string;
  readonly calls: (call: string) => string;
  readonly does: (code: string) => string;
  readonly uses: (call: string, name: string, steps: string) => string;
  readonly then: string;
  readonly end: string;
  readonly andMore: (count: number) => string;
}

const ENGLISH: Narration = {
  forEach: (each, all, steps) => `For each ${each} of ${all}: ${steps}`,
  repeat: (condition, steps) => `As long as ${condition}: ${steps}`,
  when: (condition, steps) => `If ${condition}: ${steps}`,
  otherwise: steps => `Otherwise: ${steps}`,
  attempt: steps => `Tries this: ${steps}`,
  onFailure: steps => `If that fails: ${steps}`,
  nothing: 'does nothing',
  throws: what => `throws ${what}`,
  returns: what => `returns ${what}`,
  ends: 'ends here',
  yields: what => `hands out ${what}`,
  adds: (what, to) => `adds ${what} to ${to}`,
  waits: call => `waits for ${call}`,
  waitsFor: (call, name) => `waits for ${call} and keeps what it gives as ${name}`,
  begins: (name, type) => `begins with an empty ${name} (${type})`,
  sets: (name, value) => `sets ${name} to ${value}`,
  calls: call => `calls ${call}`,
  does: code => `does ${code}`,
  uses: (call, name, steps) => `With ${call} as ${name}: ${steps}`,
  then: '; ',
  end: '.',
  andMore: count => `… and ${count} more`,
};

const JAPANESE: Narration = {
  forEach: (each, all, steps) => `${all} の各 ${each} について、${steps}`,
  repeat: (condition, steps) => `${condition} の間、${steps}`,
  when: (condition, steps) => `${condition} なら、${steps}`,
  otherwise: steps => `そうでなければ、${steps}`,
  attempt: steps => `次を試します: ${steps}`,
  onFailure: steps => `失敗したときは、${steps}`,
  nothing: '何もしません',
  throws: what => `${what} を投げます`,
  returns: what => `${what} を返します`,
  ends: 'ここで終わります',
  yields: what => `${what} を順に渡します`,
  adds: (what, to) => `${to} に ${what} を足します`,
  waits: call => `${call} を待ちます`,
  waitsFor: (call, name) => `${call} を待ち、結果を ${name} に入れます`,
  begins: (name, type) => `空の ${name} (${type}) から始めます`,
  sets: (name, value) => `${name} を ${value} にします`,
  calls: call => `${call} を呼びます`,
  does: code => `${code} を行います`,
  uses: (call, name, steps) => `${call} を ${name} として、${steps}`,
  then: '。続いて、',
  end: '。',
  andMore: count => `…ほか ${count} 件`,
};

const CHINESE: Narration = {
  forEach: (each, all, steps) => `对 ${all} 中的每个 ${each}:${steps}`,
  repeat: (condition, steps) => `只要 ${condition}:${steps}`,
  when: (condition, steps) => `如果 ${condition}:${steps}`,
  otherwise: steps => `否则:${steps}`,
  attempt: steps => `尝试:${steps}`,
  onFailure: steps => `如果失败:${steps}`,
  nothing: '什么也不做',
  throws: what => `抛出 ${what}`,
  returns: what => `返回 ${what}`,
  ends: '到此结束',
  yields: what => `依次给出 ${what}`,
  adds: (what, to) => `把 ${what} 加到 ${to}`,
  waits: call => `等待 ${call}`,
  waitsFor: (call, name) => `等待 ${call},结果存为 ${name}`,
  begins: (name, type) => `从空的 ${name}(${type})开始`,
  sets: (name, value) => `把 ${name} 设为 ${value}`,
  calls: call => `调用 ${call}`,
  does: code => `执行 ${code}`,
  uses: (call, name, steps) => `以 ${name} 使用 ${call}:${steps}`,
  then: ';',
  end: '。',
  andMore: count => `……还有 ${count} 项`,
};

export const NARRATIONS: Readonly<Record<AnswerLanguage, Narration>> = { en: ENGLISH, ja: JAPANESE, zh: CHINESE };
