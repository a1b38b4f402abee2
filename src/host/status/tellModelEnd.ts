import * as vscode from 'vscode';
import { endOf, hasEnded } from '../../core/models/modelEnds.ts';
import { canonicalId } from '../../core/models/modelRules.ts';
import type { RunNews } from '../../core/chat/conversations.ts';
import { showInformation } from '../show.ts';

const toldKey = 'endedModels';

/**
 * Says after an answer that its model has ended with its vendor: once for each model, since who still serves it may go on
 * doing so. `use` has the conversation go on with another one.
 */
export async function tellModelEnd(
  { session, end }: RunNews,
  memento: vscode.Memento,
  use: (conversationId: string, model: string) => Promise<unknown>,
): Promise<void> {
  const turn = session.branch.turns.at(-1);
  if (end?.phase !== 'complete' || turn?.role !== 'assistant') return;
  const known = endOf(turn.model);
  const told = memento.get<string[]>(toldKey, []);
  const id = canonicalId(turn.model);
  if (!known || !hasEnded(known, Date.now()) || told.includes(id)) return;
  await memento.update(toldKey, [...told, id]);
  const change = vscode.l10n.t('Use {0}', known.successor);
  const text = vscode.l10n.t(
    '{0} ended with its vendor on {1}, and may stop answering here, too. {2} takes its place.',
    turn.model,
    known.day,
    known.successor,
  );
  if ((await showInformation(text, change)) === change) await use(session.id, known.successor);
}
