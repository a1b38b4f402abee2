import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { StartWatch } from '../../../src/host/places/startWatch.ts';

function watch(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const seen: string[] = [];
  const started = new StartWatch({
    rebuild: () => seen.push('rebuild'),
    giveUp: () => seen.push('give up'),
    log: () => undefined,
  });
  return {
    watch: started,
    seen,
    pass: (...seconds: number[]) => {
      for (const each of seconds) for (let ms = 0; ms < each * 1000; ms += 100) t.mock.timers.tick(100);
    },
  };
}

test('a page that starts in time is left alone', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  pass(9.9);
  started.started();
  pass(100);
  assert.deepEqual(seen, []);
});

test('a word that waits while the host is busy comes in time', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  pass(2);
  // Nothing else runs for half a minute: of all that is due then, the timers come first.
  t.mock.timers.tick(30_000);
  started.started();
  pass(100);
  assert.deepEqual(seen, []);
});

test('a page that does not start is built twice more, with more patience each time, and then given up', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  pass(10);
  assert.deepEqual(seen, ['rebuild']);
  pass(14.9);
  assert.deepEqual(seen, ['rebuild']);
  pass(0.1);
  assert.deepEqual(seen, ['rebuild', 'rebuild']);
  pass(20);
  assert.deepEqual(seen, ['rebuild', 'rebuild', 'give up']);
  pass(1000);
  assert.equal(seen.length, 3);
});

test('a page that starts at the second try has all tries again the next time', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  pass(10);
  started.started();
  started.hidden();
  started.shown();
  pass(10, 15);
  assert.deepEqual(seen, ['rebuild', 'rebuild', 'rebuild']);
});

test('time does not count while the view is hidden', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  pass(6);
  started.hidden();
  pass(100);
  started.shown();
  pass(9.9);
  assert.deepEqual(seen, []);
});

test('what was given up is tried again when the user asks, not when the view is shown once more', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  pass(10, 15, 20);
  started.hidden();
  started.shown();
  pass(100);
  assert.equal(seen.length, 3);
  started.retry();
  assert.deepEqual(seen.slice(3), ['rebuild']);
  pass(10);
  assert.deepEqual(seen.slice(3), ['rebuild', 'rebuild']);
});

test('a page that says that its script fails is built anew a moment later, and soon given up', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  started.failed();
  pass(0.9);
  assert.deepEqual(seen, []);
  pass(0.1);
  assert.deepEqual(seen, ['rebuild']);
  started.failed();
  pass(1);
  started.failed();
  pass(1);
  assert.deepEqual(seen, ['rebuild', 'rebuild', 'give up']);
  pass(1000);
  assert.equal(seen.length, 3);
});

test('a failing page that is hidden is not built anew until it is shown', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  started.failed();
  started.hidden();
  pass(100);
  assert.deepEqual(seen, []);
  started.shown();
  pass(10);
  assert.deepEqual(seen, ['rebuild']);
});

test('a page that starts and then fails is built anew twice, and then given up', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  for (let page = 1; page <= 3; page++) {
    started.failed();
    // The word that the script runs may come later than the one that a part of it does not.
    started.started();
    pass(1);
  }
  assert.deepEqual(seen, ['rebuild', 'rebuild', 'give up']);
  pass(100);
  assert.equal(seen.length, 3);
});

test('what has failed has all tries again once it was hidden', t => {
  const { watch: started, seen, pass } = watch(t);
  started.shown();
  started.failed();
  pass(1);
  started.started();
  started.hidden();
  started.shown();
  started.failed();
  pass(1);
  started.started();
  started.failed();
  pass(1);
  assert.deepEqual(seen, ['rebuild', 'rebuild', 'rebuild']);
});
