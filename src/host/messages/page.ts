import type { ChangeMessage } from '../../shared/protocol/changes.ts';
import type { ConnectionMessage } from '../../shared/protocol/connection.ts';
import type { PageMessage } from '../../shared/protocol/page.ts';
import { attach } from '../commands/attach.ts';
import { runCommand } from '../runCommand.ts';
import { elsewhere, type Handlers } from './handlers.ts';

export const pageHandlers: Handlers<PageMessage | ChangeMessage | ConnectionMessage> = {
  timeZone: elsewhere((_, { name }, { budgets }) => {
    budgets.timeZone = name;
  }),
  focus: elsewhere((_, { isFocused }, { focusChanged }) => focusChanged(isFocused)),
  command: elsewhere((chat, { command }) =>
    // From the view, the keyboard goes back to the message when the list is closed.
    command === 'marginalia.attach' ? attach(chat, () => chat.focusComposer()) : runCommand(command),
  ),
  setUpKey: elsewhere((_, { from }, { setUpKey }) => setUpKey(from)),
  // Those of the snapshot that the view has, whatever will be shown next.
  moreTurns: elsewhere((_, __, { link }) => link.earlierTurns()),
};
