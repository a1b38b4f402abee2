/** What renders an answer that arrives piece by piece. */
export interface Contestant {
  /** Shows `text` behind what is there, before it returns. */
  append(text: string): void;
  /** The same in the way it ships: it may gather and render at the next frame. */
  appendPaced?: (text: string) => void;
  /** The answer is complete; resolves when everything is shown as it stays. */
  finish(): void | Promise<void>;
}

export type CreateContestant = (container: HTMLElement) => Contestant;

/** Every contestant is a script of its own that gives itself to the page this way. */
export function offer(create: CreateContestant): void {
  globalThis.createContestant = create;
}

declare global {
  var createContestant: CreateContestant | undefined;
}
