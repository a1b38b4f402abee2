import type { ShownConversation } from './shownConversation.ts';

/** Why a model is to be chosen, where that is not just the user's wish. */
export interface ModelNeed {
  /** The endpoint does not list the default. */
  isDefaultGone?: boolean;
  /** Its context window has to be larger than so many tokens. */
  largerThan?: number;
}

export interface ModelChoicePorts {
  shown: Pick<ShownConversation, 'open' | 'session'>;
  /** Asks the user for a model; undefined where they have left. */
  pick: (need?: ModelNeed) => Promise<string | undefined>;
  /** Makes it the model of the settings. */
  save: (model: string) => Promise<void>;
  /** Whether requests would go to the default, which the endpoint does not list. */
  isDefaultGone: () => boolean;
}

/** Which model is asked: the conversation's own, where it has one, else that of the settings. */
export class ModelChoice {
  readonly #ports: ModelChoicePorts;

  constructor(ports: ModelChoicePorts) {
    this.#ports = ports;
  }

  /** Asks the user for the model; false where they have left. */
  async choose(need: ModelNeed = { isDefaultGone: false }): Promise<boolean> {
    await this.#ports.shown.open();
    const model = await this.#ports.pick(need);
    if (model !== undefined) await this.use(model);
    return model !== undefined;
  }

  /** Makes it the model of the conversation, where it has one of its own, else that of the settings. */
  async use(model: string): Promise<void> {
    const { unsent } = await this.#ports.shown.open();
    if (unsent.parameters.model === undefined) await this.#ports.save(model);
    else unsent.parameters = { ...unsent.parameters, model };
  }

  /** Whether there is a model to ask; asks the user for one where the endpoint's list lacks the default. */
  async hasModel(): Promise<boolean> {
    const hasOwn = this.#ports.shown.session.unsent.parameters.model !== undefined;
    return hasOwn || !this.#ports.isDefaultGone() || this.choose({ isDefaultGone: true });
  }
}
