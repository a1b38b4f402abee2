import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNamed, symbolAt, type SymbolHit } from '../../../src/core/context/symbolMatches.ts';
import { parseSymbol } from '../../../src/shared/symbolNames.ts';

test('a piece of code that is one name may be a symbol', () => {
  const cases: [code: string, name: ReturnType<typeof parseSymbol>][] = [
    ['subtotal', { name: 'subtotal' }],
    ['subtotal()', { name: 'subtotal' }],
    ['Basket.add', { name: 'add', container: 'Basket' }],
    ['shop.Basket#add()', { name: 'add', container: 'Basket' }],
    ['Vec::len', { name: 'len', container: 'Vec' }],
    ['App\\Basket::add()', { name: 'add', container: 'Basket' }],
    ['Basket#empty?', { name: 'empty?', container: 'Basket' }],
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

test('each language writes names in its own way', () => {
  const cases: [language: string, code: string, reported: [name: string, container: string], isMeant: boolean][] = [
    ['Go', 'Basket.Total', ['Basket.Total', 'example.com/shop'], true],
    ['Go', 'Total', ['Basket.Total', 'example.com/shop'], true],
    ['Go', 'shop.NewBasket', ['NewBasket', 'example.com/shop'], true],
    ['Go', 'Order.Total', ['Basket.Total', 'example.com/shop'], false],
    ['Go', 'Basket.Total', ['(*Basket).Total', ''], true],
    ['C++', 'Basket::total', ['total(const Order &)', 'shop::Basket'], true],
    ['C++', 'Basket', ['Basket<T>', 'shop'], true],
    ['C#', 'Basket.Total', ['Total(Order order)', 'in Basket (project Shop (net9.0))'], true],
    ['C#', 'Order.Total', ['Total(Order order)', 'in Basket (project Shop (net9.0))'], false],
    ['Java', 'Basket.total()', ['total(Order)', 'com.example.Basket'], true],
    ['PHP', 'Basket::total', ['total', 'App\\Basket'], true],
    ['PHP', 'App\\Basket', ['Basket', 'App'], true],
    ['Ruby', 'Basket', ['Shop::Basket', 'Shop'], true],
    ['Ruby', 'Basket#empty?', ['empty?', 'Shop::Basket'], true],
    ['Elixir', 'Basket.total', ['Shop.Basket.total/1', ''], true],
    ['Lua', 'Basket.total', ['Basket:total', ''], true],
    ['Swift', 'Basket.total', ['total(of:)', 'Basket'], true],
  ];
  for (const [language, code, [name, container], isMeant] of cases) {
    const wanted = parseSymbol(code);
    assert.ok(wanted, code);
    assert.equal(isNamed({ name, container, role: 'declaration' }, wanted), isMeant, `${language}: ${code}, ${name}`);
  }
  const rates = { name: 'rates', role: 'variable' } as const;
  assert.equal(isNamed({ ...rates, container: 'example.com/shop' }, { name: 'rates' }), true, 'of a package');
  assert.equal(isNamed({ ...rates, name: 'Basket.rates', container: '' }, { name: 'rates' }), false, 'of a class');
});

test('the symbol at a place is found whatever it is called there', () => {
  const place = (line: number, character: number) => ({ line, character });
  const symbol = (name: string, [from, to]: [number, number], children: Reported[] = []): Reported => ({
    name,
    range: { start: place(from, 0), end: place(to, 1) },
    selectionRange: { start: place(from, 5), end: place(from, 5 + name.length) },
    children,
  });
  const add = symbol('(*Basket).Add', [3, 5]);
  const basket = symbol('Basket', [1, 9], [add, symbol('Total', [7, 8])]);
  const found = (line: number, character: number) =>
    symbolAt([symbol('Order', [0, 0]), basket], place(line, character));
  assert.equal(found(3, 10), add, 'its name');
  assert.equal(found(3, 0), add, 'its beginning');
  assert.equal(found(1, 6), basket);
  assert.equal(found(4, 2), undefined, 'within it');
  assert.equal(found(12, 0), undefined);
});

interface Reported {
  name: string;
  range: { start: Position; end: Position };
  selectionRange: { start: Position; end: Position };
  children: Reported[];
}

interface Position {
  line: number;
  character: number;
}
