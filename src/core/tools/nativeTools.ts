import { type ModelRules, noToolVersions } from '../models/modelRules.ts';
import type { ToolParam } from '../messages/wire.ts';

/** The rules of a model behind an endpoint that refuses the service's own kinds of tools. */
export function withoutNativeTools(rules: ModelRules): ModelRules {
  return { ...rules, toolVersions: noToolVersions };
}

/** Those of `offered` that are of the service's own kinds, by name, each with what stands in for it; `own` has the same order. */
export function standIns(offered: readonly ToolParam[], own: readonly ToolParam[]): ReadonlyMap<string, ToolParam> {
  return new Map(
    offered.flatMap((tool, at) => {
      const other = own[at];
      return other && isNative(tool) ? [[tool.name, other] as const] : [];
    }),
  );
}

/** The tools of a request with those that stand in for the service's own; undefined where there is nothing to replace. */
export function withStandIns<Request extends { tools?: ToolParam[] }>(
  request: Request,
  standing: ReadonlyMap<string, ToolParam>,
): Request | undefined {
  const { tools } = request;
  if (!tools?.some(tool => isNative(tool) && standing.has(tool.name))) return undefined;
  const replaced = tools.map(tool => {
    const other = isNative(tool) ? standing.get(tool.name) : undefined;
    if (!other) return tool;
    return { ...other, ...(tool.cache_control && { cache_control: tool.cache_control }) };
  });
  return { ...request, tools: replaced };
}

function isNative(tool: ToolParam): boolean {
  return !('input_schema' in tool);
}
