/** Where a key may be from: what the first card asks before it asks for the key. */
export const keyPlaces = ['anthropic', 'relay', 'another'] as const;
export type KeyPlace = (typeof keyPlaces)[number];
