/** Commands that print without end, or leave something behind that is to outlive Stop: through the whole loop. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../../../harness/drive/eventually.ts';
import { isAlive } from '../../support/processes.ts';
import { answerWith, turn } from '../../support/session.ts';
import { calling, resultsIn, temporaryFolder, workIn } from '../../support/workingSession.ts';

test('of ten megabytes the model, the view and the store get start and end, and no more', async t => {
  const { session, requests, changes, calls } = workIn(t, temporaryFolder(t), {
    scripts: [calling(['bash', { command: 'seq 1400000; echo over' }]), answerWith('Much.')],
  });
  await session.send(turn('Print'));
  const [result] = resultsIn(requests[1]);
  assert.ok((result?.text.length ?? 0) < 60_000, `${result?.text.length} characters`);
  assert.match(result?.text ?? '', /^1\\n2\\n.*lines left out.*1400000\\nover$/);
  assert.equal(calls()[0]?.exitCode, 0);
  for (const change of changes) assert.ok(JSON.stringify(change).length < 120_000, change.type);
});

/** Each leaves a process behind that is not the shell's child any more, and writes its id into `pids`. */
const escapes = {
  background: 'sleep 1000 & echo $! >pids; sleep 1000',
  session: 'setsid sleep 1000 & echo $! >pids; sleep 1000',
  'a fork of a fork': "(setsid sh -c '(sleep 1000 & echo $! >pids)' &) ; sleep 1000",
  'nohup, disowned': 'nohup sleep 1000 >/dev/null 2>&1 & echo $! >pids; disown; sleep 1000',
  'without its environment': "env -i setsid sh -c '/bin/sleep 1000 & echo $! >pids' & sleep 1000",
};

for (const [name, command] of Object.entries(escapes)) {
  test(`Stop ends what a command has started (${name}), and the conversation goes on`, async t => {
    const folder = temporaryFolder(t);
    const { session, requests, calls } = workIn(t, folder, {
      scripts: [calling(['bash', { command }]), calling(['bash', { command: 'echo next' }]), answerWith('Well.')],
    });
    const sent = session.send(turn('Start it'));
    const pid = await eventually(() => {
      const id = Number(readFileSync(join(folder, 'pids'), 'utf8'));
      assert.ok(id > 0);
      return Promise.resolve(id);
    });
    assert.ok(isAlive(pid));
    session.stop();
    await sent;
    await eventually(() => assert.equal(isAlive(pid), false));
    assert.equal(calls()[0]?.state, 'failed');
    await session.calls.handBack(session.branch.turns.at(-1)?.id ?? '');
    assert.match(resultsIn(requests[1])[0]?.text ?? '', /^The user stopped it while it ran/);
    assert.equal(calls()[1]?.result?.text, 'next');
  });
}
