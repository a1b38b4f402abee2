import type { ToolResult } from './conversation.ts';
import { parameterNames } from './parameters.ts';
import { parseTypedResult } from './unfinished.ts';
import { isKeyPlace } from './keyPlaces.ts';
import type { PlaceInFile } from './pathMentions.ts';
import { findingActions, longestPath, mostPathsAtOnce, type ViewMessage } from './protocol.ts';
import { type ViewCommand, viewCommands } from './viewCommands.ts';

/** A message from the view, or undefined where it is none: the view renders foreign text and is not believed. */
export function parseViewMessage(value: unknown): ViewMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Record<string, unknown>;
  const text = (key: string): string | undefined => (typeof message[key] === 'string' ? message[key] : undefined);
  switch (message['type']) {
    case 'ready':
    case 'scriptFailed':
    case 'started':
    case 'drawn':
    case 'moreTurns':
    case 'stop':
    case 'retryNow':
    case 'countRequest':
    case 'sumConversation':
    case 'confirmSend':
    case 'cancelSend':
    case 'listAttached':
    case 'newConversation':
    case 'restoreTurn':
    case 'recall':
      return { type: message['type'] };
    case 'send':
    case 'copy': {
      const content = text('text');
      return content === undefined ? undefined : { type: message['type'], text: content };
    }
    case 'retry':
    case 'retryWithout':
    case 'retryWithModel':
    case 'retryWithoutRefused':
    case 'retryWithLarger':
    case 'retryWithSuccessor':
    case 'retryWithOtherKeyHeader':
    case 'switchTurn':
    case 'deleteTurn':
    case 'forkTurn':
    case 'retrySummary':
    case 'undoSummary':
    case 'continue': {
      const turnId = text('turnId');
      return turnId === undefined ? undefined : { type: message['type'], turnId };
    }
    case 'editTurn': {
      const turnId = text('turnId');
      const content = text('text');
      return turnId === undefined || content === undefined ? undefined : { type: 'editTurn', turnId, text: content };
    }
    case 'compareTurns': {
      const turnId = text('turnId');
      const otherId = text('otherId');
      return turnId === undefined || otherId === undefined ? undefined : { type: 'compareTurns', turnId, otherId };
    }
    case 'summarize':
      return { type: 'summarize', inNewConversation: message['inNewConversation'] === true };
    case 'editSummary': {
      const turnId = text('turnId');
      const edited = text('text');
      return turnId === undefined || edited === undefined ? undefined : { type: 'editSummary', turnId, text: edited };
    }
    case 'omit': {
      const id = text('id');
      return id === undefined ? undefined : { type: 'omit', id, isOmitted: message['isOmitted'] === true };
    }
    case 'finding': {
      const [turnId, findingId] = [text('turnId'), text('findingId')];
      const action = findingActions.find(known => known === message['action']);
      if (turnId === undefined || findingId === undefined || action === undefined) return undefined;
      return { type: 'finding', turnId, findingId, action };
    }
    case 'setStart': {
      const turnId = text('turnId');
      return turnId === undefined
        ? undefined
        : { type: 'setStart', turnId, startsOver: message['startsOver'] === true };
    }
    case 'goOnInNew': {
      const summaryTurnId = text('summaryTurnId');
      return { type: 'goOnInNew', ...(summaryTurnId !== undefined && { summaryTurnId }) };
    }
    case 'sendToolResults': {
      const results = Array.isArray(message['results']) ? message['results'].map(parseToolResult) : [];
      const right = results.filter(result => result !== undefined);
      return right.length === 0 || right.length < results.length
        ? undefined
        : { type: 'sendToolResults', results: right };
    }
    case 'useCode': {
      const action = (['insert', 'newFile', 'terminal'] as const).find(known => known === message['action']);
      const code = text('text');
      const language = text('language');
      return action === undefined || code === undefined || language === undefined
        ? undefined
        : { type: 'useCode', action, text: code, language };
    }
    case 'attach': {
      const name = text('name');
      const data = text('data');
      return name === undefined || data === undefined ? undefined : { type: 'attach', name, data };
    }
    case 'detach': {
      const ids: unknown = message['ids'];
      return Array.isArray(ids) && ids.every(id => typeof id === 'string') ? { type: 'detach', ids } : undefined;
    }
    case 'findMentions': {
      const query = text('query');
      const requestId = message['requestId'];
      return query === undefined || !Number.isInteger(requestId)
        ? undefined
        : { type: 'findMentions', requestId: Number(requestId), query };
    }
    case 'findPasted': {
      const pasted = text('text');
      const requestId = message['requestId'];
      return pasted === undefined || !Number.isInteger(requestId)
        ? undefined
        : { type: 'findPasted', requestId: Number(requestId), text: pasted };
    }
    case 'openAttachment': {
      const id = text('id');
      return id === undefined ? undefined : { type: 'openAttachment', id, asSent: message['asSent'] === true };
    }
    case 'timeZone': {
      const name = text('name');
      return name === undefined ? undefined : { type: 'timeZone', name };
    }
    case 'attachMention':
    case 'showAttachment':
    case 'sendQueued': {
      const id = text('id');
      return id === undefined ? undefined : { type: message['type'], id };
    }
    case 'unqueue': {
      const id = text('id');
      return id === undefined ? undefined : { type: 'unqueue', id, isEdited: message['isEdited'] === true };
    }
    case 'setParameter': {
      const name = parameterNames.find(known => known === message['name']);
      return name === undefined ? undefined : { type: 'setParameter', name, value: message['value'] };
    }
    case 'sendRefusedAgain': {
      const field = text('field');
      return field === undefined ? undefined : { type: 'sendRefusedAgain', field };
    }
    case 'typeParameter': {
      const name = parameterNames.find(known => known === message['name']);
      const typed = text('text');
      return name === undefined || typed === undefined ? undefined : { type: 'typeParameter', name, text: typed };
    }
    case 'typeToolResults': {
      const conversationId = text('conversationId');
      const turnId = text('turnId');
      const results = message['results'];
      return conversationId === undefined || turnId === undefined || !Array.isArray(results)
        ? undefined
        : { type: 'typeToolResults', conversationId, turnId, results: results.map(parseTypedResult) };
    }
    case 'focus':
      return { type: 'focus', isFocused: message['isFocused'] === true };
    case 'watchRequest':
      return { type: 'watchRequest', isOn: message['isOn'] === true };
    case 'draft': {
      const conversationId = text('conversationId');
      const draft = text('text');
      return conversationId === undefined || draft === undefined
        ? undefined
        : { type: 'draft', conversationId, text: draft };
    }
    case 'applyCode': {
      const code = text('text');
      const info = text('info');
      const lineBefore = text('lineBefore');
      return code === undefined || info === undefined || lineBefore === undefined
        ? undefined
        : { type: 'applyCode', text: code, info, lineBefore };
    }
    case 'resolvePaths': {
      const paths = Array.isArray(message['paths']) ? message['paths'].filter(isShortPath) : [];
      return paths.length === 0 ? undefined : { type: 'resolvePaths', paths: paths.slice(0, mostPathsAtOnce) };
    }
    case 'openPath': {
      const path = text('path');
      if (path === undefined || !isShortPath(path)) return undefined;
      const place = parsePlace(message['place']);
      return { type: 'openPath', path, ...(place && { place }) };
    }
    case 'openLink': {
      const href = text('href');
      return href === undefined ? undefined : { type: 'openLink', href };
    }
    case 'openLocation': {
      const uri = text('uri');
      const line = message['line'];
      return uri !== undefined && Number.isInteger(line)
        ? { type: 'openLocation', uri, line: Number(line) }
        : undefined;
    }
    case 'setUpKey': {
      const from = message['from'];
      return isKeyPlace(from) ? { type: 'setUpKey', from } : undefined;
    }
    case 'command':
      return isViewCommand(message['command']) ? { type: 'command', command: message['command'] } : undefined;
    default:
      return undefined;
  }
}

function parseToolResult(value: unknown): ToolResult | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { toolUseId, text, isError } = value as Partial<Record<keyof ToolResult, unknown>>;
  if (typeof toolUseId !== 'string' || typeof text !== 'string' || typeof isError !== 'boolean') return undefined;
  return { toolUseId, text, isError };
}

function isShortPath(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestPath;
}

function parsePlace(value: unknown): PlaceInFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { line, column, endLine } = value as Partial<Record<keyof PlaceInFile, unknown>>;
  if (!isCount(line)) return undefined;
  return { line, ...(isCount(column) && { column }), ...(isCount(endLine) && { endLine }) };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isViewCommand(value: unknown): value is ViewCommand {
  return (viewCommands as readonly unknown[]).includes(value);
}
