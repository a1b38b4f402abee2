import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStartOptions } from '../../../demo/startOptions.ts';

test('without options the editor is served', () => {
  assert.deepEqual(parseStartOptions([]), {
    what: 'served',
    live: false,
    open: false,
    tour: { themes: ['dark'], width: 420, scene: '', readme: false },
  });
});

test('a tour takes themes, a width and a folder', () => {
  const { what, tour } = parseStartOptions(['--tour', '--theme', 'all', '--width', '240', '--out', 'x']);
  assert.equal(what, 'tour');
  assert.deepEqual(tour, {
    themes: ['light', 'dark', 'hc', 'hc-light'],
    width: 240,
    scene: '',
    out: 'x',
    readme: false,
  });
});

test('the editor speaks another language', () => {
  assert.equal(parseStartOptions(['--tour', '--language', 'zh-cn']).language, 'zh-cn');
});

const wrong: [args: string[], says: RegExp][] = [
  [['--port', '0'], /--port takes a whole number from 1 to 65535/],
  [['--port', 'x'], /not “x”/],
  [['--width', '100'], /--width takes a whole number from 240 to 800/],
  [['--theme', 'pink'], /--theme takes light, dark, hc, hc-light or all/],
  [['--language', 'jp'], /--language takes ja or zh-cn, not “jp”/],
  [['--desktop', '--language', 'ja'], /leave out --language/],
  [['--tour', '--readme', '--language', 'ja'], /in English; leave out --language/],
  [['--tour', '--live'], /leave out --desktop and --live/],
  [['--unknown'], /--unknown.*--help/],
];

for (const [args, says] of wrong) {
  test(`${args.join(' ')} gets one clear sentence`, () => assert.throws(() => parseStartOptions(args), says));
}

test('an option that npm kept for itself is named', t => {
  t.after(() => delete process.env['npm_config_theme']);
  process.env['npm_config_theme'] = 'dark';
  assert.throws(() => parseStartOptions([]), /put -- before it: npm start -- --theme/);
});
