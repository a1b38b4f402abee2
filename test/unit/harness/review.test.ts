import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import type { Json } from './client.ts';
import { body, message } from './client.ts';

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
after(() => endpoint.close());

interface Finding {
  readonly path?: string;
  readonly severity: string;
  readonly title: string;
  readonly explanation: string;
  readonly quote: string;
  readonly replacement?: string;
}

function reportTool(item: Json = {}): Json {
  const properties = {
    path: { type: 'string' },
    severity: { type: 'string', enum: ['error', 'warning', 'info'] },
    title: { type: 'string' },
    explanation: { type: 'string' },
    quote: { type: 'string' },
    replacement: { type: 'string' },
    ...item,
  };
  const required = ['path', 'severity', 'title', 'explanation', 'quote', ...Object.keys(item)];
  const items = { type: 'object', properties, required, additionalProperties: false };
  return {
    name: 'report_findings',
    input_schema: {
      type: 'object',
      properties: { findings: { type: 'array', items } },
      required: ['findings'],
      additionalProperties: false,
    },
  };
}

async function review(prompt: string, tool = reportTool()): Promise<readonly Finding[]> {
  const toolChoice = { type: 'tool', name: 'report_findings' };
  const answer = await message(endpoint, body(prompt, { tools: [tool], tool_choice: toolChoice }));
  const [call, ...others] = answer.content;
  assert.deepEqual([call?.type, call?.name, others.length], ['tool_use', 'report_findings', 0]);
  return call?.input['findings'] as readonly Finding[];
}

function file(path: string, language: string, code: readonly string[]): string {
  return `File: ${path} (lines 1-${code.length}, ${language})\n\`\`\`${language}\n${code.join('\n')}\n\`\`\``;
}

const inAsync = (line: string): readonly string[] => ['async function run(id) {', line, '}'];

/** Code, and what is found in it: a part of the title, the quote, and the replacement if there is one. */
// prettier-ignore
const FOUND: readonly (readonly [language: string, code: readonly string[], title: RegExp, quote: string, replacement?: string])[] = [
  ['javascript', ["  if (a == 'b == c') go();"], /Use === instead of ==/, "  if (a == 'b == c') go();", "  if (a === 'b == c') go();"],
  ['typescript', ['while (a != b) go();'], /Use !== instead of !=/, 'while (a != b) go();', 'while (a !== b) go();'],
  ['javascript', ['eval(text);'], /eval/, 'eval(text);'],
  ['python', ['eval(text)'], /eval/, 'eval(text)'],
  ['javascript', ['try { go(); } catch (e) {}'], /An error disappears/, 'try { go(); } catch (e) {}'],
  ['java', ['try {', '  go();', '} catch (Exception e) {', '}'], /An error disappears/, '} catch (Exception e) {\n}'],
  ['python', ['try:', '    go()', 'except OSError:', '    pass'], /An error disappears/, 'except OSError:\n    pass'],
  ['typescript', ["const apiKey = 'sk-123456789';"], /`apiKey` is a secret/, "const apiKey = 'sk-123456789';", 'const apiKey = process.env.API_KEY;'],
  ['python', ['db_password = "hunter22"'], /`db_password` is a secret/, 'db_password = "hunter22"', 'db_password = os.environ["DB_PASSWORD"]'],
  ['go', ['token := "abcdef123"'], /`token` is a secret/, 'token := "abcdef123"'],
  ['javascript', inAsync("  fetch('/x');"), /Nobody waits for `fetch`/, "  fetch('/x');", "  await fetch('/x');"],
  ['javascript', ["fetch('/x');"], /Nobody waits for `fetch`/, "fetch('/x');"],
  ['javascript', [...inAsync('  go();'), 'function other() {', '  run(1);', '}'], /Nobody waits for `run`/, '  run(1);'],
  ['javascript', ['var a = 1;'], /Use const instead of var/, 'var a = 1;', 'const a = 1;'],
  ['javascript', ['var a = 1;', 'a += 2;'], /Use let instead of var/, 'var a = 1;', 'let a = 1;'],
  ['typescript', ['function f(a: any) {}'], /`any`/, 'function f(a: any) {}', 'function f(a: unknown) {}'],
  ['typescript', ['f(a as any);'], /`any`/, 'f(a as any);'],
  ['javascript', ['const q = "SELECT * FROM t WHERE id = " + id;'], /SQL/, 'const q = "SELECT * FROM t WHERE id = " + id;'],
  ['typescript', ['run(`DELETE FROM t WHERE id = ${id}`);'], /SQL/, 'run(`DELETE FROM t WHERE id = ${id}`);'],
  ['python', ['run(f"SELECT a FROM t WHERE id = {id}")'], /SQL/, 'run(f"SELECT a FROM t WHERE id = {id}")'],
  ['javascript', ['  console.log(a);'], /console\.log/, '  console.log(a);'],
  ['go', ['// TODO: close it'], /TODO is still open/, '// TODO: close it'],
  ['python', ['if a == None: go()'], /`is None`/, 'if a == None: go()', 'if a is None: go()'],
];

