import type { Scope } from '../../core/chat/messageTaker.ts';
import type { PlaceHistory } from '../../core/chat/placeHistory.ts';
import type { ChatSession } from '../../core/chat/session.ts';
import type { KeyPlace } from '../../shared/keyPlaces.ts';
import type { CodeApplier } from '../code/applyCode.ts';
import type { BudgetGuard } from '../../core/usage/budgetGuard.ts';
import type { ChatController, ChatControllerPorts } from '../chatController.ts';
import type { ReviewThreads } from '../review/reviewThreads.ts';
import type { ShellTerminals } from '../tools/shellTerminals.ts';
import type { ViewLink } from '../places/viewLink.ts';
import type { WorkspacePaths } from '../workspace/workspacePaths.ts';
import type { WorkspaceSymbols } from '../workspace/workspaceSymbols.ts';

/** What messages lead to beside the conversation. */
export interface AnswerPorts extends Pick<ChatControllerPorts, 'store' | 'storeFailed' | 'rulesFor'> {
  link: ViewLink;
  /** The keyboard has come into the page, or left it. */
  focusChanged: (isFocused: boolean) => void;
  history: PlaceHistory;
  paths: WorkspacePaths;
  symbols: WorkspaceSymbols;
  applier: CodeApplier;
  budgets: BudgetGuard;
  threads: ReviewThreads;
  terminals: ShellTerminals;
  setUpKey: (from: KeyPlace) => Promise<void>;
}

/** `conversationId` is that of the conversation which the message is about. */
type Take<Message, Result> = (
  chat: ChatController,
  message: Message,
  ports: AnswerPorts,
  conversationId: string,
) => Result;

export interface Handler<Message, Result = unknown> {
  scope: Scope;
  take: Take<Message, Result>;
}

interface Typed {
  type: string;
}

/** A handler for every message of a feature. */
export type Handlers<Message extends Typed> = {
  readonly [Type in Message['type']]: Handler<Extract<Message, { type: Type }>>;
};

/** A handler for every request of a feature, which returns the reply. Where it throws, the request is rejected. */
export type RequestHandlers<Request extends Typed, Replies extends Record<Request['type'], unknown>> = {
  readonly [Type in Request['type']]: Handler<Extract<Request, { type: Type }>, Replies[Type] | Promise<Replies[Type]>>;
};

export function onShown<Message, Result>(take: Take<Message, Result>): Handler<Message, Result> {
  return { scope: 'shown', take };
}

export function changing<Message, Result>(take: Take<Message, Result>): Handler<Message, Result> {
  return { scope: 'changes', take };
}

/** Of what was typed: it belongs to where it was typed, also where another conversation has come to be shown meanwhile. */
export function inNamed<Message>(take: (session: ChatSession, message: Message) => void): Handler<Message> {
  return {
    scope: 'named',
    take: ({ conversations }, message, _, conversationId) =>
      conversations.tell(conversationId, session => {
        take(session, message);
      }),
  };
}

export function elsewhere<Message, Result>(take: Take<Message, Result>): Handler<Message, Result> {
  return { scope: 'elsewhere', take };
}
