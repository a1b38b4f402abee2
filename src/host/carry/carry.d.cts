// What the build puts beside extension.cjs as carry.cjs; see esbuild.mjs.
export * from '../../page/carryBundle.ts';
