import type { MessagesRequest } from '../messages/wire.ts';

/** What is needed to send a request again from somewhere else. The key is never in it: it is read from the environment. */
export interface Sendable {
  url: string;
  requestHeaders: Record<string, string>;
  request: MessagesRequest;
}

/** The variable that the snippets read the key from. */
const keyVariable = 'MARGINALIA_API_KEY';

/** A shell command. */
export function toCurl({ url, requestHeaders, request }: Sendable): string {
  const headers = Object.entries(requestHeaders).map(([name, value]) => {
    if (name === 'x-api-key') return `-H "x-api-key: $${keyVariable}"`;
    if (name === 'authorization') return `-H "authorization: Bearer $${keyVariable}"`;
    return `-H ${shellQuoted(`${name}: ${value}`)}`;
  });
  const body = shellQuoted(JSON.stringify(request, undefined, 2));
  return [`curl ${request.stream ? '-N ' : ''}${shellQuoted(url)}`, ...headers, `--data-binary ${body}`].join(
    ' \\\n  ',
  );
}

/** A program for the official Python SDK. */
export function toPython({ url, request }: Sendable): string {
  const { stream, ...body } = request;
  const fields = Object.entries(body).map(([name, value]) => `    ${name}=${pythonLiteral(value, 1)},`);
  const head = [
    'import os',
    '',
    'import anthropic',
    '',
    'client = anthropic.Anthropic(',
    `    base_url=${pythonLiteral(baseUrlOf(url), 0)},`,
    `    api_key=os.environ["${keyVariable}"],`,
    ')',
  ];
  const call = stream
    ? [
        'with client.messages.stream(',
        ...fields,
        ') as stream:',
        '    for text in stream.text_stream:',
        '        print(text, end="", flush=True)',
      ]
    : ['message = client.messages.create(', ...fields, ')', 'print(message.to_json())'];
  return [...head, ...call, ''].join('\n');
}

/** A program for the official TypeScript SDK. */
export function toTypeScript({ url, request }: Sendable): string {
  const { stream, ...body } = request;
  const literal = JSON.stringify(body, undefined, 2);
  const call = stream
    ? [
        `const stream = client.messages.stream(${literal});`,
        `stream.on('text', text => process.stdout.write(text));`,
        'await stream.finalMessage();',
      ]
    : [
        `const message = await client.messages.create(${literal});`,
        'console.log(JSON.stringify(message, undefined, 2));',
      ];
  return [
    `import Anthropic from '@anthropic-ai/sdk';`,
    '',
    'const client = new Anthropic({',
    `  baseURL: ${JSON.stringify(baseUrlOf(url))},`,
    `  apiKey: process.env['${keyVariable}'],`,
    '});',
    ...call,
    '',
  ].join('\n');
}

/** The SDKs put `/v1/messages` behind it themselves. */
function baseUrlOf(messagesUrl: string): string {
  return messagesUrl.replace(/\/v1\/messages$/, '');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** JSON's texts and numbers are Python's too; its words are not. */
function pythonLiteral(value: unknown, depth: number): string {
  const indent = '    '.repeat(depth);
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map(item => `${inner}${pythonLiteral(item, depth + 1)},\n`).join('')}${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pythonLiteral(item, depth + 1)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}