for (const [language, code, title, quote, replacement] of FOUND) {
  test(`a review finds ${String(title)} in ${language}: ${code.join(' ⏎ ')}`, async () => {
    const findings = await review(`Review this.\n\n${file(`src/x.${language}`, language, code)}`);
    const found = findings.find(finding => title.test(finding.title));
    assert.ok(found, JSON.stringify(findings));
    assert.equal(found.path, `src/x.${language}`);
    assert.equal(found.quote, quote);
    assert.equal(found.replacement, replacement);
    assert.ok(found.explanation.length > 40);
  });
}

/** Code that is as it should be. */
const NOTHING_FOUND: readonly (readonly [language: string, code: readonly string[]])[] = [
  ['python', ['if a == b: go()']],
  ['go', ['if a == b { go() }']],
  ['javascript', ['if (a === b || a == null) go();']],
  ['javascript', ["go('a == b'); // x == y, fetch(z), eval(a)"]],
  ['javascript', ['try { go(); } catch { /* expected */ }']],
  ['javascript', ['function run() {', "  return fetch('/x');", '}']],
  ['javascript', ["fetch('/x').then(use);"]],
  ['javascript', ["fetch('/x')", '  .then(use);']],
  ['javascript', inAsync('  const a = fetch(id); use(await a);')],
  ['javascript', ['const token = process.env.TOKEN;']],
  ['typescript', ["const tokenUrl = 'https://x.test/token';"]],
  ['typescript', ['const company: string = anyone;']],
  ['javascript', ["const q = 'SELECT * FROM t WHERE id = ?';"]],
  ['javascript', ['const TODO = 1;']],
];

for (const [language, code] of NOTHING_FOUND) {
  test(`a review finds nothing in ${language}: ${code.join(' ⏎ ')}`, async () => {
    assert.deepEqual(await review(file('a', language, code)), []);
  });
}

test('of a diff only added lines are reviewed, and quoted without their mark', async () => {
  const diff = [
    '```diff',
    'diff --git a/src/a.js b/src/a.js',
    '--- a/src/a.js',
    '+++ b/src/a.js',
    '@@ -1,4 +1,4 @@ function main() {',
    ' var untouched = 1;',
    '-var removed = 2;',
    '+  var added = 3;',
    ' console.log(untouched);',
    '```',
  ].join('\n');
  const findings = await review(`Review the changes.\n\nFile: src/a.js (lines 1-4, diff)\n${diff}`);
  assert.deepEqual(
    findings.map(({ path, quote, replacement }) => ({ path, quote, replacement })),
    [{ path: 'src/a.js', quote: '  var added = 3;', replacement: '  const added = 3;' }],
  );
});

test('the language of a diff is that of its file', async () => {
  const diff = (path: string): string =>
    `File: ${path} (lines 1-1, diff)\n\`\`\`diff\n@@ -0,0 +1 @@\n+if (a == b) go()\n\`\`\``;
  assert.equal((await review(diff('a.ts'))).length, 1);
  assert.equal((await review(diff('a.py'))).length, 0);
});

test('findings of several files come with the path of each, in order', async () => {
  const prompt = [file('a.js', 'javascript', ['var a = 1;']), file('dir/b c.js', 'javascript', ['var b = 1;'])].join(
    '\n\n',
  );
  assert.deepEqual(
    (await review(prompt)).map(finding => finding.path),
    ['a.js', 'dir/b c.js'],
  );
});

test('the findings fit the schema that was sent', async () => {
  const tool = reportTool({
    severity: { type: 'string', enum: ['critical', 'minor'] },
    category: { type: 'string', enum: ['bug', 'style'] },
    confidence: { type: 'number', minimum: 0.5 },
  });
  const [finding] = await review(file('a.js', 'javascript', ['eval(a);']), tool);
  assert.deepEqual(
    { ...finding, title: '', explanation: '' },
    {
      path: 'a.js',
      severity: 'critical',
      title: '',
      explanation: '',
      quote: 'eval(a);',
      category: 'bug',
      confidence: 0.5,
    },
  );
});
