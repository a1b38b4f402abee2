// What the build puts beside extension.cjs as page.cjs; see esbuild.mjs.
export * from '../../page/conversationPage.ts';
