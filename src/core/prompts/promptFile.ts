import { isPromptName } from '../../shared/prompt.ts';
import { type Prompt, promptContexts, usualContext } from './prompt.ts';

/** The largest prompt that is read, in characters. */
export const longestPrompt = 100_000;

export type PromptFileProblem = 'noName' | 'noText' | 'tooLong';

export type PromptFile = { ok: true; prompt: Prompt } | { ok: false; problem: PromptFileProblem };

/** A prompt from a Markdown file: what stands between two lines of `---` describes it, the rest is sent. */
export function readPromptFile(path: string, content: string): PromptFile {
  const name = nameOf(path);
  if (!isPromptName(name)) return { ok: false, problem: 'noName' };
  if (content.length > longestPrompt) return { ok: false, problem: 'tooLong' };
  const { fields, body } = splitFrontMatter(content.replace(/^\uFEFF/, ''));
  const text = body.trim();
  if (text === '') return { ok: false, problem: 'noText' };
  const context = promptContexts.find(known => known === fields.get('context')) ?? usualContext(text);
  const description = fields.get('description') || (text.split('\n', 1)[0] ?? '').replace(/^#+\s*/, '');
  const origin = { kind: 'file', path } as const;
  return { ok: true, prompt: { name, description, text, context, intent: 'chat', origin } };
}

/** `.github/prompts/Add route.prompt.md` is `/Add-route`. */
function nameOf(path: string): string {
  const file = path.split('/').at(-1) ?? '';
  return file
    .replace(/(\.prompt)?\.md$/i, '')
    .trim()
    .replace(/\s+/g, '-');
}

function splitFrontMatter(content: string): { fields: Map<string, string>; body: string } {
  const [whole, head] = /^---[ \t]*\r?\n([^]*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|$)/.exec(content) ?? [];
  if (whole === undefined) return { fields: new Map(), body: content };
  const fields = new Map<string, string>();
  for (const line of (head ?? '').split(/\r?\n/)) {
    const [, key, value = ''] = /^([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined) fields.set(key.toLowerCase(), unquoted(value));
  }
  return { fields, body: content.slice(whole.length) };
}

function unquoted(value: string): string {
  const [, quote, inner = ''] = /^(['"])(.*)\1$/.exec(value) ?? [];
  if (quote === "'") return inner.replaceAll("''", "'");
  if (quote === '"') return inner.replace(/\\(["\\])/g, '$1');
  return value.replace(/\s+#.*$/, '');
}
