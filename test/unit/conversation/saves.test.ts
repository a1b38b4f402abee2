import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { Saves } from '../../../src/core/conversation/saves.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { interrupted } from '../../../src/core/storage/sqliteErrors.ts';

test('what is added while something is being saved is saved after it, in its order, and the last of a key alone', async () => {
  const { saves, saved, hold, ends } = setUp();
  const release = hold();
  saves.add(saved('first'), 'key');
  // The first one is under way already, and holds what was there then.
  saves.add(saved('second'), 'key');
  saves.add(saved('third'));
  saves.add(saved('last'), 'key');
  assert.equal(saves.areDone, false);
  assert.equal(saves.reason, undefined);
  release();
  await saves.settled();
  assert.deepEqual(ends(), { written: ['first', 'third', 'last'], told: [], timesSaved: 1 });
  assert.ok(saves.areDone);
});

test('what replaces one that waits is saved after what was added before it, and what has failed is found again', async () => {
  const { saves, saved, hold, ends } = setUp();
  saves.add(() => Promise.reject(new Error('never')), 'broken');
  await saves.settled();
  saves.add(saved('mended'), 'broken');
  await saves.settled();
  assert.ok(saves.areDone);
  const release = hold();
  saves.add(saved('begun'));
  saves.add(saved('queue with the message'), 'queue');
  saves.add(saved('the message as a turn'));
  saves.add(saved('queue without it'), 'queue');
  release();
  await saves.settled();
  assert.deepEqual(ends().written, ['mended', 'begun', 'the message as a turn', 'queue without it']);
});

test('what fails for a time keeps what comes after it from being saved before it', async () => {
  const { saves, saved, fail, ends } = setUp();
  let attempts = 0;
  saves.add(async () => {
    attempts++;
    fail(attempts === 1 ? interrupted('ended') : undefined);
    await saved('first')();
  });
  // By itself it could be saved at once.
  saves.add(() => {
    fail(undefined);
    return saved('second')();
  });
  await saves.settled();
  assert.deepEqual(ends(), { written: [], told: ['unknown'], timesSaved: 0 });
  saves.add(saved('third'));
  await saves.settled();
  assert.deepEqual(ends(), { written: ['first', 'second', 'third'], told: ['unknown', undefined], timesSaved: 1 });
});

test('closing waits for what is being saved, and tries once more what could not be', async () => {
  const { saves, saved, hold, fail, ends } = setUp();
  const release = hold();
  fail(interrupted('ended'));
  saves.add(saved('first'));
  const closed = saves.close();
  fail(undefined);
  saves.add(saved('second'));
  release();
  await closed;
  assert.deepEqual(ends().written, ['first', 'second']);
});

function setUp() {
  const written: string[] = [];
  const told: unknown[] = [];
  let timesSaved = 0;
  let failure: Error | undefined;
  let held = Promise.resolve();
  const saves = new Saves({
    store: inProcess(() => openSqliteStore(':memory:')),
    failed: () => undefined,
    waiting: reason => told.push(reason),
    saving: () => undefined,
    saved: () => timesSaved++,
  });
  return {
    saves,
    saved: (name: string) => async (): Promise<void> => {
      await held;
      if (failure) throw failure;
      written.push(name);
    },
    /** Saves that begin from now on wait until what is returned is called. */
    hold: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      held = promise.then(() => undefined);
      return () => resolve(undefined);
    },
    fail: (error: Error | undefined) => (failure = error),
    ends: () => ({ written, told, timesSaved }),
  };
}
