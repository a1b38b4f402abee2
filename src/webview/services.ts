import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ViewMessage } from '../shared/protocol/viewMessage.ts';
import type { CompositionGuard } from './ui/composition.ts';
import type { Disclosures } from './ui/disclosures.ts';
import type { Draft } from './composer/draft.ts';
import type { Surroundings } from './markdown/surroundings.ts';
import type { Memory } from './memory.ts';
import type { PathElement } from './paths/pathLinks.ts';
import type { Requests } from './requests.ts';
import type { Store } from './store.ts';
import type { Telling } from './telling.ts';
import type { Anchor } from './transcript/anchor.ts';

/** What components use besides their properties; built once in main.tsx. */
export interface Services {
  store: Store;
  post: (message: ViewMessage) => void;
  requests: Requests;
  /** Every handler of Enter and Escape asks it first. */
  composition: CompositionGuard;
  draft: Draft;
  telling: Telling;
  disclosures: Disclosures;
  markdown: Surroundings;
  /** Makes links of what names a place, where there is one. */
  link: (elements: Iterable<PathElement>) => void;
  /** What was kept of this conversation before the view was hidden; nothing once another one has been shown. */
  recall: (conversationId: string) => Memory | undefined;
  /** Keeps where the transcript stands. */
  rememberPlace: (anchor: Anchor | undefined, isFollowing: boolean) => void;
  /**
   * Brings a turn into the document, at the top of the view where it was not; the reader is no longer taken to the end.
   * Its element; undefined for as long as it is still to be drawn.
   */
  revealTurn: (turnId: string) => HTMLElement | undefined;
  /** Lets others bring a turn into the view; returns what ends that. */
  offerReveal: (reveal: Services['revealTurn']) => () => void;
  /** Says a sentence to screen readers. */
  announce: (sentence: string) => void;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('The component stands outside of the view.');
  return services;
}
