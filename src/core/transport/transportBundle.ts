/** The entry of the network bundle, which the extension loads at the first request. */
export { createFetchTransport } from './fetchTransport.ts';
export { createUndiciTransport } from './undiciTransport.ts';
