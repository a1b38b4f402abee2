/** A folder of the workspace that has files with rules for its project. */
export interface RulesOfFolder {
  /** The folder's address: what its choice is remembered by. */
  folder: string;
  /** Its files' paths in the workspace. */
  files: string[];
  /** Whether they go along with every message. */
  isOn: boolean;
}
