/** The entry of the bundle that asks the user's own check, which the extension loads with the first text for one. */
export { commandCheck } from './commandCheck.ts';
export { endpointCheck } from './endpointCheck.ts';
