import type { InspectorViewMessage } from '../../src/shared/protocol/inspector.ts';
import type { ViewRequest } from '../../src/shared/protocol/requests.ts';
import type { ToolTrialViewMessage } from '../../src/shared/protocol/toolTrial.ts';
import type { UsageViewMessage } from '../../src/shared/protocol/usage.ts';
import type { ViewMessage } from '../../src/shared/protocol/viewMessage.ts';

/** At least one of every type: a new type does not compile without. */
export type Samples<Message extends { type: string }> = {
  [Type in Message['type']]: [Extract<Message, { type: Type }>, ...Extract<Message, { type: Type }>[]];
};

export const viewSamples: Samples<ViewMessage> = {
  applyCode: [{ type: 'applyCode', text: 'a', info: 'ts', lineBefore: 'x:' }],
  attach: [{ type: 'attach', name: 'a.png', data: 'AAAA' }],
  attachAgain: [{ type: 'attachAgain', id: 'a' }],
  attachMention: [{ type: 'attachMention', id: 'm' }],
  cancelSend: [{ type: 'cancelSend' }],
  command: [{ type: 'command', command: 'marginalia.setApiKey' }],
  compareTurns: [{ type: 'compareTurns', turnId: 't', otherId: 'o' }],
  confirmSend: [{ type: 'confirmSend' }],
  continue: [{ type: 'continue', turnId: 't' }],
  copy: [{ type: 'copy', text: 'x' }],
  countRequest: [{ type: 'countRequest' }],
  showTerminal: [{ type: 'showTerminal' }],
  decideCall: [
    { type: 'decideCall', turnId: 't', index: 2, decision: 'allow', left: [0, 2] },
    { type: 'decideCall', turnId: 't', index: 0, decision: 'allowInConversation', left: [] },
    { type: 'decideCall', turnId: 't', index: 0, decision: 'allowAlways', left: [] },
    { type: 'decideCall', turnId: 't', index: 0, decision: 'deny', left: [] },
  ],
  decideModeration: [
    { type: 'decideModeration', passes: true },
    { type: 'decideModeration', passes: false },
  ],
  checkAgain: [{ type: 'checkAgain', turnId: 't' }],
  decideClearance: [
    { type: 'decideClearance', choice: 'placeholders', isStanding: false },
    { type: 'decideClearance', choice: 'asIs', isStanding: true },
    { type: 'decideClearance', choice: 'cancel', isStanding: false },
  ],
  deleteBranch: [{ type: 'deleteBranch', turnId: 't' }],
  deleteTurn: [{ type: 'deleteTurn', turnId: 't' }],
  detach: [
    { type: 'detach', ids: ['a', 'b'] },
    { type: 'detach', ids: [] },
  ],
  dismissAdvice: [{ type: 'dismissAdvice' }],
  draft: [{ type: 'draft', conversationId: 'c', text: '' }],
  drawn: [{ type: 'drawn' }],
  editSummary: [{ type: 'editSummary', turnId: 's', text: 'shorter' }],
  editTurn: [{ type: 'editTurn', turnId: 't', text: 'better' }],
  finding: [
    { type: 'finding', turnId: 't', findingId: 'f', action: 'apply' },
    { type: 'finding', turnId: 't', findingId: 'f', action: 'dismiss' },
    { type: 'finding', turnId: 't', findingId: 'f', action: 'next' },
  ],
  focus: [
    { type: 'focus', isFocused: true },
    { type: 'focus', isFocused: false },
  ],
  followEditor: [
    { type: 'followEditor', instead: [] },
    { type: 'followEditor', instead: ['a'] },
  ],
  forkTurn: [{ type: 'forkTurn', turnId: 't' }],
  goOnInNew: [{ type: 'goOnInNew' }, { type: 'goOnInNew', summaryTurnId: 's' }],
  handBack: [{ type: 'handBack', turnId: 't' }],
  holdEditor: [{ type: 'holdEditor' }],
  moreTurns: [{ type: 'moreTurns' }],
  newConversation: [{ type: 'newConversation' }],
  omit: [{ type: 'omit', id: 'u#0', isOmitted: true }],
  openConversation: [
    { type: 'openConversation', id: 'c' },
    { type: 'openConversation', id: 'c', turnId: 't' },
  ],
  openConversationInTab: [{ type: 'openConversationInTab', id: 'c', turnId: 't' }],
  openAttachment: [{ type: 'openAttachment', id: 'a', asSent: true }],
  openLink: [{ type: 'openLink', href: 'https://x.example' }],
  openLocation: [{ type: 'openLocation', uri: 'file:///x', line: 3 }],
  openSymbol: [
    { type: 'openSymbol', name: 'Basket.total' },
    { type: 'openSymbol', name: 'total()', isBeside: true },
  ],
  openPath: [
    { type: 'openPath', path: 'a.ts' },
    { type: 'openPath', path: 'a.ts', place: { line: 1 } },
    { type: 'openPath', path: 'a.ts', isBeside: true },
    { type: 'openPath', path: 'a.ts', place: { line: 1, column: 2, endLine: 3 } },
  ],
  ready: [{ type: 'ready' }],
  request: [{ type: 'request', id: 3, request: { type: 'findMentions', query: '' } }],
  restore: [
    { type: 'restore', turnId: 't', files: [{ address: 'file:///a', now: '' }], isWithConversation: true },
    { type: 'restore', turnId: 't', files: [], isWithConversation: false },
  ],
  restoreTurn: [{ type: 'restoreTurn' }],
  retry: [{ type: 'retry', turnId: 't' }],
  retryNow: [{ type: 'retryNow' }],
  retrySummary: [{ type: 'retrySummary', turnId: 's' }],
  retryWithLarger: [{ type: 'retryWithLarger', turnId: 't' }],
  retryWithModel: [{ type: 'retryWithModel', turnId: 't' }],
  retryWithOtherKeyHeader: [{ type: 'retryWithOtherKeyHeader', turnId: 't' }],
  retryWithout: [{ type: 'retryWithout', turnId: 't' }],
  retryWithoutRefused: [{ type: 'retryWithoutRefused', turnId: 't' }],
  retryWithSuccessor: [{ type: 'retryWithSuccessor', turnId: 't' }],
  scriptFailed: [{ type: 'scriptFailed' }],
  searchHistory: [{ type: 'searchHistory', searchId: 3, query: '会話' }],
  send: [
    { type: 'send', text: 'hi' },
    { type: 'send', text: 'hi', steers: true },
  ],
  sendQueued: [{ type: 'sendQueued', id: 'q' }],
  sendRefusedAgain: [{ type: 'sendRefusedAgain', field: 'top_k' }],
  sendToolResults: [{ type: 'sendToolResults', results: [{ toolUseId: 'u', text: '18 °C', isError: false }] }],
  setParameter: [
    { type: 'setParameter', name: 'temperature', value: 0.5 },
    { type: 'setParameter', name: 'temperature' },
  ],
  setStart: [{ type: 'setStart', turnId: 'u', startsOver: false }],
  setUpKey: [{ type: 'setUpKey', from: 'relay' }],
  started: [{ type: 'started' }],
  stop: [{ type: 'stop' }],
  stopCall: [{ type: 'stopCall', turnId: 't', index: 2 }],
  summarize: [{ type: 'summarize', inNewConversation: true }],
  switchTurn: [{ type: 'switchTurn', turnId: 't' }],
  timeZone: [{ type: 'timeZone', name: 'Europe/Berlin' }],
  takeAdvice: [{ type: 'takeAdvice' }],
  typeParameter: [{ type: 'typeParameter', name: 'tools', text: '[{' }],
  hideSteps: [{ type: 'hideSteps', list: 'a:0' }],
  typeToolResults: [
    { type: 'typeToolResults', conversationId: 'c', turnId: 't', results: [{ text: '', isError: true }] },
    { type: 'typeToolResults', conversationId: 'c', turnId: 't', results: [] },
  ],
  undoRestore: [{ type: 'undoRestore' }],
  undoSummary: [{ type: 'undoSummary', turnId: 's' }],
  steer: [
    { type: 'steer', id: 'q', isSteering: true },
    { type: 'steer', id: 'q', isSteering: false },
  ],
  unqueue: [{ type: 'unqueue', id: 'q', isEdited: true }],
  useCode: [
    { type: 'useCode', action: 'insert', text: 'a', language: 'ts' },
    { type: 'useCode', action: 'newFile', text: 'a', language: '' },
    { type: 'useCode', action: 'terminal', text: 'a', language: 'sh' },
  ],
  watchHistory: [{ type: 'watchHistory', isOn: true }],
  watchRequest: [{ type: 'watchRequest', isOn: false }],
};

