import { EndpointBorder } from '../../src/core/messages/endpoint.ts';

/** A border for what has come already: nothing goes out. */
export function borderWithoutNetwork(key = 'a key'): EndpointBorder {
  return new EndpointBorder(() => Promise.reject(new Error('There is no network here.')), key);
}
