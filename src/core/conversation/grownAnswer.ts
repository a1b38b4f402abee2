import type { AnswerBlock, AssistantTurn } from '../../shared/conversation.ts';
import type { Change } from '../../shared/protocol/changes.ts';

/**
 * What makes the answer that is shown, `before`, into `after`, the same one later. Text that has gone on comes as such, so
 * that what is drawn of it stays; where more has changed, the turn comes as a whole.
 */
export function changesOfAnswer(before: AssistantTurn, after: AssistantTurn): Change[] {
  const grown = isSame(restOf(before), restOf(after)) ? grownBlocks(before, after) : undefined;
  if (!grown) return [{ type: 'turn', turn: after }];
  return [...grown, ...stateChange(before, after)];
}

/** What no smaller change is made for. */
function restOf(turn: AssistantTurn): unknown {
  return { ...turn, blocks: [], state: undefined, usage: undefined, figures: undefined, findings: undefined };
}

function grownBlocks({ id, blocks: before }: AssistantTurn, { blocks: after }: AssistantTurn): Change[] | undefined {
  const last = before.length - 1;
  if (after.length < before.length || !isSame(before.slice(0, last), after.slice(0, Math.max(last, 0))))
    return undefined;
  const changes: Change[] = [];
  const [shown, now] = [before[last], after[last]];
  if (shown && now) {
    if (!hasGrown(shown, now)) return undefined;
    const offset = shown.text.length;
    if (now.text.length > offset) {
      changes.push({ type: 'delta', turnId: id, index: last, offset, text: now.text.slice(offset) });
    }
  }
  for (const [index, block] of after.entries()) {
    if (index > last) changes.push({ type: 'block', turnId: id, index, block });
  }
  return changes;
}

function hasGrown(before: AnswerBlock, after: AnswerBlock): boolean {
  return isSame({ ...before, text: '' }, { ...after, text: '' }) && after.text.startsWith(before.text);
}

function stateChange(before: AssistantTurn, after: AssistantTurn): Change[] {
  const { id, state, usage, figures, findings } = after;
  if (isSame([before.state, before.usage, before.figures, before.findings], [state, usage, figures, findings]))
    return [];
  return [
    {
      type: 'answer',
      turnId: id,
      state,
      ...(usage && { usage }),
      ...(figures && { figures }),
      ...(findings && { findings }),
    },
  ];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
