import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readToolFile } from '../../../src/core/tools/toolFile.ts';
import { type FoundToolFile, ToolFileReader } from '../../../src/core/tools/toolList.ts';
import { toolTemplate } from '../../../src/core/tools/toolTemplate.ts';
import { toolFields, toolFileProblemText } from '../../../src/shared/toolFile.ts';
import { plain } from '../../support/plainText.ts';

const lookUp = {
  name: 'look_up',
  description: 'Looks a price up.',
  input_schema: { type: 'object', properties: { query: { type: 'string' } } },
  command: ['node', 'scripts/look up.mjs'],
};

/** What is wrong with the file, each with the text that it is about. */
function problemsOf(file: unknown): string[] {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const read = readToolFile(text);
  assert.ok(!read.ok);
  return read.problems.map(
    problem => `${text.slice(problem.start, problem.end)} ${toolFileProblemText(problem, plain)}`,
  );
}

test('a tool file says what is called, with what, and what that does', () => {
  const read = readToolFile(`\uFEFF${JSON.stringify({ $schema: 'x', ...lookUp, reads: true, timeLimitSeconds: 5 })}`);
  assert.ok(read.ok);
  const { check, ...tool } = read.tool;
  assert.deepEqual(tool, {
    name: 'look_up',
    description: 'Looks a price up.',
    inputSchema: lookUp.input_schema,
    way: { kind: 'command', argv: ['node', 'scripts/look up.mjs'] },
    reads: true,
    replay: false,
    timeLimitMs: 5_000,
  });
  assert.deepEqual(check({ query: 1 }), ['/query: must be a string.']);
});

test('there are four ways to answer, and the template is one', () => {
  const wayOf = (fields: object) => {
    const read = readToolFile(JSON.stringify({ ...lookUp, command: undefined, ...fields }));
    return read.ok ? read.tool.way : read.problems;
  };
  assert.deepEqual(wayOf({}), { kind: 'byHand' });
  assert.deepEqual(wayOf({ task: 'build' }), { kind: 'task', name: 'build' });
  assert.deepEqual(wayOf({ editorCommand: 'editor.fold' }), { kind: 'editorCommand', id: 'editor.fold' });
  assert.equal(readToolFile(toolTemplate('look_up', 'Looks.')).ok, true);
});

test('all that is wrong with a file is told at once, each where it stands', () => {
  assert.deepEqual(problemsOf({ name: 'look up', comand: ['x'], input_schema: { type: 'array' }, reads: 1 }), [
    '"comand" Tool files have no field “comand”.',
    '"name" “name” has to be 1 to 64 letters (a to z), digits, _ or -.',
    '{ The field “description” is missing.',
    '"input_schema" “input_schema” has to be a JSON schema with "type": "object", without anyOf, oneOf or allOf beside it.',
    '"reads" “reads” has to be true or false.',
  ]);
});

test('what can’t be run is refused', () => {
  const noCommand = '"command" “command” has to be a list of texts: a program, and what is given to it.';
  for (const command of ['node x', [], [''], ['node', 3], null, ['a\0b']]) {
    assert.deepEqual(problemsOf({ ...lookUp, command }), [noCommand]);
  }
  assert.deepEqual(problemsOf({ ...lookUp, task: 'build' }), [
    '"task" Only one of “command”, “task” and “editorCommand” can be there.',
  ]);
  assert.deepEqual(problemsOf({ ...lookUp, command: undefined, editorCommand: 'marginalia.openChat' }), [
    '"editorCommand" A command of Marginalia’s own can’t be a tool.',
  ]);
  for (const timeLimitSeconds of [0, -1, 3_601, '5', null]) {
    assert.deepEqual(problemsOf({ ...lookUp, timeLimitSeconds }), [
      '"timeLimitSeconds" “timeLimitSeconds” has to be a number from 1 to 3600.',
    ]);
  }
});

