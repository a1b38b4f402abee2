/** An edit that a tool has made: what the file said around it. */
export interface MadeEdit {
  /** Undefined where it has made the file. */
  before: string | undefined;
  after: string;
}

/** Edits of one file that can be undone, the last first. */
const mostEdits = 20;
/** Files of one conversation; of more, those that were not edited for longest are forgotten. */
const mostFiles = 100;

/** What the text editor has done in each conversation since the window was opened, for the model to undo. */
export class EditHistory {
  readonly #conversations = new Map<string, Map<string, MadeEdit[]>>();

  made(conversationId: string, path: string, edit: MadeEdit): void {
    const files = this.#conversations.get(conversationId) ?? new Map<string, MadeEdit[]>();
    this.#conversations.set(conversationId, files);
    const edits = files.get(path) ?? [];
    files.delete(path);
    files.set(path, [...edits, edit].slice(-mostEdits));
    const [oldest] = files.keys();
    if (files.size > mostFiles && oldest !== undefined) files.delete(oldest);
  }

  last(conversationId: string, path: string): MadeEdit | undefined {
    return this.#conversations.get(conversationId)?.get(path)?.at(-1);
  }

  /** The last one is there no more. */
  undone(conversationId: string, path: string): void {
    this.#conversations.get(conversationId)?.get(path)?.pop();
  }
}
