/** The entry of the bundle with the rules for secrets, which the extension loads with the first request. */
export { findSecrets } from './findSecrets.ts';
