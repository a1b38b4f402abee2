import type { Finding } from '../../shared/finding.ts';
import type { Agent } from '../agent/agent.ts';
import type { AnswerRecord } from '../conversation/turns.ts';
import type { ReportedFinding } from '../review/report.ts';
import { ToolRegistry } from '../tools/registry.ts';
import { reportFindings } from '../tools/reportFindings.ts';
import { amongOthers } from '../tools/tool.ts';

/**
 * Runs what a review’s complete answer calls, which leaves its findings at the record; without any report the answer has
 * failed. Rejects where `place` does.
 */
export async function runReport(
  record: AnswerRecord,
  agent: Pick<Agent, 'runOwn'>,
  place: (findings: ReportedFinding[]) => Promise<Finding[]>,
): Promise<void> {
  const placing: Promise<void>[] = [];
  const tool = reportFindings(reported => {
    const placed = place(reported).then(findings => void (record.findings = [...(record.findings ?? []), ...findings]));
    placing.push(placed);
    return placed;
  });
  // What becomes of the calls is not kept: the findings say it.
  await agent.runOwn(new ToolRegistry(() => [amongOthers(tool)]), record.content);
  await Promise.all(placing);
  if (record.findings) return;
  const isCut = record.state.phase === 'complete' && record.state.stopReason === 'max_tokens';
  record.state = { phase: 'failed', problem: { kind: isCut ? 'reportCut' : 'noReport', detail: '' } };
}
