import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesToAttach } from '../../../../src/webview/composer/pastedFiles.ts';

const picture = new File(['x'], 'image.png', { type: 'image/png' });
const report = new File(['x'], 'a report.pdf');

const cases: [what: string, text: string, files: File[], attached: string[]][] = [
  ['a picture alone', '', [picture], ['image.png']],
  ['cells of a spreadsheet, with a picture of them', 'a\tb\n1\t2\n', [picture], []],
  ['a paragraph of a text processor, with a picture of it', 'Dear all,', [picture], []],
  ['text alone', 'Dear all,', [], []],
  ['blanks are no text', ' \r\n', [picture], ['image.png']],
  ['files of a file manager, by name', 'image.png\na report.pdf', [picture, report], ['image.png', 'a report.pdf']],
  ['the same by path', '/home/me/a report.pdf', [report], ['a report.pdf']],
  ['the same by address', 'file:///home/me/a%20report.pdf\r\n', [report], ['a report.pdf']],
  ['the same on Windows', 'C:\\Users\\me\\a report.pdf', [report], ['a report.pdf']],
  ['a sentence that names the file', 'See a report.pdf', [report], []],
  ['names of other files too', 'image.png\nother.png', [picture], []],
];

for (const [what, text, files, attached] of cases) {
  test(`${what}: ${attached.length > 0 ? attached.join(' and ') : 'the text is pasted'}`, () => {
    const found = filesToAttach({ files, getData: () => text });
    assert.deepEqual(
      found.map(({ name }) => name),
      attached,
    );
  });
}

test('without a clipboard there is nothing', () => assert.deepEqual(filesToAttach(null), []));
