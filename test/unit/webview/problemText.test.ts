import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem, ProblemKind, RefusedAttachment } from '../../../src/shared/problem.ts';
import { problemText } from '../../../src/shared/problemText.ts';
import { t } from '../../../src/webview/ui/l10n.ts';

/** Every kind; the type makes the list complete. */
const kinds = Object.keys({
  noKey: 0,
  keyUnreadable: 0,
  badBaseUrl: 0,
  authentication: 0,
  billing: 0,
  permission: 0,
  notFound: 0,
  tooLarge: 0,
  promptTooLong: 0,
  badRequest: 0,
  rateLimited: 0,
  overloaded: 0,
  serverError: 0,
  unreachable: 0,
  proxy: 0,
  certificate: 0,
  timeout: 0,
  connectionLost: 0,
  endedEarly: 0,
  interrupted: 0,
  unreadable: 0,
  redirected: 0,
  otherProtocol: 0,
  answerTooLong: 0,
  eventTooLong: 0,
  errorTooLong: 0,
  tooManyBlocks: 0,
  emptyReply: 0,
  noReport: 0,
  reportCut: 0,
  declined: 0,
  heldBack: 0,
  blocked: 0,
  checkFailed: 0,
  internal: 0,
} satisfies Record<ProblemKind, 0>) as ProblemKind[];

for (const kind of kinds) {
  test('a problem that the other network may not have offers it, after what is most useful', () => {
    const problem = { kind: 'unreachable', detail: '', suggestsTransport: 'vscode' } as const;
    assert.deepEqual(problemText(problem, t).actions, ['tryAgain', 'useOtherNetwork', 'openSettings', 'showLog']);
  });

  test(`${kind} says what happened, what to do, and offers a way on`, () => {
    const { title, advice, actions } = problemText({ kind, detail: 'x' }, t);
    assert.match(title, /^[A-Z].*[^.]$/);
    assert.match(advice, /^[A-Z].*\.$/);
    assert.ok(actions.length > 0);
    assert.equal(new Set(actions).size, actions.length);
    assert.doesNotMatch(`${title} ${advice}`, /\{\d\}|undefined/);
  });
}

test('no two kinds have the same title', () => {
  assert.equal(new Set(kinds.map(kind => problemText({ kind, detail: '' }, t).title)).size, kinds.length);
});

test('the system’s code decides about the advice, and words do not', () => {
  const advice = (kind: ProblemKind, code?: string, detail = ''): string =>
    problemText({ kind, detail, ...(code !== undefined && { code }) }, t).advice;
  assert.match(advice('unreachable', 'ENOTFOUND'), /Nobody knows this host name/);
  assert.match(advice('unreachable', 'ECONNREFUSED'), /Check the port/);
  assert.match(advice('unreachable', 'UND_ERR_CONNECT_TIMEOUT'), /firewall/);
  assert.match(advice('unreachable', undefined, 'ENOTFOUND'), /Check the network connection/);
  assert.match(advice('certificate', 'CERT_HAS_EXPIRED'), /not valid today/);
  assert.match(advice('certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'), /another host/);
  assert.match(advice('certificate', 'SELF_SIGNED_CERT_IN_CHAIN'), /company proxy/);
});

test('where the model is what was not found, the address is not doubted', () => {
  const missing = problemText({ kind: 'notFound', detail: '', said: { isModel: true } }, t);
  assert.deepEqual([missing.title, missing.actions], ['The model was not found', ['chooseModel', 'tryAgain']]);
});

test('what does not fit leads to room and to a larger model where there is one, and never to the settings', () => {
  const actions = (kind: ProblemKind, more: Partial<Problem> = {}) =>
    problemText({ kind, detail: '', ...more }, t).actions;
  assert.deepEqual(actions('promptTooLong', { hasLarger: true }), ['makeRoom', 'useLarger', 'tryAgain']);
  assert.deepEqual(actions('promptTooLong'), ['makeRoom', 'tryAgain']);
  assert.deepEqual(actions('tooLarge'), ['makeRoom', 'tryAgain']);
});

test('what was attached and refused is named, and can be left out', () => {
  const [one, other] = [
    { id: '1', name: 'a.png' },
    { id: '2', name: 'b.png' },
  ];
  const text = (...refused: RefusedAttachment[]) => problemText({ kind: 'badRequest', detail: '', refused }, t);
  assert.equal(text(one).title, 'The endpoint refused a.png');
  assert.equal(text(one, other).title, 'The endpoint refused what was attached');
  assert.deepEqual(text(one).actions, ['retryWithoutRefused', 'chooseModel', 'tryAgain']);
});

test('a pause that the endpoint asked for is named', () => {
  const advice = (retryAfterMs: number): string =>
    problemText({ kind: 'rateLimited', detail: '', retryAfterMs }, t).advice;
  assert.match(advice(4_200), / 5 s/);
  assert.match(advice(600_000), / 10 minutes/);
});
