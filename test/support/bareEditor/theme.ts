import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Theme, themes } from '../../../harness/editor/themes.ts';
import { appearanceProperties } from '../../../src/shared/viewSettings.ts';

/** What the editor gives the page of a view. */
export interface ViewTheme {
  /** The sheet that it lays below the view's own. */
  styles: string;
  body: { className: string; kind: string; id: string };
  variables: Record<string, string>;
}

export interface ThemeRecord {
  styles: string;
  bodies: Record<Theme, ViewTheme['body']>;
  /** In the order of `themes`; null where a theme does not have it. */
  variables: Record<string, (string | null)[]>;
}

/** Of the editor that is pinned; see test/view/recordTheme.ts. */
export const recordFile = fileURLToPath(new URL('../../view/theme.json', import.meta.url));

const names = Object.keys(themes) as Theme[];

export function recordedTheme(name: Theme): ViewTheme {
  const record = JSON.parse(readFileSync(recordFile, 'utf8')) as ThemeRecord;
  const index = names.indexOf(name);
  const variables = Object.entries(record.variables).flatMap(([variable, values]) => {
    const value = values[index] ?? null;
    return value === null ? [] : [[variable, value] as const];
  });
  return { styles: record.styles, body: record.bodies[name], variables: Object.fromEntries(variables) };
}

/** By the title that settings name it with. */
export function themeOfTitle(title: unknown): Theme {
  return names.find(name => themes[name] === title) ?? 'dark';
}

/** The view's own properties beside its colours of code. */
const own = Object.keys(
  appearanceProperties({ fontSizePx: 0, lineHeight: 0, lineWidth: 0, expandThinking: 'collapsed' }),
).map(name => name.slice(2));

/** In a view of the editor. What the view has set there by itself is not the editor's. */
export const readTheme = `({
  styles: document.querySelector('#_defaultStyles').textContent,
  body: {
    className: document.body.className,
    kind: document.body.dataset.vscodeThemeKind,
    id: document.body.dataset.vscodeThemeId,
  },
  variables: Object.fromEntries([...document.documentElement.style]
    .filter(name => name.startsWith('--') && !/^--(code-.*|${own.join('|')})$/.test(name))
    .map(name => [name, document.documentElement.style.getPropertyValue(name)])),
})`;
