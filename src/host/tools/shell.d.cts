// What the build puts beside extension.cjs as shell.cjs; see esbuild.mjs.
export * from '../../core/tools/shellBundle.ts';
