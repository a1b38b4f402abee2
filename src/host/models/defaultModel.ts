import type { KnownList } from '../../core/endpoint/modelCatalog.ts';
import { canonicalId } from '../../core/models/modelRules.ts';

/** The balanced model of the endpoint's page: what is asked where the user has chosen none. */
export const defaultModel = 'claude-sonnet-4-5-20250929';

/** Whether an endpoint lists models, and the default is none of them. */
export function lacksDefault(list: KnownList | undefined): boolean {
  if (!list || list.models.length === 0) return false;
  return list.models.every(({ id }) => canonicalId(id) !== canonicalId(defaultModel));
}
