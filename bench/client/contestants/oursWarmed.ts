import { contestantOver } from './ours.ts';

/** Our client as its user meets it: loaded and prepared while the view opened. */
export const { answer, warmUp } = contestantOver({});
