import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChatStatus, statusText } from '../../../src/host/status/chatStatus.ts';
import type { ConnectionStatus } from '../../../src/shared/protocol/connection.ts';
import { plain } from '../../support/plainText.ts';

const connection: ConnectionStatus = { origin: 'https://x.example', model: 'm', key: 'stored' };

function shown(status: Partial<ChatStatus>, now = 0) {
  return statusText({ connection, runningSince: [], failure: undefined, ...status }, now, plain);
}

test('each state has its icon and its sentence', () => {
  const key = { ...connection, key: 'missing' as const };
  const address = { ...connection, baseUrlProblem: 'no' };
  const failure = { kind: 'unreachable', detail: '' } as const;
  assert.deepEqual(
    [shown({}), shown({ connection: undefined }), shown({ connection: key }), shown({ connection: address })].map(
      ({ text, sentence }) => [text, sentence],
    ),
    [
      ['$(comment-discussion) Marginalia', 'Ready'],
      ['$(comment-discussion) Marginalia', 'Ready'],
      ['$(key) Marginalia', 'Set your API key'],
      ['$(warning) Marginalia', 'The base URL cannot be used'],
    ],
  );
  assert.equal(shown({ failure }).text, '$(warning) Marginalia');
  assert.match(shown({ failure }).sentence, /^The last answer failed: \w/);
});

test('a running answer counts its seconds, and its sentence stays', () => {
  assert.equal(shown({ runningSince: [1_000] }, 500).text, '$(loading~spin) Answering… 0 s');
  assert.equal(shown({ runningSince: [1_000] }, 13_999).text, '$(loading~spin) Answering… 12 s');
  assert.equal(shown({ runningSince: [1_000] }, 13_999).sentence, shown({ runningSince: [1_000] }, 0).sentence);
  assert.equal(shown({ runningSince: [1, 2] }, 3).text, '$(loading~spin) 2 answers…');
});

test('what runs comes before what has failed', () => {
  const failure = { kind: 'unreachable', detail: '' } as const;
  assert.match(shown({ failure, runningSince: [0] }).text, /Answering/);
});
