import type { PromptOrigin, PromptSummary } from '../../shared/prompt.ts';
import { t } from '../ui/l10n.ts';
import type { Suggestion, SuggestionSource } from './suggesting.ts';

/** Offers prompts at the start of a message. */
export function createPromptSource(prompts: () => PromptSummary[]): SuggestionSource {
  return {
    character: '/',
    place: 'messageStart',
    label: t('Prompts'),
    find: query => {
      if (query !== '') return matchingPrompts(prompts(), query).map(toSuggestion);
      const groups = Map.groupBy(prompts(), ({ origin }) => groupOf(origin));
      if (groups.size === 1) return prompts().map(toSuggestion);
      return [...groups].flatMap(([group, members]) => members.map(prompt => ({ ...toSuggestion(prompt), group })));
    },
    pick: ({ id }) => `/${id} `,
  };
}

/** By name first, then by words within the name, then by words of the description; each in the host's order. */
export function matchingPrompts(prompts: readonly PromptSummary[], query: string): PromptSummary[] {
  const wanted = query.toLowerCase();
  const ranked = prompts.map(prompt => ({ prompt, rank: rankOf(prompt, wanted) }));
  return [0, 1, 2].flatMap(rank => ranked.filter(entry => entry.rank === rank).map(({ prompt }) => prompt));
}

function rankOf({ name, description }: PromptSummary, wanted: string): number | undefined {
  const words = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u);
  if (name.toLowerCase().startsWith(wanted)) return 0;
  if (words(name).some(word => word.startsWith(wanted))) return 1;
  return words(description).some(word => word.startsWith(wanted)) ? 2 : undefined;
}

function toSuggestion({ name, description, origin }: PromptSummary): Suggestion {
  const detail = origin.kind === 'file' ? `${description} (${origin.path})` : description;
  return {
    id: name,
    label: `/${name}`,
    detail,
    icon: icons[name] ?? (origin.kind === 'server' ? 'server' : 'note'),
  };
}

/** The built-in ones; an own prompt of the same name does the same thing otherwise. */
const icons: Record<string, string> = {
  explain: 'lightbulb',
  review: 'code-review',
  tests: 'beaker',
  document: 'book',
  fix: 'wrench',
};

function groupOf(origin: PromptOrigin): string {
  switch (origin.kind) {
    case 'builtIn':
      return t('Built in');
    case 'settings':
      return t('Yours');
    case 'workspaceSettings':
    case 'file':
      return t('Of this workspace');
    case 'server':
      return t('Of MCP servers');
  }
}