test('a schema that can’t check is refused, with what is wrong in it', () => {
  const withA = (a: object) => problemsOf({ ...lookUp, input_schema: { type: 'object', properties: { a } } })[0];
  assert.equal(withA({ $ref: '#/b' }), '"input_schema" In “input_schema”, nothing is at the reference #/b.');
  assert.equal(withA({ pattern: '(' }), '"input_schema" In “input_schema”, ( is no regular expression.');
  assert.equal(withA({ pattern: '(a*)*' }), '"input_schema" In “input_schema”, the pattern (a*)* could take for ever.');
});

test('what is no JSON object is told with the place where reading ended', () => {
  const text = '{\n  "name": "a" look\n}';
  const read = readToolFile(text);
  assert.ok(!read.ok);
  assert.deepEqual([read.problems[0]?.kind, text.slice(read.problems[0]?.start).slice(0, 4)], ['noJson', 'look']);
  assert.match(problemsOf('{"name": "a"')[0] ?? '', /^" This is no JSON: /);
  assert.match(problemsOf('')[0] ?? '', /This is no JSON/);
  assert.match(problemsOf('[]')[0] ?? '', /A tool file holds one JSON object\./);
  assert.match(problemsOf('['.repeat(10_000))[0] ?? '', /A tool file holds one JSON object\./);
  assert.match(problemsOf(`"${'x'.repeat(100_000)}"`)[0] ?? '', /larger than 100000 bytes/);
});

test('the editor’s own check knows the same fields', () => {
  const schema = JSON.parse(readFileSync('media/toolFile.schema.json', 'utf8')) as { properties: object };
  assert.deepEqual(Object.keys(schema.properties).sort(), [...toolFields].sort());
});

test('a key that stands deeper is not taken for one of the file', () => {
  const file = `{"description": "a", "input_schema": {"type": "object", "properties": {"name": {}}}, "name": "a b"}`;
  const read = readToolFile(file);
  assert.ok(!read.ok);
  assert.equal(read.problems[0]?.start, file.lastIndexOf('"name"'));
});

function found(source: string, file: object, origin: FoundToolFile['origin'] = 'workspace'): FoundToolFile {
  return { source, origin, text: JSON.stringify(file) };
}

/** What became of each file. */
function listed(...files: FoundToolFile[]): Record<string, string> {
  const tools = new ToolFileReader(['bash', 'edit']).list(files);
  return Object.fromEntries(
    tools.map(one => [
      one.file.source,
      one.ok ? one.tool.name : one.problems.map(problem => toolFileProblemText(problem, plain)).join(' '),
    ]),
  );
}

test('a name that is built in, or that another file has, is refused; the user’s own comes first', () => {
  const files = [
    found('w/a.json', lookUp),
    found('w/bash.json', { ...lookUp, name: 'bash' }),
    found('w/b.json', { ...lookUp, name: 'other' }),
    found('u/a.json', lookUp, 'user'),
  ];
  assert.deepEqual(listed(...files), {
    'u/a.json': 'look_up',
    'w/a.json': 'The tool in u/a.json has the same name.',
    'w/b.json': 'other',
    'w/bash.json': '“bash” is the name of a tool that is built in.',
  });
});

test('a file that could not be read is listed with why', () => {
  const unread = { source: 'w/a.json', origin: 'workspace', text: undefined } as const;
  assert.deepEqual(listed({ ...unread, trouble: { kind: 'outside', detail: '' } }), {
    'w/a.json': 'The file is a link that leads out of the workspace.',
  });
});

test('a file is read again only when it says something else', () => {
  const reader = new ToolFileReader([]);
  const toolOf = (description: string) => {
    const [first] = reader.list([found('a', { ...lookUp, description })]);
    assert.ok(first?.ok);
    return first.tool;
  };
  const before = toolOf('one');
  assert.equal(toolOf('one'), before);
  assert.equal(toolOf('two').description, 'two');
});
