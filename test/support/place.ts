import { type ChatParts, type ChatPartsPorts, createChatParts } from '../../src/core/chat/chatParts.ts';
import { Conversations } from '../../src/core/chat/conversations.ts';
import type { RestoreResult } from '../../src/shared/restore.ts';
import type { ConversationStore } from '../../src/core/conversation/store.ts';
import type { Remembered } from '../../src/core/conversation/remembered.ts';
import type { CodeAttachment } from '../../src/shared/attachment.ts';
import type { Change } from '../../src/shared/protocol/changes.ts';
import type { ModelAdvice } from '../../src/shared/modelAdvice.ts';
import type { Held } from '../../src/shared/nextSize.ts';
import type { BudgetUse } from '../../src/shared/usageReport.ts';
import { rulesFor } from '../../src/core/models/modelRules.ts';
import { type Script, setUp } from './session.ts';

/** What the user of a place has set and answers, which a test changes at will. */
export interface PlacedUser {
  /** What the place has shown last. */
  remembered: Remembered | undefined;
  /** The next model that is picked. */
  picked: string | undefined;
  mayStop: () => Promise<boolean>;
  isDefaultGone: boolean;
  /** What the editor shows, whether that goes along from the start, and whether it is asked about before. */
  editor: { shown: CodeAttachment[]; startsOn: boolean; asksFirst: boolean; mayTurnOn: boolean };
  /** Tokens above which a request waits; 0: none. */
  limit: number;
  budget: BudgetUse | undefined;
  /** What the message calls, and what becomes of it. */
  runTyped: (message: string) => Promise<boolean | string | undefined>;
}

/** What a place has told its view and its user, in its order. */
export interface Told {
  changes: Change[];
  held: (Held | undefined)[];
  returned: string[];
  editAgain: string[];
  advice: (ModelAdvice | undefined)[];
  titles: string[];
  running: boolean[];
  remembered: string[];
  savedModels: string[];
  needs: unknown[];
  wrong: string[];
  cannotSummarize: string[];
  restored: RestoreResult[];
  notices: (string | undefined)[];
  drawn: string[];
  failures: unknown[];
}

/** Conversations, and places that show them, in the editor's stead. */
export function openConversations(...scripts: Script[]) {
  const { ports, requests, store, use } = setUp(...scripts);
  const failures: unknown[] = [];
  const shared = { ...ports, storeFailed: (error: unknown) => failures.push(error) };
  const conversations = new Conversations({
    ...shared,
    onRun: () => undefined,
    reviewed: () => undefined,
    hasFindings: () => false,
  });
  let ids = 0;
  const newId = (): string => `made ${++ids}`;
  // It would say of itself that nothing lasts.
  const lasting = { ...ports.store, isInMemory: false };
  const place = (changed: Partial<ConversationStore> = {}, own: Partial<ChatPartsPorts> = {}) =>
    placeOn({ conversations, store: { ...lasting, ...changed }, newId, failures }, own);
  return { conversations, requests, store, use, failures, place };
}

interface PlaceBase extends Pick<ChatPartsPorts, 'conversations' | 'store' | 'newId'> {
  failures: unknown[];
}

function placeOn(
  { conversations, store, newId, failures }: PlaceBase,
  own: Partial<ChatPartsPorts>,
): {
  parts: ChatParts;
  user: PlacedUser;
  told: Told;
} {
  const user: PlacedUser = {
    remembered: undefined,
    picked: undefined,
    mayStop: () => Promise.resolve(false),
    isDefaultGone: false,
    editor: { shown: [], startsOn: false, asksFirst: false, mayTurnOn: true },
    limit: 0,
    budget: undefined,
    runTyped: () => Promise.resolve(undefined),
  };
  const told: Told = {
    changes: [],
    held: [],
    returned: [],
    editAgain: [],
    advice: [],
    titles: [],
    running: [],
    remembered: [],
    savedModels: [],
    needs: [],
    wrong: [],
    cannotSummarize: [],
    restored: [],
    notices: [],
    drawn: [],
    failures,
  };
  const parts: ChatParts = createChatParts({
    conversations,
    store,
    newId,
    storeFailed: error => failures.push(error),
    remembered: () => user.remembered,
    remember: id => {
      told.remembered.push(id);
      return Promise.resolve();
    },
    titleChanged: title => told.titles.push(title),
    runningChanged: running => told.running.push(running),
    noticeChanged: () => told.notices.push(parts.shown.notice?.kind),
    draw: () => {
      told.drawn.push(parts.shown.session.id);
      return Promise.resolve();
    },
    view: {
      connected: false,
      outdated: () => undefined,
      size: () => undefined,
      modelAdvice: (_, advice) => told.advice.push(advice),
      requestPreview: () => undefined,
      held: (_, held) => told.held.push(held),
      returned: (_, text) => told.returned.push(text),
      change: (_, change) => told.changes.push(change),
    },
    user: {
      pickModel: need => {
        told.needs.push(need);
        return Promise.resolve(user.picked);
      },
      mayStop: () => user.mayStop(),
      cannotCount: () => undefined,
      cannotSummarize: why => told.cannotSummarize.push(why),
      restored: result => told.restored.push(result),
      tellWrong: wrong => told.wrong.push(...wrong.map(({ name }) => name)),
      t: text => text,
    },
    settings: {
      rulesFor,
      saveModel: model => {
        told.savedModels.push(model);
        return Promise.resolve();
      },
      isDefaultGone: () => user.isDefaultGone,
      spendLimits: () => ({ tokens: user.limit, costUsd: 0 }),
      usedUpBudget: () => Promise.resolve(user.budget),
    },
    advice: {
      isOn: () => true,
      offered: () => ({ listed: [], preferred: [], rulesFor }),
      isDismissed: () => false,
      dismiss: () => undefined,
    },
    readNow: () => Promise.resolve(undefined),
    editor: {
      read: () => user.editor.shown,
      startsOn: () => user.editor.startsOn,
      mayFollow: () => Promise.resolve(!user.editor.asksFirst),
      mayGoNow: () => !user.editor.asksFirst,
      mayTurnOn: () => Promise.resolve(user.editor.mayTurnOn),
    },
    prompts: { runTyped: message => user.runTyped(message), called: () => Promise.resolve(undefined) },
    countRequest: () => Promise.resolve({ tokens: 0, isEstimate: true }),
    tryOtherKeyHeader: async ask => void (await ask()),
    editAgain: (_, __, text) => told.editAgain.push(text),
    modelChanged: () => undefined,
    now: () => 0,
    ...own,
  });
  return { parts, user, told };
}
