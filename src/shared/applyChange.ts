import type { AnswerBlock, AssistantTurn, Conversation } from './conversation.ts';
import type { Change, ViewState } from './protocol/changes.ts';
import { withCalls } from './ranCalls.ts';
import { insertedAfter, markedThrough } from './summarized.ts';

/**
 * The state after `change`, or undefined where the change does not fit what is there: then the two ends have come
 * apart and the view asks for a snapshot. Never mutates; untouched turns keep their identity. Copies the lists of turns
 * and blocks that the change is about: of text that goes on, the view gathers what belongs together (see store.ts).
 */
export function applyChange(state: ViewState, change: Change): ViewState | undefined {
  switch (change.type) {
    case 'connection':
      return { ...state, connection: change.connection };
    case 'notice':
      return { ...state, notice: change.notice };
    case 'clearance':
      return { ...state, clearance: change.clearance };
    case 'moderation':
      return { ...state, moderation: change.moderation };
    case 'queue':
      return { ...state, queue: change.queue };
    case 'unfinished':
      return { ...state, unfinished: change.unfinished };
    case 'attachments':
      return { ...state, attachments: change.attachments };
    case 'title':
      return withConversation(state, { ...state.conversation, title: change.title });
    case 'parameters':
      return withConversation(state, { ...state.conversation, parameters: change.parameters });
    case 'startModel':
      return withConversation(state, { ...state.conversation, startModel: change.model });
    case 'mode':
      return withConversation(state, { ...state.conversation, mode: change.mode });
    case 'restorePoints':
      return withConversation(state, { ...state.conversation, restorePoints: change.points });
    case 'siblings':
      return withConversation(state, { ...state.conversation, siblings: change.siblings });
    case 'earlierTurns': {
      const turns = [...change.turns, ...state.conversation.turns];
      return { ...withConversation(state, { ...state.conversation, turns }), earlier: change.earlier };
    }
    case 'turnRemoved': {
      const turns = state.conversation.turns.filter(turn => turn.id !== change.turnId);
      return withConversation(state, { ...state.conversation, turns });
    }
    case 'branch': {
      const { turns } = state.conversation;
      const at = turns.findIndex(({ id }) => id === change.afterTurnId);
      if (at === -1 && change.afterTurnId !== null) return undefined;
      return withConversation(state, { ...state.conversation, turns: [...turns.slice(0, at + 1), ...change.turns] });
    }
    case 'turn': {
      const turns = [...state.conversation.turns];
      const at = turns.findIndex(turn => turn.id === change.turn.id);
      if (at === -1 && change.afterTurnId !== undefined) {
        const inserted = insertedAfter(turns, change.turn, change.afterTurnId);
        return withConversation(state, { ...state.conversation, turns: inserted });
      }
      turns.splice(at === -1 ? turns.length : at, 1, change.turn);
      return withConversation(state, { ...state.conversation, turns });
    }
    case 'summarized': {
      const turns = markedThrough(state.conversation.turns, change.throughTurnId);
      return withConversation(state, { ...state.conversation, turns });
    }
    case 'omitted':
      return withConversation(state, { ...state.conversation, omitted: change.ids });
    case 'block':
      return changeAnswer(state, change.turnId, turn =>
        turn.blocks.length === change.index ? { ...turn, blocks: [...turn.blocks, change.block] } : undefined,
      );
    case 'delta':
      return changeAnswer(state, change.turnId, turn => appendDelta(turn, change));
    case 'thought':
      return changeAnswer(state, change.turnId, turn => withDuration(turn, change));
    case 'cited':
      return changeAnswer(state, change.turnId, turn => withSource(turn, change));
    case 'calls':
      return changeAnswer(state, change.turnId, turn => ({
        ...turn,
        calls: withCalls(turn.calls ?? [], change.calls),
      }));
    case 'answer':
      return changeAnswer(state, change.turnId, turn => ({
        ...turn,
        state: change.state,
        ...(change.usage && { usage: change.usage }),
        ...(change.figures && { figures: change.figures }),
        ...(change.findings && { findings: change.findings }),
      }));
  }
}

function withConversation(state: ViewState, conversation: Conversation): ViewState {
  return { ...state, conversation };
}

function changeAnswer(
  state: ViewState,
  turnId: string,
  edit: (turn: AssistantTurn) => AssistantTurn | undefined,
): ViewState | undefined {
  const turns = [...state.conversation.turns];
  // Most changes are of the last one.
  const at = turns.findLastIndex(turn => turn.id === turnId);
  const turn = turns[at];
  if (turn?.role !== 'assistant') return undefined;
  const edited = edit(turn);
  if (!edited) return undefined;
  turns[at] = edited;
  return withConversation(state, { ...state.conversation, turns });
}

function withDuration(turn: AssistantTurn, change: Change & { type: 'thought' }): AssistantTurn | undefined {
  const blocks = [...turn.blocks];
  const block = blocks[change.index];
  if (block?.type !== 'thinking') return undefined;
  blocks[change.index] = { ...block, durationMs: change.durationMs };
  return { ...turn, blocks };
}

function withSource(turn: AssistantTurn, change: Change & { type: 'cited' }): AssistantTurn | undefined {
  const blocks = [...turn.blocks];
  const block = blocks[change.index];
  if (block?.type !== 'text') return undefined;
  blocks[change.index] = { ...block, sources: [...(block.sources ?? []), change.source] };
  return { ...turn, blocks };
}

function appendDelta(turn: AssistantTurn, change: Change & { type: 'delta' }): AssistantTurn | undefined {
  const block = turn.blocks[change.index];
  if (!canGrow(block) || block.text.length !== change.offset) return undefined;
  const blocks = [...turn.blocks];
  blocks[change.index] = { ...block, text: block.text + change.text };
  return { ...turn, blocks };
}

/** Whether text can be added to the block. */
export function canGrow(block: AnswerBlock | undefined): block is Exclude<AnswerBlock, { type: 'redactedThinking' }> {
  return block !== undefined && block.type !== 'redactedThinking';
}
