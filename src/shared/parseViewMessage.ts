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
    case 'newConversation':
      return { type: message['type'] };
    case 'send':
    case 'copy': {
      const content = text('text');
      return content === undefined ? undefined : { type: message['type'], text: content };
    }
    case 'retry': {
      const turnId = text('turnId');
      return turnId === undefined ? undefined : { type: 'retry', turnId };
    }
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

function isViewCommand(value: unknown): value is ViewCommand {
  return (viewCommands as readonly unknown[]).includes(value);
}
