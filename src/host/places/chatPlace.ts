import type { NamedText } from '../../core/conversation/comparedTurns.ts';
import { PlaceHistory, type PlaceHistoryPorts } from '../../core/chat/placeHistory.ts';
import { ChatController, type ChatControllerPorts } from '../chatController.ts';
import { createAsk } from '../commands/ask.ts';
import type { AttachmentFiles } from '../mentions/attachmentFiles.ts';
import type { MentionSearch } from '../mentions/mentionSearch.ts';
import { Mentions } from '../mentions/mentions.ts';
import type { PromptLibrary } from '../prompts/promptLibrary.ts';
import { PromptRunner } from '../prompts/promptRunner.ts';
import type { ServerPrompts } from '../mcp/serverPrompts.ts';
import { PromptWatch } from '../prompts/promptWatch.ts';
import { ViewLink } from './viewLink.ts';
import { ChatPage, type ChatPagePorts } from './chatPage.ts';

export interface Revealing {
  /** Whether the keyboard stays where it is. */
  preserveFocus: boolean;
}

/** Where a conversation is shown: the view, or a tab. */
export interface ChatPlace {
  readonly chat: ChatController;
  readonly page: ChatPage;
  readonly link: ViewLink;
  readonly history: PlaceHistory;
  reveal(options: Revealing): Promise<void>;
  /** Shows it with the keyboard in its page, which does what is wanted as soon as it is drawn. */
  want(wanted: (link: ViewLink) => void): Promise<void>;
}

/** What a place has of its own. */
export type OwnPorts = Pick<ChatControllerPorts, 'remembered' | 'remember' | 'titleChanged' | 'runningChanged'> & {
  place: ChatPlace;
  focusChanged: (isFocused: boolean) => void;
};

/** What all places have together. */
export type SharedPorts = Omit<ChatControllerPorts, keyof OwnPorts | 'link' | 'mentions' | 'prompts'> &
  Omit<ChatPagePorts, 'link' | 'chat' | 'ready' | 'opened' | 'focusChanged' | 'history'> & {
    history: Omit<PlaceHistoryPorts, 'open' | 'conversations' | 'history' | 'post' | 'clock' | 'now'>;
    /** Goes to where the conversation is shown, or shows it in `place`. */
    openIn: (place: ChatPlace, conversationId: string) => Promise<unknown>;
    /** The page of a place is on its way. */
    opened: (place: ChatPlace) => void;
    library: PromptLibrary;
    serverPrompts: ServerPrompts;
    mentionSearch: MentionSearch;
    attachmentFiles: AttachmentFiles;
    showDiff: (left: NamedText, right: NamedText) => Promise<void>;
  };

export interface PlaceParts {
  chat: ChatController;
  page: ChatPage;
  link: ViewLink;
  history: PlaceHistory;
  dispose: () => void;
}

/** Builds what is needed to show a conversation in one place. */
export function createParts(shared: SharedPorts, own: OwnPorts): PlaceParts {
  const link = new ViewLink();
  const prompts = new PromptRunner(
    shared.library,
    createAsk(() => own.place),
    {
      summaries: taken => shared.serverPrompts.summaries(taken),
      preview: name => shared.serverPrompts.preview(name),
      fill: call => shared.serverPrompts.fill(call, chat),
    },
  );
  const promptWatch = new PromptWatch(
    link,
    prompts,
    () => chat.opened,
    () => chat.parts.watch.refresh(),
  );
  const chat: ChatController = new ChatController({
    ...shared,
    ...own,
    link,
    mentions: new Mentions(link, shared.mentionSearch, shared.attachmentFiles, () => chat),
    prompts: {
      runTyped: (message, how) => prompts.runTyped(message, how),
      called: message => promptWatch.turnOf(message),
      draftChanged: () => promptWatch.refresh(),
    },
  });
  const history = new PlaceHistory({
    ...shared.history,
    history: shared.store.history,
    conversations: shared.conversations,
    open: id => shared.openIn(own.place, id),
    post: message => link.post(message),
    clock: () => performance.now(),
    now: Date.now,
  });
  const page = new ChatPage({
    ...shared,
    link,
    chat,
    history,
    focusChanged: own.focusChanged,
    opened: () => shared.opened(own.place),
    ready: () => void promptWatch.begin(),
  });
  return {
    chat,
    page,
    link,
    history,
    dispose: () => {
      chat.dispose();
      void history.watch(false);
      promptWatch.dispose();
    },
  };
}
