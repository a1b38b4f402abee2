import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Suggesting, type Suggestion, type SuggestionSource } from '../../../../src/webview/composer/suggesting.ts';

const names = ['explain', 'review', 'tests', 'document', 'fix'];
const prompts: SuggestionSource = {
  character: '/',
  place: 'messageStart',
  label: 'Prompts',
  find: query => names.filter(name => name.startsWith(query)).map(name => ({ id: name, label: name })),
  pick: ({ id }) => `/${id} `,
};

/** A source that answers when it is told to. */
function slowSource() {
  const waiting = new Map<string, (found: Suggestion[]) => void>();
  const source: SuggestionSource = {
    character: '@',
    place: 'wordStart',
    label: 'Files',
    find: query => new Promise(resolve => waiting.set(query, resolve)),
    pick: ({ id }) => `@${id} `,
  };
  const answer = async (query: string, ...ids: string[]): Promise<void> => {
    waiting.get(query)?.(ids.map(id => ({ id, label: id })));
    await Promise.resolve();
    await Promise.resolve();
  };
  return { source, answer };
}

function shown(suggesting: Suggesting): string[] {
  return suggesting.list.value?.items.map(({ id }) => id) ?? [];
}

function type(suggesting: Suggesting, text: string): void {
  suggesting.update(text, text.length, true);
}

test('typing opens the list with the first one selected, and narrows it', () => {
  const suggesting = new Suggesting([prompts]);
  type(suggesting, '/');
  assert.deepEqual(shown(suggesting), names);
  assert.equal(suggesting.list.value?.selected, 0);
  type(suggesting, '/re');
  assert.deepEqual(shown(suggesting), ['review']);
  type(suggesting, '/rex');
  assert.equal(suggesting.list.value, undefined);
});

test('a caret that moves opens nothing, and closes the list when it leaves the word', () => {
  const suggesting = new Suggesting([prompts]);
  suggesting.update('/re', 3, false);
  assert.equal(suggesting.list.value, undefined);
  type(suggesting, '/re');
  suggesting.update('/re', 2, false);
  assert.deepEqual(shown(suggesting), ['review']);
  suggesting.update('/re', 0, false);
  assert.equal(suggesting.list.value, undefined);
});

test('the selection goes round, pages stop at the ends', () => {
  const suggesting = new Suggesting([prompts]);
  assert.equal(suggesting.move('ArrowDown'), false);
  type(suggesting, '/');
  const selectedAfter = (key: string): number | undefined => {
    assert.ok(suggesting.move(key));
    return suggesting.list.value?.selected;
  };
  assert.equal(selectedAfter('ArrowUp'), 4);
  assert.equal(selectedAfter('ArrowDown'), 0);
  assert.equal(selectedAfter('PageDown'), 4);
  assert.equal(selectedAfter('PageUp'), 0);
  assert.equal(suggesting.move('Home'), false);
});

test('picking replaces the whole word and closes the list', () => {
  const suggesting = new Suggesting([prompts]);
  suggesting.update('/rex this', 3, true);
  assert.deepEqual(suggesting.pick(), { start: 0, end: 4, text: '/review ' });
  assert.equal(suggesting.list.value, undefined);
  assert.equal(suggesting.pick(), undefined);
});

test('a list that was dismissed stays closed for its word, and opens for the next', () => {
  const suggesting = new Suggesting([prompts]);
  assert.equal(suggesting.dismiss(), false);
  type(suggesting, '/re');
  assert.equal(suggesting.dismiss(), true);
  type(suggesting, '/rev');
  type(suggesting, '/rev ');
  type(suggesting, '/rev');
  assert.equal(suggesting.list.value, undefined);
  type(suggesting, '');
  type(suggesting, '/');
  assert.deepEqual(shown(suggesting), names);
});

test('an answer that a later query has overtaken is dropped', async () => {
  const { source, answer } = slowSource();
  const suggesting = new Suggesting([prompts, source]);
  type(suggesting, 'see @a');
  type(suggesting, 'see @ab');
  await answer('ab', 'about.ts');
  assert.deepEqual(shown(suggesting), ['about.ts']);
  await answer('a', 'apple.ts');
  assert.deepEqual(shown(suggesting), ['about.ts']);
});

test('an answer that comes after the list was closed opens nothing', async () => {
  const { source, answer } = slowSource();
  const suggesting = new Suggesting([source]);
  type(suggesting, '@a');
  type(suggesting, '@a ');
  await answer('a', 'apple.ts');
  assert.equal(suggesting.list.value, undefined);
});

test('while the next answer is awaited the last one stays', async () => {
  const { source, answer } = slowSource();
  const suggesting = new Suggesting([source]);
  type(suggesting, '@a');
  await answer('a', 'apple.ts');
  type(suggesting, '@ap');
  assert.deepEqual(shown(suggesting), ['apple.ts']);
});

test('who picks before the answer is there gets what was typed, and not what is still shown', async () => {
  const { source, answer } = slowSource();
  const suggesting = new Suggesting([source]);
  let picked = 0;
  const pick = (): void => {
    picked++;
  };
  type(suggesting, '@a');
  await answer('a', 'alpha');
  assert.equal(suggesting.pickWhenFound(pick), false);
  type(suggesting, '@ab');
  assert.deepEqual(shown(suggesting), ['alpha']);
  assert.equal(suggesting.pickWhenFound(pick), true);
  // A second time, the key is meant for the message.
  assert.equal(suggesting.pickWhenFound(pick), false);
  await answer('ab', 'abacus');
  assert.equal(picked, 1);
  assert.deepEqual(shown(suggesting), ['abacus']);

  type(suggesting, '@abc');
  suggesting.pickWhenFound(pick);
  await answer('abc');
  type(suggesting, '@abcd');
  suggesting.pickWhenFound(pick);
  type(suggesting, '@abcde');
  await answer('abcde', 'late');
  assert.equal(picked, 1);
});
