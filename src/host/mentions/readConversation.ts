import * as vscode from 'vscode';
import { holdsPrivateKey } from '../../core/context/sensitive.ts';
import type { TurnRecord } from '../../core/conversation/turns.ts';
import type { ListOptions } from '../../core/history/history.ts';
import { earlierConversation, headingOf } from '../../core/request/earlierConversation.ts';
import { estimateTextTokens } from '../../core/tokens/textTokens.ts';
import { tokenizerOf } from '../../core/tokens/tokenizer.ts';
import type { ConversationSummary } from '../../shared/storedConversations.ts';
import { visibleWithin } from '../../shared/visible.ts';
import { readSettings } from '../config.ts';
import { askFirst, pickOne } from '../show.ts';
import type { Kind } from './kinds.ts';
import { type Reader, type Reading, textAttachment } from './reading.ts';

/** Where the conversations are that a message can take along. */
export interface EarlierConversations {
  list: (options: ListOptions) => Promise<ConversationSummary[]>;
  /** The branch that is shown, also what is not stored yet. */
  read: (id: string) => Promise<{ title: string; turns: readonly TurnRecord[] } | undefined>;
  /** The one that the message belongs to. */
  currentId: () => string | undefined;
}

/** Of each list that are offered. */
const mostListed = 300;
/** Tokens: before more go along, the user is asked. */
const manyTokens = 20_000;
/** Characters of a title, on a chip. */
const longestName = 80;

export function conversationKind(earlier: EarlierConversations): Kind {
  return {
    name: 'conversation',
    label: vscode.l10n.t('Earlier Conversation…'),
    icon: 'comment-discussion',
    readers: () => chooseConversation(earlier),
    asks: true,
  };
}

async function chooseConversation(earlier: EarlierConversations): Promise<Reader[]> {
  const lists = await Promise.all([
    earlier.list({ shelf: 'current', limit: mostListed }),
    earlier.list({ shelf: 'archived', limit: mostListed }),
  ]);
  const date = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const items = lists
    .flat()
    .filter(({ id }) => id !== earlier.currentId())
    .map(({ id, title, updatedAt }) => ({ label: nameOf(title), description: date.format(updatedAt), id }));
  const placeHolder = vscode.l10n.t('Which conversation goes along with the message?');
  if (items.length === 0) {
    await pickOne([{ label: vscode.l10n.t('There is no other conversation.') }], { placeHolder });
    return [];
  }
  const chosen = await pickOne(items, { placeHolder, matchOnDescription: true });
  return chosen ? [id => readConversation(id, chosen, earlier)] : [];
}

async function readConversation(
  id: string,
  chosen: { id: string; label: string },
  earlier: EarlierConversations,
): Promise<Reading> {
  const found = await earlier.read(chosen.id);
  const read = found && earlierConversation(found.title, found.turns);
  if (!found || !read) return { refusal: vscode.l10n.t('There is nothing to attach in {0}.', chosen.label) };
  const { text, turns, of } = read;
  const name = nameOf(found.title);
  const tokens = Math.round(estimateTextTokens(text, tokenizerOf(readSettings().model)));
  if (tokens >= manyTokens && !(await mayBeLong(name, tokens))) return undefined;
  const attachment = textAttachment({
    id,
    subject: 'conversation',
    name,
    heading: headingOf(name, found.turns),
    languageId: 'markdown',
    text,
    ...(turns < of && { note: vscode.l10n.t('{0} of its {1} messages and answers', turns, of) }),
  });
  return { attachment, sensitive: holdsPrivateKey(text) ? [name] : [] };
}

function mayBeLong(name: string, tokens: number): Promise<boolean> {
  const text = vscode.l10n.t('“{0}” has about {1} tokens.', name, tokens.toLocaleString(vscode.env.language));
  const detail = vscode.l10n.t('What is attached goes to the endpoint with your message.');
  return askFirst('information', text, detail, vscode.l10n.t('Attach Anyway'));
}

function nameOf(title: string): string {
  return visibleWithin(title.replace(/\s+/g, ' ').trim(), longestName) || vscode.l10n.t('Untitled');
}
