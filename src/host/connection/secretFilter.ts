import type { FilterModes, FilterPorts } from '../../core/filter/clearance.ts';
import { rememberingFind } from '../../core/filter/memo.ts';

/** Looks for secrets in what goes out, as `modes` says. Its rules are loaded with the first text that is searched. */
export function createSecretFilter(modes: () => FilterModes): FilterPorts {
  const find = rememberingFind(async (text, wanted) => {
    // A bundle of its own beside extension.cjs; see esbuild.mjs.
    const { findSecrets } = await import('./filter.cjs');
    return findSecrets(text, wanted);
  });
  return { find, modes };
}
