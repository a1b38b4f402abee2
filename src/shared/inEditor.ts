/** What the editor shows that could go along with a message: the selected lines, else the whole file. */
export interface InEditor {
  subject: 'selection' | 'file';
  /** The file's, with the lines of a selection: as it would be named beside the message. */
  name: string;
  /** The file's path in the workspace. */
  path: string;
  /** An estimate. */
  tokens: number;
}
