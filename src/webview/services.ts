import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ViewMessage } from '../shared/protocol.ts';
import type { CompositionGuard } from './composition.ts';
import type { Draft } from './draft.ts';
import type { Surroundings } from './markdown/renderBlock.ts';
import type { Memory } from './memory.ts';
import type { Store } from './store.ts';

/** What components use besides their properties; built once in main.tsx. */
export interface Services {
  store: Store;
  post: (message: ViewMessage) => void;
  /** Every handler of Enter and Escape asks it first. */
  composition: CompositionGuard;
  draft: Draft;
  markdown: Surroundings;
  /** What was kept of this conversation before the view was hidden; nothing once another one has been shown. */
  recall: (conversationId: string) => Memory | undefined;
  /** Keeps where the transcript stands. */
  rememberScroll: (scrollTop: number, isFollowing: boolean) => void;
  /** Says a sentence to screen readers. */
  announce: (sentence: string) => void;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('The component stands outside of the view.');
  return services;
}
