import type { ServerBlockParam } from './wire.ts';

/** Whether a block is of a tool that the service runs itself. */
export function isServerBlock(block: { type?: unknown }): block is ServerBlockParam {
  const { type } = block;
  return (
    typeof type === 'string' &&
    (type === 'server_tool_use' || (type.endsWith('_tool_result') && type !== 'tool_result'))
  );
}
