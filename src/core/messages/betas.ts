import { isFields } from '../../shared/json.ts';

/** The betas that a tool of the service's own belongs to, by its version; all others are generally available. */
const betaOf: Record<string, string> = {
  computer_20251124: 'computer-use-2025-11-24',
  computer_20250124: 'computer-use-2025-01-24',
  computer_20241022: 'computer-use-2024-10-22',
  bash_20241022: 'computer-use-2024-10-22',
  text_editor_20241022: 'computer-use-2024-10-22',
};

/** What the header `anthropic-beta` has to name for this request, each once. */
export function betasFor(body: object | undefined): string[] {
  const tools = isFields(body) && Array.isArray(body['tools']) ? (body['tools'] as unknown[]) : [];
  const types = tools.map(tool => (isFields(tool) ? String(tool['type']) : ''));
  return [...new Set(types.flatMap(type => (Object.hasOwn(betaOf, type) ? (betaOf[type] ?? []) : [])))];
}
