import { actNarrow, denying, mending, pictureOfAct, restoring, stoppingCommand } from './actScenes.ts';
import { branching } from './branchScenes.ts';
import { askingBeforeSending, makingRoom, nextRequestSize } from './budgetScenes.ts';
import { explaining, lightbulb } from './explainScenes.ts';
import { finding } from './findScenes.ts';
import { applyingCode, collapsing, pathLinks, unclearPlace } from './fileScenes.ts';
import { allConversations } from './historyScenes.ts';
import { firstStart, narrowView, pictureOfChat, reloading, wideView } from './layoutScenes.ts';
import { continuing, nextTurn, queueing, questionAndAnswer, stopping } from './chatScenes.ts';
import { attachingImages, callingPrompt } from './composerScenes.ts';
import { mentioning, pasting } from './mentionScenes.ts';
import { applyingSuggestion, reviewingChanges, reviewingFile } from './reviewScenes.ts';
import { answerFigures, budget, usagePage } from './moneyScenes.ts';
import { attaching, parameters, requests, toolUse } from './requestScenes.ts';
import type { Scene } from './stage.ts';
import { secrets } from './secretScenes.ts';
import { largerText, thinking } from './thinkingScenes.ts';
import { serverOfWorkspace, toolOfFile } from './toolScenes.ts';
import {
  conversationInTab,
  walkthrough,
  walkthroughAsk,
  walkthroughExplain,
  walkthroughKey,
  walkthroughReview,
} from './walkthroughScenes.ts';
import { busyEndpoint, lostConnection, noKey, refusedKey } from './troubleScenes.ts';

/** In the order in which a new user might meet them; they build on one another. */
export const scenes: Scene[] = [
  ['first start', firstStart],
  ['a question and its answer', questionAndAnswer],
  ['stopping an answer', stopping],
  ['continuing it', continuing],
  ['the next turn', nextTurn],
  ['thinking', thinking],
  ['larger text', largerText],
  ['finding in the conversation', finding],
  ['messages that wait', queueing],
  ['versions of a message', branching],
  ['parameters of the request', parameters],
  ['a tool answered by hand', toolUse],
  ['an image beside the message', attaching],
  ['what a message can name', mentioning],
  ['code that is pasted', pasting],
  ['what was sent', requests],
  ['what the next request takes', nextRequestSize],
  ['asking before sending', askingBeforeSending],
  ['money: what an answer took', answerFigures],
  ['money: the usage page', usagePage],
  ['money: a budget that is used up', budget],
  ['calling a prompt', callingPrompt],
  ['images beside the message', attachingImages],
  ['explaining a selection', explaining],
  ['the lightbulb', lightbulb],
  ['reviewing a file', reviewingFile],
  ['reviewing what is not committed', reviewingChanges],
  ['applying a suggestion', applyingSuggestion],
  ['paths in an answer', pathLinks],
  ['applying code to a file', applyingCode],
  ['code whose place is not evident', unclearPlace],
  ['collapsing code', collapsing],
  ['a key that is refused', refusedKey],
  ['an endpoint that is busy', busyEndpoint],
  ['a connection that is lost', lostConnection],
  ['reloading the window', reloading],
  ['a narrow view', narrowView],
  ['a wide view', wideView],
  ['a chat beside a file', pictureOfChat],
  ['making room in the context window', makingRoom],
  ['a conversation in a tab', conversationInTab],
  ['act: a change beside its file', pictureOfAct],
  ['act: mending a failing test', mending],
  ['act: restoring', restoring],
  ['act: stopping a command', stoppingCommand],
  ['act: denying a command', denying],
  ['act: in a narrow view', actNarrow],
  ['tools: one of a file', toolOfFile],
  ['tools: a server of the workspace', serverOfWorkspace],
  ['secrets in a message', secrets],
  ['all conversations', allConversations],
  ['walkthrough: a first question', walkthroughAsk],
  ['walkthrough: explaining', walkthroughExplain],
  ['walkthrough: a review', walkthroughReview],
  ['the walkthrough', walkthrough],
];

export const scenesWithoutKey: Scene[] = [
  ['walkthrough: the key', walkthroughKey],
  ['no key', noKey],
];
