import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import type { FollowEnd } from './followEnd.ts';

/** How the transcript that a component stands in follows its end; undefined before it is there. */
export const FollowContext = createContext<ReadonlySignal<FollowEnd | undefined> | undefined>(undefined);
