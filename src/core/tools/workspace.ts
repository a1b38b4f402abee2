import type { Caution } from '../../shared/ranCalls.ts';

/** A place in the workspace that a model has named. */
export interface ToolPlace {
  /** As the workspace shows it, relative and with `/` between the parts; `.` is the whole. */
  path: string;
  kind: 'file' | 'folder' | 'nothing';
  /** What its name or the rules of the project say against it. */
  cautions: Caution[];
  /** Whether programs may run once it is changed; see isRunByItself. */
  runs: boolean;
  /** What would allow changes of it from now on; see EditRules. Absent where no rule may. */
  rule?: string;
  /** A rule of the user's allows changes of it. */
  isAllowed?: boolean;
}

/** The workspace as tools see it: confined by real path, and with what the editor shows where that is not saved yet. */
export interface ToolWorkspace {
  /** Rejects with a ToolError where the path leads out of the workspace, by its name or over links. */
  locate: (path: string) => Promise<ToolPlace>;
  /** With `\n` for every line end. Rejects with a ToolError where it is no text. */
  read: (place: ToolPlace) => Promise<string>;
  /** The bytes of a file that is an image by what it holds, whatever it is called; undefined for any other. */
  image: (place: ToolPlace) => Promise<Uint8Array | undefined>;
  /** The files below a folder, relative to it, without those that are ignored. */
  list: (place: ToolPlace) => Promise<string[]>;
  /**
   * Gives a file this text, where it still says `before` (undefined: where there is none), as one step to undo. Line ends
   * and encoding stay the file's. Rejects with a ToolError where that can't be.
   */
  write: (place: ToolPlace, before: string | undefined, after: string) => Promise<void>;
  /** Makes a rule of the user's that allows changes; see ToolPlace.rule. */
  allowAlways?: (rule: string) => Promise<void>;
  /**
   * Runs what may change any file without `write`, such as a program, so that what it changes can be brought back. Resolves
   * and rejects as `run` does; where what is there could not be kept, rejects with a ToolError and runs nothing. Absent:
   * nothing is kept.
   */
  aroundProgram?: <Result>(run: () => Promise<Result>) => Promise<Result>;
}

const nowhere = (): Promise<never> => Promise.reject(new ToolError('Error: There is no workspace.'));

/** Where there is none. */
export const noWorkspace: ToolWorkspace = {
  locate: nowhere,
  read: nowhere,
  image: nowhere,
  list: nowhere,
  write: nowhere,
};

/** A failure that is told to the model in these words. */
export class ToolError extends Error {}
