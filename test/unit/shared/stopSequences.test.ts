import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parameterFromText } from '../../../src/shared/parameterText.ts';
import { stopSequencesText } from '../../../src/shared/stopSequences.ts';

for (const [typed, sequences] of [
  ['\\n\\nHuman:', ['\n\nHuman:']],
  ['END\n\n\\tTAB', ['END', '\tTAB']],
  ['\\\\n', ['\\n']],
  // In the middle of typing `\n`.
  ['\\', ['\\']],
  ['C:\\dir', ['C:\\dir']],
  ['\\\\\\', ['\\\\']],
] as const) {
  test(`“${typed}” stands for ${JSON.stringify(sequences)}`, () => {
    assert.deepEqual(parameterFromText('stop_sequences', typed), sequences);
  });
}

test('what is shown of any sequence stands for it', () => {
  const characters = ['\\', 'n', 't', '\n', '\t', 'a'];
  let sequences = [''];
  for (let length = 1; length <= 4; length++) {
    sequences = sequences.flatMap(start => characters.map(next => start + next));
    for (const sequence of sequences) {
      assert.deepEqual(parameterFromText('stop_sequences', stopSequencesText([sequence])), [sequence]);
    }
  }
});
