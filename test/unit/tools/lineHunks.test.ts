import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hunkAt, hunksBetween, withHunks } from '../../../src/core/tools/lineHunks.ts';

const shown = (before: string, after: string, mostLines?: number): string[] =>
  hunksBetween(before, after, mostLines).map(
    ({ oldLine, newLine, lines }) =>
      `${oldLine}/${newLine} ${lines.map(({ kind, text }) => ({ same: '=', removed: '-', added: '+' })[kind] + text.trim()).join(' ')}`,
  );
const text = (...lines: string[]): string => lines.map(line => `${line}\n`).join('');

test('changes apart from each other are hunks of their own, near ones are one', () => {
  const before = text('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  assert.deepEqual(shown(before, text('A', 'b', 'c', 'd', 'E', 'f', 'G', 'h')), ['0/0 -a +A', '4/4 -e +E =f -g +G']);
  assert.deepEqual(shown(before, before), []);
  assert.deepEqual(shown('', 'new\n'), ['0/0 +new']);
  assert.deepEqual(shown('gone', ''), ['0/0 -gone']);
});

test('a line is removed or added where the fewest others have to be', () => {
  const before = text('if (a) {', '  one();', '}', '', 'if (b) {', '  two();', '}');
  const after = text('if (a) {', '  one();', '}', '', 'if (c) {', '  new();', '}', '', 'if (b) {', '  two();', '}');
  assert.deepEqual(
    shown(before, after).map(hunk => hunk.match(/[-+]/g)?.join('')),
    ['++++'],
  );
});

test('beyond the lines that can be shown all changes are one hunk', () => {
  const before = text(...'abcdefghijklmnop'.split(''));
  const after = text(...'AbcdeFghijKlmnoP'.split(''));
  assert.equal(shown(before, after).length, 4);
  assert.deepEqual(shown(before, after, 9), ['0/0 -a +A', '5/5 -f +F =g =h =i =j -k +K =l =m =n =o -p +P']);
});

test('any choice of hunks gives the one text on the one side and the other on the other', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 300; round++) {
    const before = Array.from({ length: random(30) }, () => `${random(5)}\n`);
    const after = before.flatMap(line => [[line], [line], [line], [], [line, `${random(5)}\n`]][random(5)] ?? []);
    const ends = ['', 'end without a line break'];
    const [old, now] = [before, after].map(lines => `${lines.join('')}${ends[random(2)] ?? ''}`) as [string, string];
    const hunks = hunksBetween(old, now);
    const all = new Set(hunks.keys());
    assert.equal(withHunks(old, hunks, new Set()), now);
    assert.equal(withHunks(old, hunks, all), old);
    for (const at of all) {
      const rest = hunksBetween(withHunks(old, hunks, new Set([at])), now);
      const [lines, expected] = [rest.flatMap(hunk => hunk.lines), hunks[at]?.lines];
      const changes = (list: typeof lines | undefined) => list?.filter(({ kind }) => kind !== 'same').length;
      assert.ok((changes(lines) ?? 0) <= (changes(expected) ?? 0), 'what is left is all that is missing');
    }
  }
});

test('two long texts that have nothing in common are one hunk, at once', () => {
  const lines = (word: string): string => text(...Array.from({ length: 50_000 }, (_, at) => `${word} ${at}`));
  const startedAt = performance.now();
  assert.equal(hunksBetween(lines('old'), lines('new')).length, 1);
  assert.ok(performance.now() - startedAt < 5_000);
});

test('the hunk at a line is the one that has it, or has removed lines beside it', () => {
  const hunks = hunksBetween(text('a', 'b', 'c', 'd', 'e', 'f', 'g'), text('A', 'b', 'c', 'd', 'f', 'g'));
  const at = (line: number) => hunks.indexOf(hunkAt(hunks, line) ?? { oldLine: 0, newLine: 0, lines: [] });
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(at), [0, -1, -1, 1, 1, -1]);
});
