import type { KeyPlace } from '../../shared/keyPlaces.ts';
import type { CodeApplier } from '../applyCode.ts';
import type { BudgetGuard } from '../budgetGuard.ts';
import type { ChatController } from '../chatController.ts';
import type { ReviewThreads } from '../reviewThreads.ts';
import type { ViewLink } from '../viewLink.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';

/** What messages lead to beside the conversation. */
export interface AnswerPorts {
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

type Take<Message> = (chat: ChatController, message: Message, ports: AnswerPorts) => unknown;

export interface Handler<Message> {
  scope: Scope;
  take: Take<Message>;
}

/** A handler for every message of a feature. */
export type Handlers<Message extends { type: string }> = {
  readonly [Type in Message['type']]: Handler<Extract<Message, { type: Type }>>;
};

export function onShown<Message>(take: Take<Message>): Handler<Message> {
  return { scope: 'shown', take };
}

export function changing<Message>(take: Take<Message>): Handler<Message> {
  return { scope: 'changes', take };
}

export function elsewhere<Message>(take: Take<Message>): Handler<Message> {
  return { scope: 'elsewhere', take };
}
