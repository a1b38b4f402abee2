import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { vendorKey, vendorStarts } from '../redaction/keyForms.ts';
import type { Found } from './found.ts';

/** How the tokens begin that secretlint's rules find. What has none of these is not shown to them: they take 40 ms a megabyte. */
export const tokenStarts: readonly string[] = [
  ...['AKIA', 'A3T', 'AGPA', 'AIDA', 'AROA', 'AIPA', 'ANPA', 'ANVA', 'ASIA', 'x-oauth-basic', '_authToken=', 'npm_'],
  ...['xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'hooks.slack.com', 'hf_', 'lin_api_', 'ntn_', 'SG.'],
  ...['shppa_', 'shpca_', 'shpat_', 'shpss_', 'sk_live', 'sk_test', 'rk_live', 'rk_test'],
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_', 'glpat-', 'glc_', 'glsa_', 'ops_ey'],
  ...['hvs.', 'hvb.', 'hvr.', 'vcp_', 'vci_', 'vca_', 'vcr_', 'vck_', 'dapi', 'dckr_pat_', 'figd_'],
  ...['cfk_', 'cfut_', 'cfat_', 'tskey-'],
  ...vendorStarts,
];

/**
 * Rules that report more than the secret, or by the look of a whole file: ours find the same. And what lets a comment in
 * the text hide a secret.
 */
const others = /-(?:basicauth|database-connection-string|privatekey|gcp|filter-comments)$/;
const otherMessages: ReadonlySet<string> = new Set(['AWSSecretAccessKey', 'AWSAccountID']);

/** Characters around a token's start that the rules get to see. */
const before = 300;
const behind = 2_100;
const gap = '\n\n';

const config = {
  rules: rules
    .filter(({ meta }) => !others.test(meta.id))
    .map(rule => ({
      id: rule.meta.id,
      rule,
      options: rule.meta.id.endsWith('-aws') ? { enableIDScanRule: true } : {},
    })),
};

/** The tokens of known vendors that begin around `starts`, which are places in the text, in order. */
export async function findKnownTokens(text: string, starts: readonly number[]): Promise<Found[]> {
  const parts = windows(text, starts);
  if (parts.length === 0) return [];
  // One call for all: each sets up all rules.
  const content = parts.map(({ start, end }) => text.slice(start, end)).join(gap);
  const spans = [...(await byRules(content)), ...byVendors(content)];
  const found: Found[] = [];
  let offset = 0;
  for (const { start, end } of parts) {
    const length = end - start;
    for (const [from, to] of spans) {
      if (from < offset || to > offset + length) continue;
      found.push({ kind: 'token', start: start + from - offset, end: start + to - offset });
    }
    offset += length + gap.length;
  }
  return found;
}

async function byRules(content: string): Promise<[number, number][]> {
  const { messages } = await lintSource({
    source: { content, filePath: 'text', ext: '', contentType: 'text' },
    options: { config, noPhysicFilePath: true },
  });
  return messages.flatMap(({ messageId, range: [start, end] }): [number, number][] => {
    if (otherMessages.has(messageId)) return [];
    const text = content.slice(start, end);
    // Of `_authToken=…` the name is told as well.
    const name = /^_authToken=["']?/.exec(text)?.[0].length ?? 0;
    return [[start + name, start + text.trimEnd().length]];
  });
}

function byVendors(content: string): [number, number][] {
  return [...content.matchAll(new RegExp(vendorKey, 'g'))].map(({ 0: key, index }) => [index, index + key.length]);
}

function windows(text: string, starts: readonly number[]): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  for (const at of starts) {
    const end = Math.min(text.length, at + behind);
    const last = parts.at(-1);
    const start = Math.max(0, at - before);
    if (last && start <= last.end) last.end = end;
    else parts.push({ start, end });
  }
  return parts;
}
