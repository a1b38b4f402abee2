import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecrets } from '../../../src/core/filter/findSecrets.ts';
import { madeUp, token } from '../../support/secrets.ts';

const secrets = { secrets: true, personal: false };

async function foundIn(text: string, wanted = secrets): Promise<string[]> {
  return (await findSecrets(text, wanted)).map(({ start, end }) => text.slice(start, end));
}

for (const [name, secret] of Object.entries(madeUp)) {
  if (name === 'password') continue;
  test(`a secret of the kind ${name} is found, whole and alone`, async () => {
    assert.deepEqual(await foundIn(`It is ${secret}\nand that was it`), [secret]);
    assert.deepEqual(await foundIn(secret), [secret]);
  });
}

const assigned = madeUp.password;
const held: [text: string, secret: string][] = [
  [`DB_PASSWORD=${assigned}`, assigned],
  [`password: "${assigned}"`, assigned],
  [`const apiKey = '${assigned}';`, assigned],
  [`{"client_secret": "${assigned}"}`, assigned],
  [`postgres://app:${assigned}@db.example.com/main`, assigned],
  [`https://someone:${assigned}@example.com/`, assigned],
  [`jdbc:mysql://root:${assigned}@10.0.0.1:3306/x`, assigned],
  [`MAILER_X=${token('', 32)}`, token('', 32)],
  [`export AWS_SECRET_ACCESS_KEY=${token('', 40)}`, token('', 40)],
  [`//registry.example.com/:_authToken=${token('', 30)}`, token('', 30)],
];
for (const [text, secret] of held) {
  test(`of ${text.slice(0, 24)}… only the secret is found`, async () => {
    assert.deepEqual(await foundIn(`first\n${text}\nlast\n`), [secret]);
  });
}

const innocent = [
  'const token = parseToken(source, position2);',
  'password: process.env.DB_PASSWORD2',
  'PASSWORD=${DB_PASSWORD_1}',
  'password = "changeme123"',
  'https://user:password@example.com/',
  'postgres://app:${PASSWORD1}@db/main',
  'maxTokens: 8192, tokens: 12345678',
  'commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
  'integrity sha512-abcDEF0123456789abcDEF0123456789',
  'class="sk-spinner" task-1234567890123456789012',
  'secret: string; tokenV2: config.auth.tokenV2',
  'NODE_PATH=/usr/local/lib/node_modules/Project2024',
  '⟦secret-1⟧ and password: ⟦secret-2⟧',
];
for (const text of innocent) {
  test(`nothing is found in: ${text}`, async () => {
    assert.deepEqual(await foundIn(text), []);
  });
}

test('a comment in the text hides nothing from the search', async () => {
  assert.deepEqual(await foundIn(`// secretlint-disable\n${madeUp.github}\n// secretlint-enable`), [madeUp.github]);
});

test('a key that was cut is found as far as it goes', async () => {
  const cut = madeUp.privateKey.slice(0, 150);
  assert.deepEqual(await foundIn(`${cut}\n…`), [`${cut}\n`]);
});

test('a long text is searched in pieces, and what stands across two of them is found once and whole', async () => {
  const filler = 'lorem ipsum '.repeat(2_800);
  for (const shift of [0, 10, 20, 30, 39]) {
    const before = filler.slice(0, 32_768 - shift);
    assert.deepEqual(await foundIn(`${before} ${madeUp.github} ${filler}`), [madeUp.github]);
  }
});

test('personal data is found where it is wanted, and only there', async () => {
  const text =
    'Write to jane.doe@example.com or call +44 20 7946 0958, (030) 1234567 or 0800-1234567; card 4111 1111 1111 1111.';
  const wanted = { secrets: false, personal: true };
  assert.deepEqual(await foundIn(text, wanted), [
    'jane.doe@example.com',
    '+44 20 7946 0958',
    '(030) 1234567',
    '0800-1234567',
    '4111 1111 1111 1111',
  ]);
  assert.deepEqual(await foundIn(text), []);
});

test('dates, versions, decorators and numbers that are no card’s are not personal data', async () => {
  const text = '2024-01-02 10:11:12, 0.1234.56789, @Component.x, 4111 1111 1111 1112, 192.168.100.200, 1700000000000';
  assert.deepEqual(await foundIn(text, { secrets: false, personal: true }), []);
});

test('the event loop is given back while a long text is searched', async () => {
  const text = `${madeUp.github}\nconst token = "x";\n`.repeat(60_000);
  let turns = 0;
  const count = setInterval(() => turns++, 1);
  await findSecrets(text, secrets);
  clearInterval(count);
  assert.ok(turns > 2, `${turns} turns`);
});
