import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConversationBrowsers } from '../../../src/core/browser/conversationBrowsers.ts';
import { coercedInput } from '../../../src/core/tools/coercedInput.ts';
import { computerTool } from '../../../src/core/tools/computer.ts';
import { openPageTool } from '../../../src/core/tools/openPage.ts';
import { textEditor } from '../../../src/core/tools/textEditor.ts';
import { amongOthers, type AnyTool } from '../../../src/core/tools/tool.ts';

const browsers = new ConversationBrowsers(() => Promise.reject(new Error('none')));
const editor = amongOthers(textEditor);
const computer = amongOthers(computerTool(browsers));
const page = amongOthers(openPageTool(browsers));

test('numbers, lists and flags that are written as text are what they mean, and all else stays', () => {
  const properties = {
    line: { type: 'integer' },
    range: { type: 'array' },
    again: { type: 'boolean' },
    text: { type: 'string' },
  };
  const coerced = (fields: Record<string, unknown>) => coercedInput(fields, { properties });
  assert.deepEqual(coerced({ line: ' 3', range: '[1, "2"]', again: 'true', text: '3' }), {
    line: 3,
    range: [1, 2],
    again: true,
    text: '3',
  });
  assert.deepEqual(coerced({ line: null, range: '', text: '', other: null }), { text: '' });
  assert.deepEqual(coerced({ line: 'x', range: '1', again: '[]', other: '3' }), {
    line: 'x',
    range: '1',
    again: '[]',
    other: '3',
  });
});

const refused: [tool: AnyTool, input: Record<string, unknown>, named: RegExp][] = [
  [editor, { command: 'view', path: 'a.ts', encoding: 'utf8' }, /encoding/],
  [editor, { command: 'str_replace', path: 'a.ts', old_str: 'a', insert_line: 'first' }, /insert_line/],
  [computer, { action: 'screenshot', coordinate: 'there' }, /coordinate/],
  [computer, { action: 'screenshot', window: 2 }, /window/],
  [page, { url: 'http://localhost/', go: 'home' }, /go/],
];
for (const [tool, input, named] of refused) {
  test(`${tool.name} refuses ${JSON.stringify(input)}`, () => {
    const read = tool.read(input);
    assert.match(read.ok ? '' : read.problem, named);
  });
}

const taken: [tool: AnyTool, input: Record<string, unknown>][] = [
  [editor, { command: 'view', path: 'a.ts', view_range: '[1, -1]', old_str: null, insert_line: '' }],
  [editor, { command: 'insert', path: 'a.ts', insert_line: '3', new_str: 'x' }],
  [computer, { action: 'left_click', coordinate: '[3, 4]', text: '' }],
  [computer, { action: 'wait', duration: '2' }],
];
for (const [tool, input] of taken) {
  test(`${tool.name} takes ${JSON.stringify(input)}`, () => {
    const read = tool.read(input);
    assert.equal(read.ok ? '' : read.problem, '');
  });
}
