import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placeDiff } from '../../../src/core/context/placeCode.ts';
import { isUnifiedDiff, parseUnifiedDiff } from '../../../src/core/context/unifiedDiff.ts';

const file = Array.from({ length: 30 }, (_, line) => `line ${line + 1}`).join('\n') + '\n';

function applied(text: string, diff: string): string {
  const result = placeDiff(text, parseUnifiedDiff(diff)[0]?.hunks ?? []);
  return result.placed ? result.text : `${result.reason} ${result.hunk ?? ''}`.trim();
}

const change = (before: string, after: string): string => file.replace(before, after);

describe('A hunk is applied', () => {
  test('where it says', () => {
    const diff = '--- a/x.txt\n+++ b/x.txt\n@@ -4,3 +4,3 @@\n line 4\n-line 5\n+line five\n line 6\n';
    assert.equal(applied(file, diff), change('line 5\n', 'line five\n'));
  });

  test('where its context stands, if its number is wrong', () => {
    const diff = '@@ -14,3 +14,3 @@ somewhere\n line 4\n-line 5\n+line five\n line 6\n';
    assert.equal(applied(file, diff), change('line 5\n', 'line five\n'));
  });

  test('without numbers, and without a header at all', () => {
    const lines = ' line 4\n-line 5\n+line five\n line 6\n';
    assert.equal(applied(file, `@@ ... @@\n${lines}`), change('line 5\n', 'line five\n'));
    assert.equal(applied(file, lines), change('line 5\n', 'line five\n'));
  });

  test('at the nearest of several places', () => {
    const twice = 'a\nx\nb\na\nx\nb\na\nx\nb\n';
    assert.equal(applied(twice, '@@ -5,2 +5,2 @@\n-x\n+y\n b\n'), 'a\nx\nb\na\ny\nb\na\nx\nb\n');
    assert.equal(applied(twice, '-x\n+y\n b\n'), 'hunk 1');
  });

  test('with its context’s blanks left out', () => {
    assert.equal(
      applied('if (a) {\n  b();\n}\n', '@@ -1,3 +1,4 @@\nif (a) {\n+c();\nb();\n}\n'),
      'if (a) {\nc();\n  b();\n}\n',
    );
    assert.equal(applied('a\n\nb\n', '@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n'), 'a\n\nc\n');
  });

  test('at the file’s own indentation', () => {
    assert.equal(
      applied('class A {\n    a() {\n        x();\n    }\n}\n', ' a() {\n-    x();\n+    y();\n+    z();\n }\n'),
      'class A {\n    a() {\n        y();\n        z();\n    }\n}\n',
    );
  });

  test('though a line or two at its ends are not the file’s', () => {
    const diff = '@@ -3,5 +3,5 @@\n line three\n line 4\n-line 5\n+line five\n line 6\n line seven\n';
    assert.equal(applied(file, diff), change('line 5\n', 'line five\n'));
  });

  test('after others that have moved the lines', () => {
    const diff =
      '@@ -2,2 +2,4 @@\n line 2\n+new\n+newer\n line 3\n@@ -20,3 +22,2 @@\n line 20\n-line 21\n line 22\n@@ -29,2 +30,3 @@\n line 29\n line 30\n+end\n';
    const expected = change('line 3\n', 'new\nnewer\nline 3\n').replace('line 21\n', '') + 'end\n';
    assert.equal(applied(file, diff), expected);
  });

  test('with Windows line ends', () => {
    const windows = file.replaceAll('\n', '\r\n');
    const diff = '@@ -4,3 +4,3 @@\n line 4\n-line 5\n+line five\n line 6\n';
    assert.equal(applied(windows, diff), change('line 5\n', 'line five\n').replaceAll('\n', '\r\n'));
  });

  test('to an empty file', () => {
    assert.equal(applied('', '--- /dev/null\n+++ b/x.txt\n@@ -0,0 +1,2 @@\n+a\n+b\n'), 'a\nb\n');
  });
});

test('nothing is applied where one hunk fits nowhere', () => {
  const diff = '@@ -1,2 +1,2 @@\n-line 1\n+one\n line 2\n@@ -9,2 +9,2 @@\n-line nine\n+9\n line ten\n';
  assert.equal(applied(file, diff), 'hunk 2');
});

test('the files of a diff are told apart', () => {
  const diff = `diff --git a/src/a.ts b/src/a.ts
index 123..456 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -1 +1 @@
-a
+b
diff --git a/new.ts b/new.ts
new file mode 100644
--- /dev/null
+++ b/new.ts\t2024-01-01
@@ -0,0 +1 @@
+c
--- a/old.ts
+++ /dev/null
@@ -1 +0,0 @@
-d
\\ No newline at end of file
`;
  assert.deepEqual(
    parseUnifiedDiff(diff).map(({ path, isNewFile, isDeletion, hunks }) => [path, isNewFile, isDeletion, hunks.length]),
    [
      ['src/a.ts', false, false, 1],
      ['new.ts', true, false, 1],
      ['old.ts', false, true, 1],
    ],
  );
});

test('a diff is known by its language or its looks', () => {
  assert.ok(isUnifiedDiff('diff', '-a\n+b'));
  assert.ok(isUnifiedDiff('', '--- a/x\n+++ b/x\n'));
  assert.ok(!isUnifiedDiff('sql', '-- a comment\nselect 1'));
  assert.ok(!isUnifiedDiff('yaml', '--- \na: 1'));
});
