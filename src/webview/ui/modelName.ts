/** A model id without the date of its release: `claude-sonnet-4-5-20250929-thinking` → `claude-sonnet-4-5-thinking`. */
export function shortModelName(model: string): string {
  return model.replace(/[-@]\d{8}(?=$|[-:])/, '');
}
