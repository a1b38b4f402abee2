/** The entry of the bundle with the protocol's SDK, which the extension loads when a server is first needed. */
export { revoke } from './revoke.ts';
export { connectServer } from './sdkConnection.ts';
export { signIn } from './signIn.ts';
