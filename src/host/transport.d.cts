// What the build puts beside extension.cjs as transport.cjs; see esbuild.mjs.
export { createUndiciTransport } from '../core/messages/undiciTransport.ts';
