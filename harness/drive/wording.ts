import type { Language } from '../../scripts/l10n/languages.ts';
import { translationFiles } from '../../scripts/l10n/translations.ts';

/** What the extension says in a language, looked up by what it says in English. */
export class Wording {
  readonly #said = new Map<string, string>();
  readonly #templates: Template[];

  constructor(language: Language) {
    for (const { language: of, english, translated } of translationFiles()) {
      if (of !== language) continue;
      for (const [key, text] of Object.entries(english)) this.#said.set(text, translated[key] ?? text);
    }
    this.#templates = [...this.#said].filter(([text]) => /\{\d\}/.test(text)).map(entry => new Template(...entry));
  }

  /** Also of a text in which placeholders are filled: with names, numbers or paths, but not with sentences. */
  say(english: string): string {
    if (english.startsWith('Marginalia: ')) return `Marginalia: ${this.say(english.slice(12))}`;
    const said = this.#said.get(english);
    if (said !== undefined) return said;
    for (const template of this.#templates) {
      const filled = template.translate(english);
      if (filled !== undefined) return filled;
    }
    return english;
  }

  /** Fits what every English text that `english` fits is in this language, and what it fits itself. */
  pattern(english: RegExp): RegExp {
    const start = english.source.startsWith('^') ? '^' : '';
    const end = english.source.endsWith('$') ? '$' : '';
    const fitting = [...this.#said].filter(([text]) => english.test(text.replace(/\{\d\}/g, '1')));
    const sources = [
      ...fitting.map(([, said]) => escape(said).replace(/\\\{\d\\\}/g, '.*')),
      ...this.#templates.flatMap(template => template.translateStart(english.source.slice(start.length)) ?? []),
    ];
    return new RegExp([english.source, ...sources.map(source => `${start}${source}${end}`)].join('|'), english.flags);
  }

  /** The English texts of ours among `shown` that have another wording in this language. */
  englishAmong(shown: string[]): string[] {
    return shown.filter(text => {
      const said = this.#said.get(text);
      return said === undefined ? this.#templates.some(template => template.isShownIn(text)) : said !== text;
    });
  }
}

/** A text with placeholders. */
class Template {
  readonly #pattern: RegExp;
  readonly #order: number[];
  readonly #translated: string;
  readonly #isSentence: boolean;
  /** The English words before the first value. */
  readonly #start: string;

  constructor(english: string, translated: string) {
    this.#pattern = new RegExp(`^${escape(english).replace(/\\\{\d\\\}/g, '(.+)')}$`, 's');
    this.#order = [...english.matchAll(/\{(\d)\}/g)].map(found => Number(found[1]));
    this.#translated = translated;
    this.#start = english.slice(0, english.indexOf('{'));
    const words = english.replace(/\{\d\}/g, '');
    this.#isSentence = /[a-z]{3}/i.test(words) && translated !== english;
  }

  translate(english: string): string | undefined {
    const values = this.#valuesIn(english);
    if (!values?.every(value => /^[^\s]*[\d_./][^\s]*$/.test(value))) return undefined;
    return this.#translated.replace(/\{(\d)\}/g, (whole, place) => values[this.#order.indexOf(Number(place))] ?? whole);
  }

  /** Of a regular expression that begins with the words before the first placeholder, and goes on with its value. */
  translateStart(source: string): string | undefined {
    if (!/[a-z]{3}/i.test(this.#start) || !source.startsWith(this.#start)) return undefined;
    const value = `${source.slice(this.#start.length)}.*`;
    return escape(this.#translated).replace(/\\\{(\d)\\\}/g, (_, place) => (place === '0' ? value : '.*'));
  }

  isShownIn(text: string): boolean {
    return this.#isSentence && this.#valuesIn(text) !== undefined;
  }

  #valuesIn(text: string): string[] | undefined {
    return this.#pattern.exec(text)?.slice(1);
  }
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
