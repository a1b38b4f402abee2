/** How a server is reached, as it is written: variables such as `${workspaceFolder}` are not filled in. */
export type ServerLaunch =
  | {
      kind: 'stdio';
      command: string;
      args: string[];
      /** Null takes a variable away. */
      env: Record<string, string | null>;
      /** Path of a file with more of them. */
      envFile?: string;
      cwd?: string;
    }
  | { kind: 'http'; url: string; headers: Record<string, string> };

/** A server of a configuration. */
export interface ServerEntry {
  /** As the configuration names it. */
  name: string;
  launch: ServerLaunch;
}

/** What is asked for when a server starts that refers to it as `${input:id}`. */
export interface ServerInput {
  id: string;
  description: string;
  isPassword: boolean;
  preset: string;
  /** Absent: any text. */
  options?: string[];
}

/** What is wrong in a configuration. `path` leads to it, such as `servers.docs.args`; empty for the whole. */
export interface ConfigProblem {
  path: string;
  kind:
    'notJson' | 'notObject' | 'notText' | 'notTexts' | 'notList' | 'noLaunch' | 'twoLaunches' | 'badType' | 'badUrl';
}

/** What of a configuration can be used, beside what is wrong with the rest. */
export interface ServerConfig {
  servers: ServerEntry[];
  inputs: ServerInput[];
  problems: ConfigProblem[];
}
