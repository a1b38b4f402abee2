import type { RulesOfFolder } from '../shared/rules.ts';
import type { InEditor } from '../shared/inEditor.ts';
import { signal, type Signal } from '@preact/signals';
import { applyChange, canGrow } from '../shared/applyChange.ts';
import type { AnswerBlock } from '../shared/conversation.ts';
import type { ModelAdvice } from '../shared/modelAdvice.ts';
import type { AttachedSize, Held, NextSize } from '../shared/nextSize.ts';
import type { ImageLimits } from '../shared/imageFit.ts';
import type { Outdated } from '../shared/outdated.ts';
import type { PromptPreview, PromptSummary } from '../shared/prompt.ts';
import type { RequestPreview } from '../shared/requestPreview.ts';
import type { Change, MoreText, ViewState } from '../shared/protocol/changes.ts';
import type { HostMessage } from '../shared/protocol/hostMessage.ts';
import type { HistoryHostMessage } from '../shared/protocol/history.ts';
import type { ReplyMessage } from '../shared/protocol/requests.ts';
import type { ViewMessage } from '../shared/protocol/viewMessage.ts';
import { FrameFlush, type RequestFrame } from './ui/frames.ts';
import type { UsageAmounts } from '../shared/usageReport.ts';
import { defaultViewSettings, type ViewSettings } from '../shared/viewSettings.ts';

/** Hears the text that was added to a block. */
export type TextListener = (text: string) => void;

type FileListener = (file: { name: string; bytes: Uint8Array }) => void;

/** What the store takes; the rest is for the page and for those who have asked. */
export type StoreMessage = Exclude<
  HostMessage,
  ReplyMessage | HistoryHostMessage | { type: 'focusComposer' | 'find' | 'codeColours' }
>;

type Delta = Change & { type: 'delta' };

/**
 * The view's copy of the conversation. Everything but text that goes on is published through `view`; text goes to the
 * listeners of its block alone, so that no component renders for it.
 */
export class Store {
  /**
   * Undefined before the first snapshot. Blocks may have grown since it was set (see `textOf`), and others have begun
   * since the last frame.
   */
  readonly view: Signal<ViewState | undefined> = signal(undefined);
  /** Whether the parameters are shown beside the transcript, or below it. */
  readonly showsParameters = signal(false);
  /** The turns that another window has added while they were looked at. */
  readonly fromOthers = new Set<string>();
  /** The turn whose text is being changed, and how far that has come. */
  readonly editing: Signal<{ turnId: string; text: string } | undefined> = signal(undefined);
  /** The turn that the user may go back to, while they are asked. */
  readonly restoring: Signal<string | undefined> = signal(undefined);
  /** How many times something was deleted; 0 where it can't be brought back any more. */
  readonly deletions = signal(0);
  /** The version that the user has gone to with the button in this direction, until it is drawn. */
  switching: { turnId: string; step: -1 | 1 } | undefined;
  /** The request that would go out, while the parameters are shown. */
  readonly preview: Signal<RequestPreview | undefined> = signal(undefined);
  readonly settings: Signal<ViewSettings> = signal(defaultViewSettings);
  /** What it takes, all the time. */
  readonly size: Signal<NextSize | undefined> = signal(undefined);
  /** What the conversation has taken, since it was last asked for. */
  readonly sum: Signal<{ conversationId: string; sum: UsageAmounts } | undefined> = signal(undefined);
  /** What is attached in the conversation, since it was last asked for. */
  readonly attached: Signal<AttachedSize[] | undefined> = signal(undefined);
  /** What is attached and has changed since, by its id. */
  readonly outdated: Signal<ReadonlyMap<string, Outdated['state']>> = signal(new Map());
  /** The folders that have rules for their project. */
  readonly rules: Signal<RulesOfFolder[]> = signal([]);
  /** What the editor shows that could go along. */
  readonly inEditor: Signal<InEditor | undefined> = signal(undefined);
  /** The request that waits for the user's word. */
  readonly held: Signal<Held | undefined> = signal(undefined);
  /** Another model that suits what is written better. */
  readonly modelAdvice: Signal<ModelAdvice | undefined> = signal(undefined);
  /** A message that has to go back to where it was written. */
  readonly returned: Signal<(HostMessage & { type: 'returned' }) | undefined> = signal(undefined);
  /** Whether the user wants to make room in the context window before it is needed. */
  readonly showsRoom = signal(false);
  /** The prompts that a message may begin with. */
  readonly prompts: Signal<PromptSummary[]> = signal([]);
  /** What the draft would send, where it begins with a prompt. */
  readonly promptPreview: Signal<PromptPreview | undefined> = signal(undefined);
  /** What was sent in other conversations, the newest first. */
  readonly sentElsewhere: Signal<string[]> = signal([]);
  /** The conversation that the host was asked for it in. */
  sentElsewhereAsked = '';
  /** What the model sees of an image; until the host has told it, what all models see. */
  readonly imageLimits: Signal<ImageLimits> = signal({ longEdgePixels: 1568, tokens: 1568 });
  readonly #post: (message: ViewMessage) => void;
  readonly #afterPaint: (callback: () => void) => void;
  readonly #fileListeners = new Set<FileListener>();
  readonly #listeners = new Map<string, Set<TextListener>>();
  /** Without what is in `#added`. */
  #state: ViewState | undefined;
  /** Of the last change that has come. */
  #revision = 0;
  /**
   * Text that has come for blocks since `#state` was made, by their keys, each from the end that its block has there:
   * put into the state piece by piece, each would copy the lists of all turns and of all blocks.
   */
  readonly #added = new Map<string, Delta>();
  /** Blocks that come between two frames are published together: rendering costs far more than they do. */
  readonly #frames: FrameFlush;
  #awaitsSnapshot = false;
  /** The block that the last change was text for. */
  #growing: { turnId: string; index: number } | undefined;

