import { Agent, type AgentPorts } from '../../src/core/agent/agent.ts';
import { ToolRegistry } from '../../src/core/tools/registry.ts';
import type { AnyTool } from '../../src/core/tools/tool.ts';
import type { ToolWorkspace } from '../../src/core/tools/workspace.ts';
import { MemoryWorkspace } from './toolWorkspace.ts';

/** An agent that may act with these tools in a trusted workspace, which is an empty one unless `workspace` says otherwise. */
export function agentWith(
  tools: AnyTool[] | ToolRegistry,
  workspace: ToolWorkspace = new MemoryWorkspace({}),
  own: Partial<Omit<AgentPorts, 'tools'>> = {},
): Agent {
  return new Agent({
    conversationId: 'c',
    tools: {
      registry: tools instanceof ToolRegistry ? tools : new ToolRegistry(() => tools),
      workspace,
      isTrusted: () => true,
    },
    mode: () => 'act',
    answeredByHand: () => [],
    newId: () => 'id',
    clock: () => 0,
    ...own,
  });
}
