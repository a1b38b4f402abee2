// What the build puts beside extension.cjs as mcp.cjs; see esbuild.mjs.
export * from '../../core/mcp/mcpBundle.ts';
