import { Agent } from '../agent/agent.ts';
import type { AnsweringPorts } from '../answer/answering.ts';
import { type CheckpointPorts, ConversationCheckpoints } from '../checkpoints/conversationCheckpoints.ts';
import { askedIn } from '../conversation/handBackTurn.ts';
import type { Keeping } from '../conversation/keeping.ts';
import type { TurnRecord } from '../conversation/turns.ts';
import type { Unsent } from '../conversation/unsent.ts';
import { Clearance, type FilterPorts } from '../filter/clearance.ts';
import type { Decisions } from '../filter/decisions.ts';

/** What tools change is kept under the question that they work for. */
export function checkpointsOf(
  conversationId: string,
  turns: () => readonly TurnRecord[],
  { emit, newId, failed }: AnsweringPorts,
  checkpoints: CheckpointPorts,
): ConversationCheckpoints {
  return new ConversationCheckpoints({
    ...checkpoints,
    conversationId,
    turnId: () => askedIn(turns())?.id ?? '',
    newId,
    changed: points => emit({ type: 'restorePoints', points }),
    failed: error => failed?.(error),
  });
}

/** What runs the tools. Their changes pass the checkpoints, where there are any. */
export function agentOf(
  conversationId: string,
  unsent: Unsent,
  { tools, newId, now, clock = now }: AnsweringPorts,
  checkpoints: ConversationCheckpoints | undefined,
): Agent {
  const workspace = tools && (checkpoints?.recorded(tools.workspace) ?? tools.workspace);
  return new Agent({
    conversationId,
    ...(tools && workspace && { tools: { ...tools, workspace } }),
    mode: () => unsent.mode,
    answeredByHand: () => (unsent.parameters.tools ?? []).map(({ name }) => String(name)),
    newId,
    clock,
  });
}

/** Looks for secrets; what the user decides about them stays with the conversation. */
export function clearanceOf(id: string, keeping: Keeping, { emit }: AnsweringPorts, filter: FilterPorts): Clearance {
  const keepDecisions = (decisions: Decisions | undefined): void =>
    keeping.save(store => store.write([{ type: 'decide', conversationId: id, decisions }]));
  return new Clearance(filter, ask => emit({ type: 'clearance', clearance: ask ?? null }), {
    id,
    memory: {
      read: () => keeping.read(store => store.loadDecisions(id)),
      add: decisions => keepDecisions(decisions),
      forget: () => keepDecisions(undefined),
    },
  });
}
