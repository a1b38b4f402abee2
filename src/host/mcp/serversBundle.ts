/** The entry of the bundle with what is asked and shown of servers. */
export { listServers } from './listServers.ts';
export { fillPrompt } from './fillPrompt.ts';
export { mayStart } from './mayStart.ts';
