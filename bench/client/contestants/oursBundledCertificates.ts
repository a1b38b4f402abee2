import { contestantOver } from './ours.ts';

/**
 * Our client where the editor's setting `http.systemCertificates` is off. The rivals never read the system's
 * certificates, so this one does what they do.
 */
export const { answer } = contestantOver({ systemCertificates: false });
