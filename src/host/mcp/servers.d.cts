// What the build puts beside extension.cjs as servers.cjs; see esbuild.mjs.
export * from './serversBundle.ts';
