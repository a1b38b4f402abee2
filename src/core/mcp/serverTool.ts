import { type Fields, isFields } from '../../shared/json.ts';
import type { CallStart } from '../../shared/ranCalls.ts';
import { ShellOutput } from '../shell/shellOutput.ts';
import { type CheckInput, compileSchema } from '../tools/inputSchema.ts';
import type { AnyTool, PreparedCall } from '../tools/tool.ts';
import type { ToolImage, ToolOutput } from '../tools/toolOutput.ts';
import { ToolError } from '../tools/workspace.ts';
import type { CallOptions, ResultPart, ToolDefinition, ToolOutcome } from './connection.ts';
import { visible, visibleWithin } from '../../shared/visible.ts';

/** Characters of a description that a model is given. */
const mostDescription = 4_000;
/** Characters of a schema, as JSON; a larger one is most of a request. */
const mostSchema = 50_000;
/** Milliseconds that a call may go on without a word of the server's. */
const callLimitMs = 300_000;

/** Why a tool of a server is not offered. */
export type LeftOutReason = 'schema' | 'large' | 'many';

/** A tool of a server, with what its server says of it as data: bounded, and with nothing hidden in it. */
export interface ServerTool {
  /** As the server calls it. */
  name: string;
  description: string;
  schema: Fields;
  saysItReads: boolean;
  check: CheckInput;
  /** All that the server has said of it: who allows a tool has allowed this. */
  said: string;
}

/** Takes a definition as its server has written it, or says why it can't be offered. */
export function readTool(definition: ToolDefinition): ServerTool | LeftOutReason {
  const { name, description, inputSchema, saysItReads } = definition;
  if (JSON.stringify(inputSchema).length > mostSchema) return 'large';
  const schema = { ...visibleValues(inputSchema), type: 'object' };
  const compiled = compileSchema(schema);
  if (!compiled.ok) return 'schema';
  return {
    name,
    description: visibleWithin(description, mostDescription),
    schema,
    saysItReads,
    check: compiled.check,
    said: JSON.stringify([name, description, inputSchema, saysItReads]),
  };
}

export interface ServerToolPorts {
  /** How the server is started or reached, as its configuration says; absent where there is none. */
  start?: CallStart;
  /** Text of that, and of who the server is: what is allowed of it counts for this. */
  server: string;
  /** What the server had said of the tool when the user last allowed it, as a digest; undefined where they never have. */
  allowedBefore: () => string | undefined;
  allowed: (digest: string) => void;
  call: (input: Fields, options: CallOptions) => Promise<ToolOutcome>;
}

/**
 * A tool of a server, as one that models can call under `name`. It is asked about also where the server says that it only
 * reads, and anew once the server says something else of it.
 */
export function toolOfServer(name: string, tool: ServerTool, ports: ServerToolPorts): AnyTool {
  const { description, schema, saysItReads, check, said } = tool;
  const prepare = async (input: Fields): Promise<PreparedCall> => {
    const digest = await digestOf(said);
    const before = ports.allowedBefore();
    return {
      startsProgram: true,
      cautions: before !== undefined && before !== digest ? ['changedTool'] : [],
      ...(ports.start && { start: ports.start }),
      run: async (signal, progress) => {
        // Only what the user has allowed gets here.
        ports.allowed(digest);
        const outcome = await ports.call(input, { signal, progress, timeLimitMs: callLimitMs });
        // Of what has failed, the model is told in words.
        if (outcome.isError) throw new ToolError(resultText(outcome.parts));
        return resultOutput(outcome.parts);
      },
    };
  };
  return {
    name,
    definition: () => ({ name, description, input_schema: { ...schema, type: 'object' } }),
    read: input => {
      const problem = check(input).join('\n');
      if (problem !== '') return { ok: false, problem };
      const call = {
        effect: saysItReads ? 'reads' : 'changes',
        line: { action: 'tool', subject: name },
        permission: JSON.stringify([ports.server, said]),
        prepare: () => prepare(input),
      } as const;
      return { ok: true, call };
    },
  };
}

/** What a server gives back, with its images, which the text names by their order. */
export function resultOutput(parts: readonly ResultPart[]): ToolOutput {
  const images: ToolImage[] = [];
  const texts = parts.map(part => {
    if (part.kind !== 'image') return partText(part);
    const name = `image ${images.length + 1}`;
    images.push({ name, bytes: Buffer.from(part.base64, 'base64') });
    return `(${name})`;
  });
  return { text: cleanText(texts), images };
}

/** What a server gives back, as text: with what is hidden in it made visible, and of what can't be shown its kind. */
export function resultText(parts: readonly ResultPart[]): string {
  return cleanText(parts.map(partText));
}

/** Within the limits of what a command may print, and without what a terminal would do with it. */
function cleanText(texts: readonly string[]): string {
  const output = new ShellOutput();
  output.append(Buffer.from(texts.join('\n')));
  output.end();
  return output.text || '(no output)';
}

/** The line above a resource, which tells the model what it is. */
export function resourceHeading(uri: string, server: string): string {
  return `${JSON.stringify(uri)}, as the server “${server}” gives it:`;
}

/** The same of one that stands among other things. */
function resourceLine(uri: string): string {
  return `${quoted(uri)}:`;
}

function quoted(text: string): string {
  return JSON.stringify(visible(text));
}

export function partText(part: ResultPart): string {
  switch (part.kind) {
    case 'text':
      return visible(part.text);
    case 'resource':
      return `${resourceLine(part.uri)}\n${visible(part.text)}`;
    case 'link':
      return `(a link to ${quoted(part.uri)}: ${[part.name, part.description].filter(Boolean).map(visible).join(', ')})`;
    case 'image':
      return `(an image, ${visible(part.mediaType)}, which can't be shown here)`;
    case 'other':
      return `(${visible(part.what)}, which can't be shown here)`;
  }
}

function visibleValues(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [visible(name), visibleValue(value)]));
}

function visibleValue(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return (value as unknown[]).map(visibleValue);
  return isFields(value) ? visibleValues(value) : value;
}

/** SHA-256, so that nobody makes up a tool that looks like the one that was allowed. */
async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, '0')).join('');
}
