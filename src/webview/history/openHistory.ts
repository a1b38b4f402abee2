import { type ReadonlySignal, signal } from '@preact/signals';
import type { HistoryHostMessage } from '../../shared/protocol/history.ts';
import type { HistoryModel, HistoryModelPorts } from './historyModel.ts';
import type { HistoryPanel } from './HistoryPanel.tsx';

interface Loaded {
  model: HistoryModel;
  Panel: typeof HistoryPanel;
}

/** All stored conversations in the place of the one that is shown; loaded when it is first asked for. */
export class HistoryOpener {
  readonly #ports: () => HistoryModelPorts;
  readonly #shown = signal<Loaded | undefined>(undefined);
  #loaded: Promise<Loaded> | undefined;
  /** Another object for each time that it is opened; undefined once it is closed. */
  #opening: object | undefined;

  constructor(ports: () => HistoryModelPorts) {
    this.#ports = ports;
  }

  /** Undefined while it is closed. */
  get shown(): ReadonlySignal<Loaded | undefined> {
    return this.#shown;
  }

  receive(message: HistoryHostMessage): void {
    if (message.type === 'showHistory') void this.open();
    else this.#shown.peek()?.model.receive(message);
  }

  async open(): Promise<void> {
    const opening = {};
    this.#opening = opening;
    const loaded = await (this.#loaded ??= this.#load());
    if (this.#opening !== opening) return;
    loaded.model.opened();
    this.#shown.value = loaded;
  }

  readonly close = (): void => {
    this.#opening = undefined;
    this.#shown.peek()?.model.closed();
    this.#shown.value = undefined;
  };

  async #load(): Promise<Loaded> {
    const { createHistory, HistoryPanel } = await import('./history.ts');
    return { model: createHistory(this.#ports()), Panel: HistoryPanel };
  }
}
