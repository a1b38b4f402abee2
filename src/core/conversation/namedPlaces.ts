import { excerptsOf, type Turn } from '../../shared/conversation.ts';

/** Whether the turns themselves name the file: no other is opened for the view. */
export function namePlace(turns: readonly Turn[], uri: string): boolean {
  return turns.some(turn =>
    turn.role === 'user'
      ? excerptsOf(turn).some(excerpt => excerpt.uri === uri)
      : turn.findings?.some(finding => finding.uri === uri),
  );
}