export const requestSamples: Samples<ViewRequest> = {
  archiveConversation: [{ type: 'archiveConversation', id: 'c', isArchived: true }],
  deleteConversation: [{ type: 'deleteConversation', id: 'c' }],
  eraseConversation: [{ type: 'eraseConversation', id: 'c' }],
  findMentions: [{ type: 'findMentions', query: '' }],
  findPasted: [{ type: 'findPasted', text: 'a\nb' }],
  listAttached: [{ type: 'listAttached' }],
  listConversations: [
    { type: 'listConversations', shelf: 'archived' },
    { type: 'listConversations', shelf: 'current', after: { id: 'c', updatedAt: 5, isPinned: false } },
  ],
  resolveSymbols: [{ type: 'resolveSymbols', names: ['Basket.total'] }],
  peekSymbol: [{ type: 'peekSymbol', name: 'Basket.total' }],
  peekPath: [
    { type: 'peekPath', path: 'a.ts' },
    { type: 'peekPath', path: 'a.ts', place: { line: 3 } },
  ],
  pinConversation: [{ type: 'pinConversation', id: 'c', isPinned: false }],
  planRestore: [{ type: 'planRestore', turnId: 't' }],
  takeBackHunk: [{ type: 'takeBackHunk', turnId: 't', index: 1, hunk: 0 }],
  recall: [{ type: 'recall' }],
  renameConversation: [{ type: 'renameConversation', id: 'c', title: 'Tea' }],
  restoreConversation: [{ type: 'restoreConversation', id: 'c' }],
  resolvePaths: [{ type: 'resolvePaths', paths: ['a.ts'] }],
  showAttachment: [{ type: 'showAttachment', id: 'i' }],
  sumConversation: [{ type: 'sumConversation' }],
};

