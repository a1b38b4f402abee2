import type { JsonObject } from '../json.ts';
import { isArray, isObject } from '../json.ts';
import type { Conversation } from './conversation.ts';
import { blockFindings } from './review-blocks.ts';
import type { Finding, ReviewedCode } from './review-code.ts';
import { reviewedCode } from './review-code.ts';
import { lineFindings } from './review-rules.ts';
import { fitted } from './schema-input.ts';
import { counted } from './wording.ts';

const MOST_FINDINGS = 30;

/** The input of the reporting tool: what the rules find in the code of the last message, as the schema wants it. */
export function reviewInput(schema: JsonObject | undefined, conversation: Conversation): JsonObject {
  const item = findingSchema(schema);
  const codes = conversation.code.map(reviewedCode);
  const findings = codes.flatMap(code =>
    [...lineFindings(code), ...blockFindings(code)]
      .sort((a, b) => a.at - b.at)
      .map(finding => reported(finding, code, item, conversation)),
  );
  const input = { findings: findings.slice(0, MOST_FINDINGS), summary: summary(codes, findings.length) };
  return fitted(input, schema, conversation.question);
}

function reported(
  finding: Finding,
  code: ReviewedCode,
  item: JsonObject | undefined,
  conversation: Conversation,
): JsonObject {
  const whole: JsonObject = {
    ...(code.path === undefined ? {} : { path: code.path }),
    severity: severityIn(item, finding.severity),
    title: finding.title,
    explanation: finding.explanation,
    quote: finding.quote,
    ...(finding.replacement === undefined ? {} : { replacement: finding.replacement }),
  };
  return fitted(whole, item, conversation.question);
}

const SEVERITIES: Readonly<Record<Finding['severity'], RegExp>> = {
  high: /^(?:error|critical|high|major|bug|blocker|severe)/i,
  medium: /^(?:warn|medium|moderate|problem|issue)/i,
  low: /^(?:info|low|minor|hint|note|nit|suggest|style)/i,
};

/** The schema's own word for it: by its meaning, else by its place from the most to the least severe. */
function severityIn(item: JsonObject | undefined, severity: Finding['severity']): unknown {
  const property = member(item, 'severity');
  const words = isObject(property) && isArray(property['enum']) ? property['enum'] : undefined;
  if (words === undefined || words.length === 0) return { high: 'error', medium: 'warning', low: 'info' }[severity];
  const byMeaning = words.find(word => typeof word === 'string' && SEVERITIES[severity].test(word));
  const place = { high: 0, medium: Math.floor((words.length - 1) / 2), low: words.length - 1 }[severity];
  return byMeaning ?? words[place];
}

function findingSchema(schema: JsonObject | undefined): JsonObject | undefined {
  const findings = member(schema, 'findings');
  return isObject(findings) && isObject(findings['items']) ? findings['items'] : undefined;
}

function member(schema: JsonObject | undefined, name: string): unknown {
  return isObject(schema?.['properties']) ? schema['properties'][name] : undefined;
}

function summary(codes: readonly ReviewedCode[], found: number): string {
  const lines = codes.reduce((sum, code) => sum + code.lines.filter(line => line.isNew).length, 0);
  const files = [...new Set(codes.map(code => code.path).filter(path => path !== undefined))];
  const where = files.length === 0 ? '' : ` of ${files.join(', ')}`;
  const result = found === 0 ? 'found nothing' : `found ${counted(found, 'place')} worth a look`;
  return `Demo endpoint, no language model: simple rules read ${counted(lines, 'line')}${where} and ${result}.`;
}
