/** What was attached and stands in its file no longer as it was, or whose file is gone. */
export interface Outdated {
  /** The attachment's. */
  id: string;
  state: 'changed' | 'gone';
}
