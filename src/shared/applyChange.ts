import type { AssistantTurn, Conversation } from './conversation.ts';
import type { Change, ViewState } from './protocol.ts';

/**
 * The state after `change`, or undefined where the change does not fit what is there: then the two ends have come
 * apart and the view asks for a snapshot. Never mutates; untouched turns keep their identity.
 */
export function applyChange(state: ViewState, change: Change): ViewState | undefined {
  switch (change.type) {
    case 'connection':
      return { ...state, connection: change.connection };
    case 'title':
      return withConversation(state, { ...state.conversation, title: change.title });
    case 'queue':
      return { ...state, queue: change.queue };
    case 'attachments':
      return { ...state, attachments: change.attachments };
    case 'parameters':
      return withConversation(state, { ...state.conversation, parameters: change.parameters });
    case 'turnRemoved': {
      const turns = state.conversation.turns.filter(turn => turn.id !== change.turnId);
      return withConversation(state, { ...state.conversation, turns });
    }
    case 'turn': {
      const turns = [...state.conversation.turns];
      const at = turns.findIndex(turn => turn.id === change.turn.id);
      turns.splice(at === -1 ? turns.length : at, 1, change.turn);
      return withConversation(state, { ...state.conversation, turns });
    }
    case 'block':
      return changeAnswer(state, change.turnId, turn =>
        turn.blocks.length === change.index ? { ...turn, blocks: [...turn.blocks, change.block] } : undefined,
      );
    case 'delta':
      return changeAnswer(state, change.turnId, turn => appendDelta(turn, change));
    case 'answer':
      return changeAnswer(state, change.turnId, turn => ({
        ...turn,
        state: change.state,
        ...(change.usage && { usage: change.usage }),
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
  const at = turns.findIndex(turn => turn.id === turnId);
  const turn = turns[at];
  if (turn?.role !== 'assistant') return undefined;
  const edited = edit(turn);
  if (!edited) return undefined;
  turns[at] = edited;
  return withConversation(state, { ...state.conversation, turns });
}

function appendDelta(turn: AssistantTurn, change: Change & { type: 'delta' }): AssistantTurn | undefined {
  const blocks = [...turn.blocks];
  const block = blocks[change.index];
  if (!block || block.type === 'redactedThinking' || block.text.length !== change.offset) return undefined;
  blocks[change.index] = { ...block, text: block.text + change.text };
  return { ...turn, blocks };
}