  /** `afterPaint` calls back once what the store holds is seen. */
  constructor(
    post: (message: ViewMessage) => void,
    afterPaint: (callback: () => void) => void,
    requestFrame: RequestFrame,
  ) {
    this.#post = post;
    this.#afterPaint = afterPaint;
    this.#frames = new FrameFlush(() => (this.view.value = this.state), requestFrame);
  }

  /** The state with all text that has arrived. */
  get state(): ViewState | undefined {
    for (const delta of this.#added.values()) this.#state &&= applyChange(this.#state, delta);
    this.#added.clear();
    if (this.#state && this.#state.revision !== this.#revision) {
      this.#state = { ...this.#state, revision: this.#revision };
    }
    return this.#state;
  }

  /** Asks for the whole state, unless it is on its way already. */
  requestSnapshot(): void {
    if (this.#awaitsSnapshot) return;
    this.#awaitsSnapshot = true;
    this.#post({ type: 'ready' });
  }

  /** Begins with the snapshot that is there already, or asks for it. */
  start(): void {
    if (this.#state) this.#post({ type: 'started' });
    else this.requestSnapshot();
  }

  /** Forgets everything and asks for it anew. */
  restart(): void {
    this.#state = undefined;
    this.#added.clear();
    this.view.value = undefined;
    this.#awaitsSnapshot = false;
    this.requestSnapshot();
  }

  receive(message: StoreMessage): void {
    // Most of what comes is text that goes on.
    if (message.type === undefined) {
      this.#applyMore(message);
      return;
    }
    if ('conversationId' in message && message.conversationId !== this.#state?.conversation.id) {
      if (message.type === 'change' && !this.#state) this.requestSnapshot();
      return;
    }
    switch (message.type) {
      case 'snapshot':
        this.#begin(message.state);
        break;
      case 'change':
        this.#apply(message.revision, message.change);
        break;
      case 'requestPreview':
        this.preview.value = message.preview;
        break;
      case 'settings':
        this.settings.value = message.settings;
        break;
      case 'prompts':
        this.prompts.value = message.prompts;
        break;
      case 'promptPreview':
        this.promptPreview.value = message.preview;
        break;
      case 'imageLimits':
        this.imageLimits.value = message.limits;
        break;
      case 'fileToAttach':
        for (const listener of this.#fileListeners) listener(message);
        break;
      case 'showParameters':
        this.showsParameters.value = true;
        break;
      case 'size':
        this.size.value = message.size;
        break;
      case 'inEditor':
        this.inEditor.value = message.inEditor;
        break;
      case 'rules':
        this.rules.value = message.folders;
        break;
      case 'outdated':
        this.outdated.value = new Map(message.outdated.map(({ id, state }) => [id, state]));
        break;
      case 'held':
        this.held.value = message.held;
        break;
      case 'askRestore':
        this.restoring.value = message.turnId;
        break;
      case 'modelAdvice':
        this.modelAdvice.value = message.advice;
        break;
      case 'editAgain':
        this.editing.value = { turnId: message.turnId, text: message.text };
        break;
      case 'returned':
        this.returned.value = message;
        break;
    }
  }

  #begin(state: ViewState): void {
    // It is of the conversation that was shown.
    if (state.conversation.id !== this.#state?.conversation.id) this.modelAdvice.value = undefined;
    this.#awaitsSnapshot = false;
    this.deletions.value = 0;
    this.restoring.value = undefined;
    this.#set(state);
    this.view.value = state;
    this.#afterPaint(() => this.#post({ type: 'drawn' }));
    this.#requestEarlier();
  }

  /** The text of a block as far as it has arrived. */
  textOf(turnId: string, index: number): string {
    const added = this.#added.get(keyOf(turnId, index))?.text ?? '';
    return (this.#block(turnId, index)?.text ?? '') + added;
  }

  /** Calls `listener` with every text that is added to the block; returns what ends that. */
  onText(turnId: string, index: number, listener: TextListener): () => void {
    const key = keyOf(turnId, index);
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    };
  }

  #applyMore([revision, text]: MoreText): void {
    if (!this.#growing) {
      this.requestSnapshot();
      return;
    }
    const { turnId, index } = this.#growing;
    this.#apply(revision, { type: 'delta', turnId, index, offset: this.textOf(turnId, index).length, text });
  }

  /** Calls `listener` with every file that was chosen to be attached; returns what ends that. */
  onFileToAttach(listener: FileListener): () => void {
    this.#fileListeners.add(listener);
    return () => this.#fileListeners.delete(listener);
  }

  #apply(revision: number, change: Change): void {
    // A change that the snapshot on its way already holds, or that this state held before.
    if (!this.#state || revision <= this.#revision) {
      if (!this.#state) this.requestSnapshot();
      return;
    }
    const isNext = revision === this.#revision + 1;
    if (change.type === 'delta') {
      if (!isNext || !this.#add(change)) {
        this.requestSnapshot();
        return;
      }
      this.#revision = revision;
      this.#growing = change;
      for (const listener of this.#listeners.get(keyOf(change.turnId, change.index)) ?? []) listener(change.text);
      return;
    }
    const changed = isNext && this.state ? applyChange(this.state, change) : undefined;
    if (!changed) {
      this.requestSnapshot();
      return;
    }
    if (change.type === 'branch' && change.isFromOthers) for (const { id } of change.turns) this.fromOthers.add(id);
    if (change.type === 'turn') this.deletions.value = 0;
    this.#set({ ...changed, revision });
    if (change.type === 'block' || change.type === 'thought' || change.type === 'cited') this.#frames.schedule();
    else this.view.value = this.#state;
    if (change.type === 'earlierTurns') this.#requestEarlier();
  }

  /** False where the text does not go on where its block ends. */
  #add(delta: Delta): boolean {
    const { turnId, index, offset, text } = delta;
    const added = this.#added.get(keyOf(turnId, index));
    if (added) {
      if (added.offset + added.text.length !== offset) return false;
      added.text += text;
      return true;
    }
    const block = this.#block(turnId, index);
    if (!canGrow(block) || block.text.length !== offset) return false;
    this.#added.set(keyOf(turnId, index), { ...delta });
    return true;
  }

  /** As it is in `#state`. */
  #block(turnId: string, index: number): AnswerBlock | undefined {
    const turn = this.#state?.conversation.turns.findLast(({ id }) => id === turnId);
    return turn?.role === 'assistant' ? turn.blocks[index] : undefined;
  }

  /** A piece at a time, each once the one before is seen: the view stays as quick as it is. */
  #requestEarlier(): void {
    if (this.#state && this.#state.earlier > 0) this.#afterPaint(() => this.#post({ type: 'moreTurns' }));
  }

  #set(state: ViewState): void {
    this.#growing = undefined;
    this.#added.clear();
    this.#state = state;
    this.#revision = state.revision;
  }
}

function keyOf(turnId: string, index: number): string {
  return `${turnId}/${index}`;
}
