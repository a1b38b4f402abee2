import type { Finding } from '../../shared/finding.ts';
import { parseSeverity } from './severity.ts';

/** A finding as the model reported it, checked, not yet placed. */
export type ReportedFinding = Pick<Finding, 'severity' | 'title' | 'explanation' | 'quote' | 'replacement' | 'path'>;

export interface Report {
  findings: ReportedFinding[];
  /** Entries that were no findings: a required field was missing or of the wrong kind. */
  unusable: number;
}

/** Checks a tool input. Undefined where it is no report at all. */
export function parseReport(input: Record<string, unknown>): Report | undefined {
  // One finding by itself, in place of the report.
  const entries = listIn('findings' in input || !('quote' in input) ? input['findings'] : input);
  if (!entries) return undefined;
  const findings = entries.map(parseFinding).filter(finding => finding !== undefined);
  return { findings, unusable: entries.length - findings.length };
}

/** Some models hand a nested value over as JSON text, and one finding without a list. */
function listIn(value: unknown): unknown[] | undefined {
  const given = parsed(value);
  if (Array.isArray(given)) return (given as unknown[]).map(parsed);
  return typeof given === 'object' && given !== null ? [given] : undefined;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function parseFinding(entry: unknown): ReportedFinding | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { path, severity, title, explanation, quote, replacement } = entry as Record<string, unknown>;
  if (typeof title !== 'string' || title.trim() === '' || typeof quote !== 'string') return undefined;
  return {
    severity: parseSeverity(severity),
    title: title.trim(),
    explanation: typeof explanation === 'string' ? explanation : '',
    quote,
    ...(typeof replacement === 'string' && replacement !== quote && { replacement }),
    path: typeof path === 'string' ? path : '',
  };
}
