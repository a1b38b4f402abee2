import type { KeyPlace } from '../../shared/keyPlaces.ts';
import type { CodeApplier } from '../applyCode.ts';
import type { BudgetGuard } from '../../core/usage/budgetGuard.ts';
import type { ChatController, ChatControllerPorts } from '../chatController.ts';
import type { ReviewThreads } from '../reviewThreads.ts';
import type { ViewLink } from '../viewLink.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';

/** What messages lead to beside the conversation. */
export interface AnswerPorts extends Pick<ChatControllerPorts, 'store' | 'storeFailed' | 'rulesFor'> {
  link: ViewLink;
  /** The keyboard has come into the page, or left it. */
  focusChanged: (isFocused: boolean) => void;
  paths: WorkspacePaths;
  applier: CodeApplier;
  budgets: BudgetGuard;
  threads: ReviewThreads;
  setUpKey: (from: KeyPlace) => Promise<void>;
}

/**
 * What a message is about: the conversation that the view shows, which it may change beside its draft; or anything else,
 * such as the window, or a conversation that the message names itself.
 */
export type Scope = 'shown' | 'changes' | 'elsewhere';

type Take<Message, Result> = (chat: ChatController, message: Message, ports: AnswerPorts) => Result;

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

export function elsewhere<Message, Result>(take: Take<Message, Result>): Handler<Message, Result> {
  return { scope: 'elsewhere', take };
}
