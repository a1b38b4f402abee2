import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeColoursOf, parseCustomizations, parseTokenRules } from '../../../src/core/theme/tokenColours.ts';

const rule = (scope: string | string[], foreground: unknown) => ({ scope, settings: { foreground } });

describe('A theme’s rules become the colours of code:', () => {
  const cases: [name: string, rules: unknown, role: 'control' | 'string' | 'variable', colour: string][] = [
    ['a scope colours what it begins', [rule('keyword', '#111111')], 'control', '#111111'],
    ['not what only looks alike', [rule('key', '#111111')], 'control', 'currentcolor'],
    ['the longest wins', [rule('keyword.control', '#222222'), rule('keyword', '#111111')], 'control', '#222222'],
    ['of equal ones the last', [rule('string', '#111111'), rule('string', '#222222')], 'string', '#222222'],
    ['lists in one string', [rule('comment, string', '#123')], 'string', '#123'],
    ['lists', [rule(['comment', 'string'], '#11223344')], 'string', '#11223344'],
    ['what asks for a surrounding is not for us', [rule('source.css string', '#111111')], 'string', 'currentcolor'],
    ['exclusions are', [rule('keyword - keyword.operator', '#111111')], 'control', '#111111'],
    ['what is no colour is none', [rule('string', 'url(https://evil.example)')], 'string', 'currentcolor'],
    ['malformed rules are left out', [null, 1, { scope: 1 }, rule('string', '#123')], 'string', '#123'],
  ];
  for (const [name, rules, role, colour] of cases) {
    test(name, () => {
      const parsed = [{ scopes: ['unrelated'], foreground: '#000000' }, ...parseTokenRules(rules)];
      assert.equal(codeColoursOf(parsed)[role], colour);
    });
  }
});

test('keys of objects, of JSON and of style sheets have colours of their own', () => {
  // As in the editor's light theme.
  const light = parseTokenRules([
    rule(['variable', 'meta.object-literal.key'], '#001080'),
    rule(['support.type.property-name', 'entity.other.attribute-name'], '#e50000'),
    rule('support.type.property-name.json', '#0451a5'),
  ]);
  const { key, field, property } = codeColoursOf(light);
  assert.deepEqual([key, field, property], ['#001080', '#0451a5', '#e50000']);
});

test('a theme without rules has no colours, so that the view’s own count', () => {
  assert.deepEqual(codeColoursOf(parseTokenRules(undefined)), {});
  assert.deepEqual(codeColoursOf(parseTokenRules('./theme.tmTheme')), {});
});

test('the user’s own colours come after the theme’s, those for this theme last', () => {
  const setting = {
    comments: '#111111',
    strings: { foreground: '#222222', fontStyle: 'italic' },
    textMateRules: [rule('constant.numeric', '#333333')],
    '[My *]': { comments: '#444444' },
    '[Other][My Theme]': { numbers: '#555555' },
    '[Other]': { strings: '#666666' },
  };
  const theme = parseTokenRules([rule(['comment', 'string', 'constant.numeric'], '#000000')]);
  const { comment, string, number } = codeColoursOf([...theme, ...parseCustomizations(setting, 'My Theme')]);
  assert.deepEqual([comment, string, number], ['#444444', '#222222', '#555555']);
});
