import type { ViewCommand } from './viewCommands.ts';

/** What has to be said of the conversation that is shown, in the user's language. */
export interface ConversationNotice {
  severity: 'info' | 'warning';
  title: string;
  text: string;
  buttons: { label: string; command: ViewCommand }[];
}
