import type { ModelAdvice } from '../../shared/modelAdvice.ts';
import { adviseModel, type OfferedModels } from '../models/modelAdvice.ts';
import type { NextTurn } from './nextTurns.ts';
import type { RequestSizes } from './requestSizes.ts';
import type { ChatSession } from './session.ts';

/** Where suggestions are shown. */
export interface AdviceView {
  /** Whether there is a view that acts on what it is told. */
  readonly connected: boolean;
  modelAdvice: (conversationId: string, advice: ModelAdvice | undefined) => void;
}

/** What suggestions are made from. */
export interface AdvicePorts {
  /** Whether the user wants any. */
  isOn: () => boolean;
  offered: () => OfferedModels;
  /** Whether the user wants no more of them in a conversation, which outlives the window. */
  isDismissed: (conversationId: string) => boolean;
  dismiss: (conversationId: string) => void;
}

export interface ModelAdvisorPorts extends AdvicePorts {
  view: AdviceView;
  session: () => ChatSession;
  sizes: Pick<RequestSizes, 'sizeOf'>;
  nextTurn: NextTurn;
}

/** Milliseconds without a change before anything is suggested or taken back: nothing comes and goes while one types. */
const settleMs = 900;

/** Suggests another model where what is written asks for one. It never changes anything by itself. */
export class ModelAdvisor {
  readonly #ports: ModelAdvisorPorts;
  #timer: NodeJS.Timeout | undefined;
  /** What the view was told last, and in which conversation. */
  #told: { id: string; advice: ModelAdvice | undefined } | undefined;

  constructor(ports: ModelAdvisorPorts) {
    this.#ports = ports;
  }

  /** Something that the next request is made of has changed. */
  refresh(): void {
    clearTimeout(this.#timer);
    if (this.#ports.view.connected) this.#timer = setTimeout(() => void this.#tell(), settleMs).unref();
  }

  /** What would be suggested now. */
  async advice(): Promise<ModelAdvice | undefined> {
    const { session, nextTurn, sizes, isOn, isDismissed, offered } = this.#ports;
    const asked = session();
    if (!isOn() || asked.running || isDismissed(asked.id)) return undefined;
    const turn = await nextTurn(asked);
    const { sources } = await asked.nextRequest(turn);
    const { parameters, settings } = sources;
    const size = await sizes.sizeOf(asked, turn);
    const isDemanding = parameters.thinking !== undefined || asked.unsent.mode !== 'chat';
    return adviseModel({ model: parameters.model ?? settings.model, turn, size, isDemanding }, offered());
  }

  /** Asks the model that was suggested from now on, in this conversation alone. */
  take(): void {
    const { unsent, id } = this.#ports.session();
    const advice = this.#told?.id === id ? this.#told.advice : undefined;
    this.#show(undefined);
    if (advice) unsent.setParameter('model', advice.model);
  }

  /** Suggests nothing more in this conversation. */
  dismiss(): void {
    this.#ports.dismiss(this.#ports.session().id);
    this.#show(undefined);
  }

  async #tell(): Promise<void> {
    const session = this.#ports.session();
    const advice = await this.advice();
    if (session === this.#ports.session()) this.#show(advice);
  }

  #show(advice: ModelAdvice | undefined): void {
    const { id } = this.#ports.session();
    this.#told = { id, advice };
    this.#ports.view.modelAdvice(id, advice);
  }
}
