import type { UserTurn } from '../../shared/conversation.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import type { Translate } from '../../shared/translate.ts';
import { type WrongParameter, wrongParameters } from '../../shared/unfinished.ts';
import type { BudgetUse } from '../../shared/usageReport.ts';
import { AskAgain, type AskAgainPorts } from './askAgain.ts';
import { draftedTurn } from './askedTurn.ts';
import { Asking, type AskingPorts } from './asking.ts';
import { FollowedEditor, type FollowedEditorPorts } from './followedEditor.ts';
import { GoingOn } from './goingOn.ts';
import { MakeRoom, type MakeRoomPorts } from './makeRoom.ts';
import { type AdvicePorts, type AdviceView, ModelAdvisor } from './modelAdvisor.ts';
import { ModelChoice, type ModelChoicePorts } from './modelChoice.ts';
import type { SpendLimits } from '../request/nextSize.ts';
import type { NextTurn } from './nextTurns.ts';
import { OutdatedWatch, type OutdatedWatchPorts } from './outdatedWatch.ts';
import { Restoring, type RestoringPorts } from './restoring.ts';
import { RequestWatch, type RequestWatchPorts } from './requestWatch.ts';
import { type GateView, SendGate } from './sendGate.ts';
import type { ChatSession } from './session.ts';
import { ShownConversation, type ShownPorts } from './shownConversation.ts';
import type { ConversationStore } from '../conversation/store.ts';

/** The place's view. What it is told while nobody looks is lost. */
export type PlaceView = RequestWatchPorts['view'] &
  OutdatedWatchPorts['view'] &
  AdviceView &
  GateView & { change: (conversationId: string, change: Change) => void };

/** What is asked of the user, and told. Each resolves once they have decided. */
export interface UserPorts {
  pickModel: ModelChoicePorts['pick'];
  mayStop: AskingPorts['mayStop'];
  cannotCount: RequestWatchPorts['cannotCount'];
  cannotSummarize: MakeRoomPorts['cannot'];
  restored: RestoringPorts['restored'];
  /** Nothing goes out before these are mended. */
  tellWrong: (wrong: readonly WrongParameter[]) => void;
  t: Translate;
}

/** What is set, and what is spent. */
export interface SettingsPorts {
  rulesFor: AskAgainPorts['rulesFor'];
  saveModel: ModelChoicePorts['save'];
  isDefaultGone: ModelChoicePorts['isDefaultGone'];
  spendLimits: () => SpendLimits;
  /** The budget that is used up, where one is. */
  usedUpBudget: () => Promise<BudgetUse | undefined>;
}

/** See PromptRunner. */
export interface CalledPrompts {
  runTyped: AskingPorts['runTyped'];
  /** What a typed message calls would send. */
  called: (message: string) => Promise<Partial<UserTurn> | undefined>;
}

type Shown = Omit<ShownPorts, 'changed' | 'mayGoOut' | 'left' | 'store'>;

export interface ChatPartsPorts extends Shown {
  store: ConversationStore;
  view: PlaceView;
  user: UserPorts;
  settings: SettingsPorts;
  prompts: CalledPrompts;
  countRequest: RequestWatchPorts['count'];
  advice: AdvicePorts;
  readNow: OutdatedWatchPorts['read'];
  editor: Omit<FollowedEditorPorts, 'opened' | 'newId'>;
  tryOtherKeyHeader: AskAgainPorts['tryOtherKeyHeader'];
  editAgain: AskAgainPorts['editAgain'];
  /** The model of the conversation may be another one. */
  modelChanged: () => void;
  newId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What one place does with the conversation that it shows. */
export interface ChatParts {
  shown: ShownConversation;
  /** See NextTurn. */
  nextTurn: NextTurn;
  watch: RequestWatch;
  model: ModelChoice;
  advisor: ModelAdvisor;
  gate: SendGate;
  goingOn: GoingOn;
  asking: Asking;
  again: AskAgain;
  room: MakeRoom;
  restoring: Restoring;
  followed: FollowedEditor;
  outdated: OutdatedWatch;
}

/** Builds the parts and connects them. */
export function createChatParts(ports: ChatPartsPorts): ChatParts {
  const { store, view, user, settings, prompts, newId, now } = ports;
  const session = (): ChatSession => shown.session;
  const shown: ShownConversation = new ShownConversation({
    ...ports,
    changed: (conversationId, change) => {
      view.change(conversationId, change);
      if (change.type !== 'delta') watch.refresh();
      if (change.type === 'parameters') ports.modelChanged();
      if (change.type === 'attachments') followed.attachmentsChanged();
      if (['attachments', 'turn', 'branch', 'queue'].includes(change.type)) outdated.refresh();
    },
    mayGoOut: turn => gate.passesQueued(turn),
    left: () => gate.cancel(),
  });
  const followed: FollowedEditor = new FollowedEditor({ ...ports.editor, opened: () => shown.opened, newId });
  const outdated: OutdatedWatch = new OutdatedWatch({ view, read: ports.readNow, opened: () => shown.opened });
  const nextTurn: NextTurn = async ({ unsent, branch }) => {
    const drafted = unsent.turn;
    return draftedTurn(drafted, await prompts.called(drafted.text), branch.turns);
  };
  const watch: RequestWatch = new RequestWatch({
    view,
    session,
    count: ports.countRequest,
    nextTurn,
    cannotCount: user.cannotCount,
    refreshed: () => advisor.refresh(),
  });
  const advisor = new ModelAdvisor({ ...ports.advice, view, session, nextTurn, sizes: watch.sizes });
  const model = new ModelChoice({
    shown,
    pick: user.pickModel,
    save: settings.saveModel,
    isDefaultGone: settings.isDefaultGone,
  });
  const gate = new SendGate({
    view,
    sizes: watch.sizes,
    session,
    limits: settings.spendLimits,
    usedUp: settings.usedUpBudget,
    wrong: () => wrongParameters(shown.session.unsent.unfinished, user.t),
    tellWrong: user.tellWrong,
    hasModel: () => model.hasModel(),
  });
  const passes = (text: string): Promise<boolean> => gate.passesAgain(text);
  const goingOn = new GoingOn({ shown, store, storeFailed: ports.storeFailed, newId });
  const asking = new Asking({
    shown,
    gate,
    goingOn,
    mayStop: user.mayStop,
    runTyped: prompts.runTyped,
    returned: (conversationId, text) => view.returned(conversationId, text),
    freshen: () => followed.freshen(),
    birth: () => ({ id: newId(), createdAt: now() }),
  });
  const again = new AskAgain({
    session,
    passes,
    pickModel: user.pickModel,
    model,
    rulesFor: settings.rulesFor,
    tryOtherKeyHeader: ports.tryOtherKeyHeader,
    editAgain: ports.editAgain,
    t: user.t,
  });
  const room = new MakeRoom({ session, passes, goingOn, cannot: user.cannotSummarize, t: user.t });
  const restoring = new Restoring({
    session,
    returned: (conversationId, text, instead) => view.returned(conversationId, text, instead),
    restored: user.restored,
  });
  return { shown, nextTurn, watch, model, advisor, gate, goingOn, asking, again, room, restoring, followed, outdated };
}
