// What the build puts beside extension.cjs as moderation.cjs; see esbuild.mjs.
export * from '../../core/moderation/moderationBundle.ts';
