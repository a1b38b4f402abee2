// What the build puts beside extension.cjs as host.cjs; see esbuild.mjs.
export * from './host/startHost.ts';
