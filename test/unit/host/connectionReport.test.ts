import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckReport, checkSteps } from '../../../src/core/endpoint/checkConnection.ts';
import type { StepOutcome } from '../../../src/core/endpoint/probes.ts';
import { reportText } from '../../../src/host/connection/connectionReport.ts';
import { plain } from '../../support/plainText.ts';

const yes: StepOutcome = { result: 'yes', remarks: [] };
const skipped: StepOutcome = { result: 'skipped', remarks: [] };

test('a connection that can do everything is told in the same order as it was tried', () => {
  const text = write(all(yes, { models: { ...yes, count: 12 }, stream: { ...yes, firstByteMs: 120.4 } }), {
    latency: { newConnectionMs: 180.2, openConnectionMs: 60 },
  });
  assert.equal(
    text,
    `# Connection to https://relay.example

Checked on today with the model claude-x.

Chatting works.

## What was tried

- Reachable: yes
- Model list: yes. Models: 12.
- Answer as a whole: yes
- API key accepted: yes
- Streamed answer: yes. The first piece came after 120 ms.
- Counting tokens: yes
- Tools: yes
- Thinking: yes
- Images: yes

The first reply on a new connection took 180 ms, the next on the same connection 60 ms.
`,
  );
});

const troubles: [what: string, outcomes: Partial<CheckReport['outcomes']>, more: Partial<CheckReport>, says: RegExp][] =
  [
    [
      'an unknown host',
      { reach: failed('unreachable', 'no such host', undefined, 'ENOTFOUND') },
      {},
      /The endpoint cannot be reached\.\n\nNobody knows this host name/,
    ],
    [
      'a refused connection',
      { reach: failed('unreachable', 'no', undefined, 'ECONNREFUSED') },
      {},
      /The host refuses the connection/,
    ],
    [
      'a host that is silent',
      { reach: failed('unreachable', '', undefined, 'UND_ERR_CONNECT_TIMEOUT') },
      {},
      /firewall/,
    ],
    [
      'words that only sound like a code',
      { reach: failed('unreachable', 'ENOTFOUND, ECONNREFUSED') },
      {},
      /Check the network connection/,
    ],
    ['a certificate', { reach: failed('certificate', 'self-signed certificate') }, {}, /`self-signed certificate`/],
    [
      'a refused key',
      { reach: yes, answer: failed('authentication', 'invalid x-api-key', 401) },
      {},
      /The API key was not accepted\.[^]*`invalid x-api-key` \(HTTP 401\)/,
    ],
    ['no credit', { reach: yes, answer: failed('billing', 'insufficient balance', 402) }, {}, /no credit left/],
    [
      'a wrong address',
      { reach: yes, answer: failed('notFound', '404', 404) },
      { foundAt: 'https://relay.example/anthropic' },
      /The API was found at https:\/\/relay\.example\/anthropic/,
    ],
    ['a check that was stopped', { reach: yes }, { stopped: true }, /stopped before its end/],
    ['an endpoint that only streams', all(yes, { answer: failed('badRequest', 'x', 400) }), {}, /leave “Stream” on/],
    ['an endpoint that can’t stream', all(yes, { stream: failed('badRequest', 'x', 400) }), {}, /switch “Stream” off/],
    [
      'a stream that is none',
      all(yes, { stream: { result: 'no', remarks: ['jsonForStream'] } }),
      {},
      /Chatting works[^]*Streamed answer: no\. The answer came in one piece/,
    ],
    ['no tools', all(yes, { tools: { result: 'no', remarks: ['toolNotCalled'] } }), {}, /Reviews need tools/],
    [
      'no count',
      all(yes, { countTokens: failed('notFound', 'Invalid URL', 404) }),
      {},
      /Counting tokens: no\. The endpoint does not offer it\. `Invalid URL` \(HTTP 404\)/,
    ],
  ];

for (const [what, outcomes, more, says] of troubles) {
  test(`${what} is told in words`, () => assert.match(write({ ...all(skipped), ...outcomes }, more), says));
}

test('without a key the report says so', () => {
  assert.match(write({ ...all(skipped), reach: yes }, {}, false), /There is no API key for https:\/\/relay\.example/);
});

test('the endpoint’s words can’t become markup', () => {
  const words = 'bad\n# heading [link](https://evil.example) `code`';
  const text = write({ ...all(skipped), reach: yes, answer: failed('badRequest', words, 400) });
  assert.match(text, /`bad # heading \[link\]\(https:\/\/evil\.example\) code`/);
  assert.equal(text.includes('\n# heading'), false);
});

function write(outcomes: CheckReport['outcomes'], more: Partial<CheckReport> = {}, hasKey = true): string {
  const report = {
    origin: 'https://relay.example',
    model: 'claude-x',
    checkedAt: 0,
    outcomes,
    stopped: false,
    ...more,
  };
  return reportText(report, { hasKey, when: 'today' }, plain);
}

function all(outcome: StepOutcome, others: Partial<CheckReport['outcomes']> = {}): CheckReport['outcomes'] {
  return { ...(Object.fromEntries(checkSteps.map(step => [step, outcome])) as CheckReport['outcomes']), ...others };
}

function failed(
  kind: 'unreachable' | 'certificate' | 'authentication' | 'billing' | 'notFound' | 'badRequest',
  detail: string,
  status?: number,
  code?: string,
): StepOutcome {
  const problem = { kind, detail, ...(status !== undefined && { status }), ...(code !== undefined && { code }) };
  return { result: 'no', remarks: [], problem };
}
