import type { ToolResult } from './conversation.ts';
import { parameterNames } from './parameters.ts';
import { type ViewCommand, viewCommands, type ViewMessage } from './protocol.ts';

/** A message from the view, or undefined where it is none: the view renders foreign text and is not believed. */
export function parseViewMessage(value: unknown): ViewMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Record<string, unknown>;
  const text = (key: string): string | undefined => (typeof message[key] === 'string' ? message[key] : undefined);
  switch (message['type']) {
    case 'ready':
    case 'stop':
    case 'retryNow':
    case 'countRequest':
    case 'newConversation':
      return { type: message['type'] };
    case 'send':
    case 'copy': {
      const content = text('text');
      return content === undefined ? undefined : { type: message['type'], text: content };
    }
    case 'retry':
    case 'retryWithout':
    case 'continue': {
      const turnId = text('turnId');
      return turnId === undefined ? undefined : { type: message['type'], turnId };
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
    case 'detach':
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
    case 'watchRequest':
      return { type: 'watchRequest', isOn: message['isOn'] === true };
    case 'draft': {
      const conversationId = text('conversationId');
      const draft = text('text');
      return conversationId === undefined || draft === undefined
        ? undefined
        : { type: 'draft', conversationId, text: draft };
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

function isViewCommand(value: unknown): value is ViewCommand {
  return (viewCommands as readonly unknown[]).includes(value);
}
