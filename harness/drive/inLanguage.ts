import type { Frame, Locator, Page } from 'playwright-core';
import type { Wording } from './wording.ts';

const searches = new Set<string | symbol>([
  'getByText',
  'getByLabel',
  'getByPlaceholder',
  'getByTitle',
  'getByAltText',
]);
const wordOptions = ['name', 'hasText', 'hasNotText'];

/**
 * A page on which everything is looked for by its English words and found by those of the language: what drives the
 * editor in English drives it in every language.
 */
export function inLanguage(page: Page, wording: Wording): Page {
  const wrapped = new WeakMap<object, object>();
  const originals = new WeakMap<object, object>();

  const wrap = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(wrap) as T;
    if (!isSearched(value)) return value;
    const known = wrapped.get(value) ?? new Proxy<Page | Frame | Locator>(value, handler);
    wrapped.set(value, known);
    originals.set(known, value);
    return known as T;
  };

  const say = (value: unknown): unknown =>
    typeof value === 'string' ? wording.say(value) : value instanceof RegExp ? wording.pattern(value) : value;

  const translated = (argument: unknown): unknown => {
    if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) return argument;
    const original = originals.get(argument);
    if (original || Object.getPrototypeOf(argument) !== Object.prototype) return original ?? argument;
    return Object.fromEntries(
      Object.entries(argument).map(([name, value]) => [
        name,
        wordOptions.includes(name) ? say(value) : translated(value),
      ]),
    );
  };

  const handler: ProxyHandler<Page | Frame | Locator> = {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return wrap(value);
      return (...given: unknown[]): unknown => {
        const [first, ...others] = given.map(translated);
        const args = given.length === 0 ? [] : [searches.has(property) ? say(first) : first, ...others];
        return wrap(Reflect.apply(value, target, args) as unknown);
      };
    },
  };
  return wrap(page);
}

/** Pages, frames and locators: all that can look for something. */
function isSearched(value: unknown): value is Page | Frame | Locator {
  return typeof value === 'object' && value !== null && 'locator' in value && typeof value.locator === 'function';
}
