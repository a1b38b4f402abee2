import { reportToolName } from '../../shared/finding.ts';
import type { CustomTool } from '../messages/wire.ts';
import { parseReport, type Report, type ReportedFinding } from '../review/report.ts';
import type { Tool } from './tool.ts';

/** As every review’s request offers it, whatever the model. */
export const reportDefinition: CustomTool = {
  name: reportToolName,
  description:
    'Reports the findings of a code review. Call it exactly once with all findings, the most severe first; with an empty list when there is nothing worth changing.',
  input_schema: {
    type: 'object',
    properties: {
      findings: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            path: { type: 'string', description: 'The file, exactly as it stands behind "File:".' },
            severity: {
              type: 'string',
              enum: ['error', 'warning', 'info'],
              description: 'error: wrong or unsafe; warning: likely to go wrong; info: would be better otherwise.',
            },
            title: { type: 'string', description: 'One line that names the problem.' },
            explanation: { type: 'string', description: 'Why it matters and what to do, in Markdown.' },
            quote: {
              type: 'string',
              description:
                'The whole lines that the finding is about, copied character for character from the new code, without diff markers, and enough of them to occur only once in the file.',
            },
            replacement: {
              type: 'string',
              description: 'What should stand in place of the quoted lines; left out when there is no one replacement.',
            },
          },
          required: ['path', 'severity', 'title', 'explanation', 'quote'],
          additionalProperties: false,
        },
      },
    },
    required: ['findings'],
    additionalProperties: false,
  },
};

/** The tool that a review is forced to call: findings come as data, never out of prose. `report` takes those of one call. */
export function reportFindings(report: (findings: ReportedFinding[]) => Promise<void>): Tool<Report> {
  return {
    name: reportToolName,
    definition: () => reportDefinition,
    parse: fields => {
      const input = parseReport(fields);
      return input ? { ok: true, input } : { ok: false, problem: '`findings` has to be a list of findings.' };
    },
    takesMore: true,
    effect: () => 'reads',
    line: () => ({ action: 'tool', subject: reportToolName }),
    prepare: ({ findings, unusable }) => {
      const run = async (): Promise<string> => {
        await report(findings);
        return unusable === 0 ? 'Reported.' : `Reported, but for ${unusable} that had no title or no quote.`;
      };
      return Promise.resolve({ cautions: [], run });
    },
  };
}
