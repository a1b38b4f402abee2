import { type Finding, reportToolName } from '../../shared/conversation.ts';
import { parseReport, type ReportedFinding } from '../review/reportTool.ts';
import type { AnswerRecord } from '../conversation/turns.ts';

/** Reads the findings out of a review's complete answer; without any report the answer has failed. */
export async function takeReport(
  record: AnswerRecord,
  place: (findings: ReportedFinding[]) => Promise<Finding[]>,
): Promise<void> {
  const call = record.content.find(block => block.type === 'tool_use' && block.name === reportToolName);
  const report = call?.type === 'tool_use' && call.input ? parseReport(call.input) : undefined;
  if (report) {
    record.findings = await place(report.findings);
    return;
  }
  const isCut = record.state.phase === 'complete' && record.state.stopReason === 'max_tokens';
  record.state = { phase: 'failed', problem: { kind: isCut ? 'reportCut' : 'noReport', detail: '' } };
}
