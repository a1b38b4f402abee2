import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNamed, type SymbolHit } from '../../../src/core/context/symbolMatches.ts';
import { parseSymbol } from '../../../src/shared/symbolNames.ts';

test('a piece of code that is one name may be a symbol', () => {
  const cases: [code: string, name: ReturnType<typeof parseSymbol>][] = [
    ['subtotal', { name: 'subtotal' }],
    ['subtotal()', { name: 'subtotal' }],
    ['Basket.add', { name: 'add', container: 'Basket' }],
    ['shop.Basket#add()', { name: 'add', container: 'Basket' }],
    ['Vec::len', { name: 'len', container: 'Vec' }],
    ['合計', undefined],
    ['合計する', { name: '合計する' }],
    ...['id', 'this.total', 'total(1)', 'a + b', 'npm test', '--flag', '3', 'a-b', '.total', 'total.', ''].map(
      (code): [string, undefined] => [code, undefined],
    ),
    ['x'.repeat(121), undefined],
  ];
  for (const [code, name] of cases) assert.deepEqual(parseSymbol(code), name, code);
});

test('it is meant where a language reports just this name, and what it stands in where that is said', () => {
  const hit = (name: string, role: SymbolHit['role'] = 'declaration', container = ''): SymbolHit => ({
    name,
    role,
    container,
  });
  const isMeant = (code: string, reported: SymbolHit): boolean => {
    const wanted = parseSymbol(code);
    assert.ok(wanted);
    return isNamed(reported, wanted);
  };
  assert.equal(isMeant('total', hit('total')), true);
  assert.equal(isMeant('total', hit('total(items: Item[])')), true);
  assert.equal(isMeant('total', hit('Total')), false);
  assert.equal(isMeant('total', hit('subtotal')), false);
  assert.equal(isMeant('total', hit('total', 'variable')), true);
  assert.equal(isMeant('total', hit('total', 'variable', 'checkOut')), false, 'within a function');
  assert.equal(isMeant('total', hit('total', 'member', 'Basket')), false);
  assert.equal(isMeant('Basket.total', hit('total', 'member', 'Basket')), true);
  assert.equal(isMeant('Basket.total', hit('total', 'member', 'shop.Basket')), true);
  assert.equal(isMeant('Basket.total', hit('total', 'declaration', 'Order')), false);
  assert.equal(isMeant('Basket.total', hit('total')), false);
});
