import { EventEmitter } from './emitter.ts';

export interface PickItem {
  label: string;
  description?: string;
  detail?: string;
  kind?: number;
}

/** A list to choose from, as the editor's: it stands there until something is chosen or it is hidden. */
export class Picker {
  items: readonly PickItem[] = [];
  activeItems: readonly PickItem[] = [];
  selectedItems: readonly PickItem[] = [];
  buttons: readonly unknown[] = [];
  placeholder = '';
  title = '';
  value = '';
  isOpen = false;
  readonly #accepted = new EventEmitter();
  readonly #hidden = new EventEmitter();
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  /** Nobody types into it, and nobody presses its buttons. */
  readonly onDidChangeValue = new EventEmitter().event;
  readonly onDidTriggerButton = new EventEmitter().event;
  readonly onDidTriggerItemButton = new EventEmitter().event;

  show(): void {
    this.isOpen = true;
  }

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#hidden.fire();
  }

  dispose(): void {
    this.hide();
  }

  /** The item with this text in it. */
  find(text: string): PickItem | undefined {
    // What keeps names from being icons is not seen.
    const words = ({ label, description = '', detail = '' }: PickItem): string =>
      [label, description, detail].join(' ').replaceAll('\u200b', '');
    return this.items.find(item => item.kind === undefined && words(item).includes(text));
  }

  choose(text: string): void {
    const item = this.find(text);
    if (!item) throw new Error(`There is no “${text}”.`);
    this.activeItems = [item];
    this.selectedItems = [item];
    this.#accepted.fire();
  }
}
