import { signal } from '@preact/signals';
import type { CompositionGuard } from '../ui/composition.ts';
import type { Finder, FinderPorts } from './finder.ts';
import type { FindWidget } from './FindWidget.tsx';

/** Find in the conversation, which is loaded when it is first asked for. */
export class FindOpener {
  /** Undefined until then. */
  readonly loaded = signal<{ find: Finder; Widget: typeof FindWidget } | undefined>(undefined);
  readonly #ports: () => FinderPorts;

  constructor(ports: () => FinderPorts) {
    this.#ports = ports;
  }

  async open(): Promise<void> {
    this.loaded.value ??= await this.#load();
    this.loaded.value.find.open();
  }

  /**
   * Takes Ctrl+F, or Cmd+F on a Mac, before the editor is told of it: that has a binding of its own for it, and its way
   * to the host and back would lose what is typed meanwhile.
   */
  listen(document: Document, composition: CompositionGuard): void {
    document.addEventListener('keydown', event => {
      if (composition.owns(event) || !isFindKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
      void this.open();
    });
  }

  async #load(): Promise<{ find: Finder; Widget: typeof FindWidget }> {
    const { createFind, FindWidget } = await import('./find.ts');
    return { find: createFind(this.#ports()), Widget: FindWidget };
  }
}

function isFindKey({ key, metaKey, ctrlKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const isMac = navigator.platform.startsWith('Mac');
  const isControl = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  return isControl && !shiftKey && !altKey && key.toLowerCase() === 'f';
}
