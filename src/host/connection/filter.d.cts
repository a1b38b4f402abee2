// What the build puts beside extension.cjs as filter.cjs; see esbuild.mjs.
export * from '../../core/filter/filterBundle.ts';