export const toolTrialSamples: Samples<ToolTrialViewMessage> = {
  ready: [{ type: 'ready' }],
  check: [{ type: 'check', json: '{}' }],
  run: [{ type: 'run', json: '{}' }],
  stop: [{ type: 'stop' }],
  record: [{ type: 'record' }],
  forget: [{ type: 'forget' }],
  replay: [{ type: 'replay', replays: true }],
};

export const inspectorSamples: Samples<InspectorViewMessage> = {
  clear: [{ type: 'clear' }],
  copy: [{ type: 'copy', id: 'e', form: 'curl' }],
  ready: [{ type: 'ready' }],
  select: [{ type: 'select', id: 'e' }],
  sendAgain: [{ type: 'sendAgain', id: 'e' }],
  stop: [{ type: 'stop' }],
};

export const usageSamples: Samples<UsageViewMessage> = {
  show: [
    { type: 'show', span: { kind: 'days', count: 7 }, timeZone: 'Asia/Tokyo' },
    { type: 'show', span: { kind: 'custom', from: '2026-01-01', to: '2026-01-31' }, timeZone: 'Asia/Tokyo' },
  ],
  export: [{ type: 'export', span: { kind: 'months', count: 12 }, timeZone: 'Asia/Tokyo' }],
  setBudget: [{ type: 'setBudget' }],
};
