import type { BuildOptions, Plugin } from 'esbuild';

/**
 * undici reduced to what src/core/transport/undiciTransport.ts uses. Loaded as it comes, it does two things that have no
 * place in an editor: it costs twice as long to evaluate (mocks, caches, WebSocket, a second HTTP parser), and it fills
 * two global slots with its default dispatcher that the editor's own fetch reads, so that other extensions' requests
 * would run through our agent. Our requests always name their dispatcher; the module with the slots is left out.
 */
const undiciInParts: Plugin = {
  name: 'undici-in-parts',
  setup(build) {
    build.onLoad({ filter: /[\\/]undici[\\/]index\.js$/ }, () => ({
      contents: `
        const { prototype } = require('./lib/dispatcher/dispatcher');
        prototype.request = require('./lib/api/api-request');
        prototype.connect = require('./lib/api/api-connect');
        exports.Agent = require('./lib/dispatcher/agent');
        exports.Pool = require('./lib/dispatcher/pool');
        exports.EnvHttpProxyAgent = require('./lib/dispatcher/env-http-proxy-agent');`,
    }));
    // Our bodies are strings, and our agents speak HTTP/1.1 alone.
    build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/](?:web[\\/].*|dispatcher[\\/]client-h2)\.js$/ }, ({ path }) => ({
      contents: `module.exports = () => {
        throw new Error(${JSON.stringify(`undici was bundled without ${path.split(/[\\/]/).at(-1)}.`)});
      };`,
    }));
    // The same parser twice, for processors of two kinds. One of them runs on all.
    build.onLoad({ filter: /[\\/]llhttp_simd-wasm\.js$/ }, () => ({
      contents: `module.exports = require('./llhttp-wasm.js');`,
    }));
  },
};

/** What a bundle with undici in it is built with. */
export const undiciBundle = {
  plugins: [undiciInParts],
  // What undici itself is bundled with for Node: leaves its experimental HTTP parser out.
  define: { esbuildDetection: 'true' },
} satisfies BuildOptions;
