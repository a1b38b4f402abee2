import type { Find } from './clearance.ts';
import type { Found, Wanted } from './found.ts';

/** Characters of all texts that are remembered. */
const most = 8_000_000;

/** The same search, which looks at a text once: of a request, only what is new in it is searched. */
export function rememberingFind(find: Find): Find {
  const known = new Map<string, { wanted: Wanted; found: readonly Found[] }>();
  let held = 0;
  return async (text, wanted) => {
    const before = known.get(text);
    if (before && before.wanted.secrets === wanted.secrets && before.wanted.personal === wanted.personal) {
      // The last to go.
      known.delete(text);
      known.set(text, before);
      return before.found;
    }
    const found = await find(text, wanted);
    if (!known.has(text)) held += text.length;
    known.set(text, { wanted, found });
    for (const oldest of known.keys()) {
      if (held <= most) break;
      known.delete(oldest);
      held -= oldest.length;
    }
    return found;
  };
}
