import type { TestContext } from 'node:test';

/** How many characters of JSON are parsed while `work` runs: what it costs, on any machine. */
export function parsedCharacters({ mock }: TestContext, work: () => void): number {
  const parse = JSON.parse.bind(JSON);
  let characters = 0;
  const counted = mock.method(JSON, 'parse', (text: string) => {
    characters += text.length;
    return parse(text) as unknown;
  });
  work();
  counted.mock.restore();
  return characters;
}
