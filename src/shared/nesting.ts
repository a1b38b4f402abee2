/**
 * Levels of JSON that are taken: what is nested deeper than a stack can't be written again, so neither stored nor sent, and
 * SQLite reads no more than 1,000.
 */
const mostLevels = 500;

/** Whether parsed JSON is nested deeper than anything that is meant. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostLevels) return true;
    level = level.flatMap(one => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []));
  }
  return false;
}
