import type { FoundKind } from '../../shared/clearance.ts';
import { isStandIn } from './looksRandom.ts';

/** How secrets of one kind look, for those that secretlint does not know. */
interface Form {
  kind: FoundKind;
  anchor: string;
  /**
   * Sticky, from the anchor on. Its first group, where it has one, is the secret. What it repeats is bounded and lacks the
   * anchor, so that no character is read more than a few times.
   */
  pattern: RegExp;
}

/** The anchors are told from words by what stands before them, except for the `://` of an address. */
export const forms: readonly Form[] = [
  {
    kind: 'token',
    anchor: 'eyJ',
    pattern: /eyJ[\w-]{10,4096}\.eyJ[\w-]{10,8192}\.[\w-]{16,2048}/y,
  },
  { kind: 'token', anchor: 'AIza', pattern: /AIza[\w-]{35}(?![\w-])/y },
  { kind: 'token', anchor: 'ya29.', pattern: /ya29\.[\w-]{20,1024}/y },
  { kind: 'token', anchor: 'GOCSPX-', pattern: /GOCSPX-[\w-]{20,64}/y },
  {
    kind: 'password',
    anchor: '://',
    pattern: /:\/\/[^\s:@/?#"'`<>\\]{0,256}:([^\s@/"'`<>\\]{3,256})@[\w[]/y,
  },
];

/** The secret of this form that begins with its anchor at `at`, if one does. */
export function secretAt(text: string, at: number, form: Form): { start: number; end: number } | undefined {
  if (form.anchor !== '://' && at > 0 && /[\w-]/.test(text.charAt(at - 1))) return undefined;
  form.pattern.lastIndex = at;
  const match = form.pattern.exec(text);
  if (!match) return undefined;
  const [whole, part] = match;
  if (part === undefined) return { start: at, end: at + whole.length };
  if (isStandIn(part)) return undefined;
  // The pattern ends with the `@` and one character of the host.
  const end = at + whole.length - 2;
  return { start: end - part.length, end };
}
