/**
 * The Content-Security-Policy of a page of ours: forbids everything but what `allowed` names. `base-uri` and
 * `form-action` do not follow from `default-src`: without them markup that got in could say what our relative addresses
 * mean, and where a form is sent.
 */
export function contentPolicy(...allowed: readonly string[]): string {
  return ["default-src 'none'", ...allowed, "base-uri 'none'", "form-action 'none'"].join('; ');
}
