import { answerText, type TurnRecord } from '../conversation/turns.ts';

/** Everything of a turn that a reader may remember it by. */
export function searchableText(turn: TurnRecord): string {
  if (turn.role === 'assistant') {
    // The user’s own check has not let it pass, or not yet.
    if (turn.check) return '';
    const findings = (turn.findings ?? []).map(({ title, explanation, path }) => `${path} ${title}\n${explanation}`);
    const results = (turn.calls ?? []).map(({ line, result }) => `${line.subject}\n${result?.text ?? ''}`);
    return [answerText(turn), ...results, ...findings].join('\n\n');
  }
  const excerpts = turn.excerpts.map(({ path, code }) => `${path}\n${code}`);
  const names = (turn.attachments ?? []).map(({ name }) => name);
  const results = (turn.toolResults ?? []).map(({ text }) => text);
  return [turn.text, ...names, ...results, ...excerpts].join('\n\n');
}
