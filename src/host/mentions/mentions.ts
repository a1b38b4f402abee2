import type { MentionItem } from '../../shared/mention.ts';
import type { ChatController, MentionCalls } from '../chatController.ts';
import type { ViewLink } from '../places/viewLink.ts';
import type { AttachmentFiles } from './attachmentFiles.ts';
import { attachAgain } from './attachAgain.ts';
import { attachReading } from './attachReading.ts';
import type { Kind } from './kinds.ts';
import type { MentionSearch } from './mentionSearch.ts';

/** Answers what the view asks of things to name and attach. */
export class Mentions implements MentionCalls {
  readonly #link: ViewLink;
  readonly #search: MentionSearch;
  readonly #files: AttachmentFiles;
  readonly #chat: () => ChatController;

  constructor(link: ViewLink, search: MentionSearch, files: AttachmentFiles, chat: () => ChatController) {
    this.#link = link;
    this.#search = search;
    this.#files = files;
    this.#chat = chat;
  }

  async find(query: string): Promise<MentionItem[]> {
    return (await this.#search.find(query)) ?? [];
  }

  findPasted(text: string): MentionItem[] {
    return this.#search.findPasted(text);
  }

  kinds(): Promise<Kind[]> {
    return this.#search.kinds();
  }

  async attach(id: string): Promise<void> {
    const mentioned = this.#search.resolve(id);
    if (!mentioned) return;
    const readers = await mentioned.readers();
    // The list or the dialog that asked has taken the keyboard from where this was picked.
    if (mentioned.asks) this.#link.focusComposer();
    const [only, ...more] = readers;
    if (only && more.length === 0) await attachReading(this.#chat(), only, id);
    else for (const reader of readers) await attachReading(this.#chat(), reader);
  }

  attachAgain(id: string): Promise<void> {
    return attachAgain(this.#chat(), id);
  }

  async open(id: string, asSent: boolean): Promise<void> {
    const attachment = (await this.#chat().open()).findAttachment(id);
    if (attachment) await this.#files.open(attachment, asSent);
  }
}
