import { explaining, lightbulb } from './explainScenes.ts';
import { firstStart, narrowView, reloading, wideView } from './layoutScenes.ts';
import { continuing, nextTurn, queueing, questionAndAnswer, stopping } from './chatScenes.ts';
import { applyingSuggestion, reviewingChanges, reviewingFile } from './reviewScenes.ts';
import { attaching, parameters, requests, toolUse } from './requestScenes.ts';
import type { Scene } from './stage.ts';
import { busyEndpoint, lostConnection, noKey, refusedKey } from './troubleScenes.ts';

/** In the order in which a new user might meet them; they build on one another. */
export const scenes: Scene[] = [
  ['first start', firstStart],
  ['a question and its answer', questionAndAnswer],
  ['stopping an answer', stopping],
  ['continuing it', continuing],
  ['the next turn', nextTurn],
  ['messages that wait', queueing],
  ['parameters of the request', parameters],
  ['a tool answered by hand', toolUse],
  ['an image beside the message', attaching],
  ['what was sent', requests],
  ['explaining a selection', explaining],
  ['the lightbulb', lightbulb],
  ['reviewing a file', reviewingFile],
  ['reviewing what is not committed', reviewingChanges],
  ['applying a suggestion', applyingSuggestion],
  ['a key that is refused', refusedKey],
  ['an endpoint that is busy', busyEndpoint],
  ['a connection that is lost', lostConnection],
  ['reloading the window', reloading],
  ['a narrow view', narrowView],
  ['a wide view', wideView],
];

export const scenesWithoutKey: Scene[] = [['no key', noKey]];
