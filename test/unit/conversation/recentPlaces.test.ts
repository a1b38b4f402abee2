import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentPlaces } from '../../../src/core/conversation/recentPlaces.ts';

interface Place {
  name: string;
  page: { isSeen: boolean };
}

function placed(name: string, isSeen = true): Place {
  return { name, page: { isSeen } };
}

test('before anything was used, the view is meant, even hidden', () => {
  const places = new RecentPlaces(placed('view', false));
  assert.equal(places.active.name, 'view');
  assert.equal(places.target.name, 'view');
});

test('the place that was used last is meant', () => {
  const [view, one, two] = [placed('view'), placed('one'), placed('two')];
  const places = new RecentPlaces(view);
  for (const place of [one, two, view, one]) places.used(place);
  assert.equal(places.active, one);
  assert.equal(places.target, one);
});

test('what comes from elsewhere goes to the last place that is seen, and brings none to light but the view', () => {
  const [view, hidden, seen] = [placed('view', false), placed('hidden', false), placed('seen')];
  const places = new RecentPlaces(view);
  for (const place of [seen, hidden]) places.used(place);
  assert.equal(places.active, hidden);
  assert.equal(places.target, seen);
  places.closed(seen);
  assert.equal(places.target, view);
});

test('when a place is closed, the one before it is meant', () => {
  const [one, two] = [placed('one'), placed('two')];
  const places = new RecentPlaces(placed('view'));
  places.used(one);
  places.used(two);
  places.closed(two);
  assert.equal(places.active, one);
});
