/**
 * Whether a group that repeats without end holds another repetition or a choice, or anything may stand between three
 * places: such a pattern can take hours for one line, and nothing can interrupt it. Some harmless ones are refused too.
 */
export function mayNeverEnd(source: string): boolean {
  const plain = source.replace(/\\./gs, '_').replace(/\[[^\]]*\]/g, '_');
  if ((plain.match(/\.(?:[*+]|\{\d*,)/g) ?? []).length > 2) return true;
  const groups: { repeats: boolean }[] = [{ repeats: false }];
  for (const { 0: token } of plain.matchAll(/\)(?:[*+]|\{\d*,\d*\})|[()]|[*+|]|\{\d*,/g)) {
    if (token === '(') {
      groups.push({ repeats: false });
      continue;
    }
    const group = groups.at(-1);
    const outer = groups.at(-2);
    if (!token.startsWith(')')) {
      if (group) group.repeats = true;
      continue;
    }
    const isRepeated = token.length > 1;
    if (isRepeated && group?.repeats) return true;
    if (outer && (isRepeated || group?.repeats)) outer.repeats = true;
    if (outer) groups.pop();
  }
  return false;
}
