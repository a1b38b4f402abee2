// What the build puts beside extension.cjs as transport.cjs; see esbuild.mjs.
export * from '../../core/transport/transportBundle.ts';
