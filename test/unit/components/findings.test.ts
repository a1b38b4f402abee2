import assert from 'node:assert/strict';
import { test } from 'node:test';
import { h } from 'preact';
import type { Finding } from '../../../src/shared/finding.ts';
import { draw } from './draw.ts';

const { FindingView } = await import('../../../src/webview/findings/FindingView.tsx');

const finding: Finding = {
  id: 'f',
  path: 'src/a.ts',
  uri: 'file:///w/src/a.ts',
  severity: 'warning',
  title: 'The name `x` says nothing',
  explanation: 'Call it **what** it is.',
  quote: 'const x = 1;',
  replacement: 'const width = 1;',
  placement: { placed: true, line: 3, endLine: 3 },
};

test('a finding leads to its place and can be applied, passed or dismissed', async t => {
  const drawn = await draw(t, h(FindingView, { finding, turnId: 't' }));
  assert.equal(drawn.root.querySelector('.finding-title code')?.textContent, 'x');
  await drawn.click('src/a.ts:3');
  await drawn.click('Apply Suggestion');
  await drawn.click('Next Finding');
  await drawn.click('Dismiss Finding');
  assert.deepEqual(drawn.posted, [
    { type: 'openLocation', uri: finding.uri, line: 3 },
    ...(['apply', 'next', 'dismiss'] as const).map(action => ({
      type: 'finding' as const,
      turnId: 't',
      findingId: 'f',
      action,
    })),
  ]);
});

test('what it is about is drawn once it is opened', async t => {
  const drawn = await draw(t, h(FindingView, { finding, turnId: 't' }));
  assert.equal(drawn.root.querySelector('.finding-detail'), null);
  await drawn.change(() => drawn.root.querySelector<HTMLButtonElement>('.disclosure')?.click());
  assert.equal(drawn.root.querySelector('.finding-detail strong')?.textContent, 'what');
  assert.equal(drawn.root.querySelector('.finding-detail pre')?.textContent, 'const width = 1;');
});

test('a finding without a place says why and offers no change; one that is done says so', async t => {
  const lost: Finding = { ...finding, placement: { placed: false, reason: 'ambiguous' } };
  const drawn = await draw(t, h(FindingView, { finding: lost, turnId: 't' }));
  assert.match(drawn.text(), /stands in several places of src\/a\.ts/);
  assert.throws(() => drawn.button('Apply Suggestion'));
  assert.equal(drawn.root.querySelector('pre')?.textContent, finding.quote);

  const done = await draw(t, h(FindingView, { finding: { ...finding, closed: 'applied' }, turnId: 't' }));
  assert.match(done.text(), /Applied$/);
  assert.throws(() => done.button('Dismiss Finding'));
});
