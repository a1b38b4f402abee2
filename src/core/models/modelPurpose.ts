/** What a model is for. */
export type ModelPurpose = 'complex' | 'balanced' | 'fast';

/** What the endpoint's page says that the model's family is for; undefined of all others. */
export function purposeOf(modelId: string): ModelPurpose | undefined {
  if (/claude.*opus/i.test(modelId)) return 'complex';
  if (/claude.*sonnet/i.test(modelId)) return 'balanced';
  return /claude.*haiku/i.test(modelId) ? 'fast' : undefined;
}
