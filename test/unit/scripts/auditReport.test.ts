import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAuditReport } from '../../../scripts/auditReport.ts';

const flaw = (title: string) => ({ title, url: 'https://advisories.test/1', severity: 'high', range: '<9' });
const report = (vulnerabilities: Record<string, unknown>) => JSON.stringify({ auditReportVersion: 2, vulnerabilities });
const bundled = ['node_modules/marked', 'node_modules/undici'];

test('a flaw in what is bundled is named, with its package', () => {
  const output = report({ undici: { via: [flaw('Smuggling')], nodes: ['node_modules/undici'] } });
  assert.deepEqual(readAuditReport(output, bundled), {
    flaws: ['node_modules/undici <9: Smuggling (high) https://advisories.test/1'],
  });
});

test('a flaw in what builds and tests is none of what ships, nor is another version of a bundled package', () => {
  const output = report({
    mocha: { via: [flaw('Slow')], nodes: ['node_modules/mocha'] },
    undici: { via: [flaw('Smuggling')], nodes: ['node_modules/@vscode/vsce/node_modules/undici'] },
    marked: { via: ['mocha'], nodes: ['node_modules/marked'] },
  });
  assert.deepEqual(readAuditReport(output, bundled), { flaws: [] });
});

test('where the registry could not be asked, nothing is known, and why is said', () => {
  assert.deepEqual(readAuditReport('{"message":"405 Method Not Allowed","statusCode":405}', bundled), {
    notAudited: '405 Method Not Allowed',
  });
  for (const output of ['', 'npm error', '{}', 'null']) {
    assert.deepEqual(readAuditReport(output, bundled), { notAudited: 'npm audit gave no report.' }, output);
  }
});
