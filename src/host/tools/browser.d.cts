// What the build puts beside extension.cjs as browser.cjs; see esbuild.mjs.
export * from '../../core/browser/browserBundle.ts';
