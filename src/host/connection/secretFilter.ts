import type { FilterModes, FilterPorts } from '../../core/filter/clearance.ts';
import { rememberingFind } from '../../core/filter/memo.ts';

export interface SecretFilter extends FilterPorts {
  /** Does what the first request would wait for; what fails here fails again, and is told, at that request. */
  warmUp: () => Promise<void>;
}

/** Looks for secrets in what goes out, as `modes` says. Its rules are loaded with the first text that is searched. */
export function createSecretFilter(modes: () => FilterModes): SecretFilter {
  const find = rememberingFind(async (text, wanted) => {
    // A bundle of its own beside extension.cjs; see esbuild.mjs.
    const { findSecrets } = await import('./filter.cjs');
    return findSecrets(text, wanted);
  });
  const warmUp = async (): Promise<void> => {
    const { secrets, personal } = modes();
    if (secrets === 'off' && personal === 'off') return;
    await import('./filter.cjs').catch(() => undefined);
  };
  return { find, modes, warmUp };
}
