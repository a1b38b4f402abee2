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

/**
 * Which model is asked: the conversation's own, where it has one, else that of the settings. What is chosen belongs to the
 * conversation; where nothing has been answered in it yet, it is what new ones begin with.
 */
export class ModelChoice {
  readonly #ports: ModelChoicePorts;

  constructor(ports: ModelChoicePorts) {
    this.#ports = ports;
  }

  /** Asks the user for the model; false where they have left. */
  async choose(need: ModelNeed = { isDefaultGone: false }): Promise<boolean> {
    await this.#ports.shown.open();
    const model = await this.#ports.pick(need);
    if (model === undefined) return false;
    await (need.isDefaultGone ? this.replace(model) : this.use(model));
    return true;
  }

  /** Goes on with this model, in no conversation but this one. */
  async use(model: string): Promise<void> {
    const { unsent, branch } = await this.#ports.shown.open();
    const isBegun = branch.turns.some(turn => turn.role === 'assistant' && turn.content.length > 0);
    if (isBegun || unsent.parameters.model !== undefined) unsent.parameters = { ...unsent.parameters, model };
    else await this.#ports.save(model);
  }

  /** Puts it where the model stands that is not served any more: in the conversation, or in the settings. */
  async replace(model: string): Promise<void> {
    const { unsent } = await this.#ports.shown.open();
    const { start } = unsent;
    if (unsent.parameters.model === undefined) {
      await this.#ports.save(model);
      if (start) unsent.keepStart({ ...start, model });
    } else unsent.parameters = { ...unsent.parameters, model };
  }

  /** Whether there is a model to ask; asks the user for one where the endpoint's list lacks the default. */
  async hasModel(): Promise<boolean> {
    const hasOwn = this.#ports.shown.session.unsent.model !== undefined;
    return hasOwn || !this.#ports.isDefaultGone() || this.choose({ isDefaultGone: true });
  }
}
