import type * as vscode from 'vscode';
import { isFields } from '../../shared/json.ts';
import type { FoundServer } from '../../core/mcp/foundServer.ts';
import type { ServerMemory } from '../../core/mcp/servers.ts';

const key = 'mcpServers';

interface Decisions {
  isOff?: boolean;
  agreedTo?: string;
  /** By the server's tools. */
  allowed?: Record<string, string>;
}

/** What the user has decided about servers: of their own everywhere, of a workspace's there. Kept where no workspace writes. */
export function serverDecisions(mementos: Record<FoundServer['origin'], vscode.Memento>): ServerMemory {
  const all = (origin: FoundServer['origin']): Record<string, unknown> => {
    const stored = mementos[origin].get<unknown>(key);
    return isFields(stored) ? stored : {};
  };
  const of = ({ origin, id }: FoundServer): Decisions => {
    const stored = all(origin)[id];
    return isFields(stored) ? stored : {};
  };
  const change = async (server: FoundServer, changed: Decisions): Promise<void> => {
    const { origin, id } = server;
    await mementos[origin].update(key, { ...all(origin), [id]: { ...of(server), ...changed } });
  };
  return {
    isOn: server => of(server).isOff !== true,
    setOn: (server, isOn) => change(server, { isOff: !isOn }),
    agreedTo: server => of(server).agreedTo,
    agree: (server, launch) => change(server, { agreedTo: launch, isOff: false }),
    allowedTool: (server, tool) => {
      const { allowed = {} } = of(server);
      return Object.hasOwn(allowed, tool) ? allowed[tool] : undefined;
    },
    allowTool: (server, tool, digest) => {
      const { allowed = {} } = of(server);
      if (allowed[tool] !== digest) void change(server, { allowed: { ...allowed, [tool]: digest } });
    },
  };
}
