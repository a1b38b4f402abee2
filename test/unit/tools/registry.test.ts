import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerWith, turn } from '../../support/session.ts';
import { calling, resultsIn, temporaryFolder, workIn } from '../../support/workingSession.ts';

test('the editor is called by both of its names, whichever the request offers', async t => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'a.ts'), 'one\n');
  const view = { command: 'view', path: 'a.ts' };
  const { session, requests } = workIn(t, folder, {
    scripts: [
      calling(['str_replace_based_edit_tool', view], ['str_replace_editor', view], ['str_replace', view]),
      answerWith('Seen.'),
    ],
  });
  await session.send(turn('Look'));
  const results = resultsIn(requests[1]).map(({ text }) => text);
  assert.deepEqual(results.slice(0, 2), ['     1\\tone', '     1\\tone']);
  assert.doesNotMatch(results[2] ?? '', /one/);
});
