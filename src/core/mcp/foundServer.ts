import type { CallStart } from '../../shared/ranCalls.ts';
import type { PinnedFiles } from '../process/pinnedFiles.ts';
import type { ServerEntry, ServerInput } from './serverConfig.ts';

/** A server of one of the configurations that count. */
export interface FoundServer extends ServerEntry {
  /** The same for as long as its configuration names it. */
  id: string;
  /** A workspace's are started once the user has said so. */
  origin: 'user' | 'workspace';
  /** The configuration, as it is shown. */
  source: string;
  /** The path of the folder that it is about: of the workspace's folder, or of the first. */
  folder: string | undefined;
  /** Those of its configuration. */
  inputs: readonly ServerInput[];
  /** Of a workspace's, as they were when it was found. */
  pinned?: PinnedFiles;
}

/** All that decides what is started or reached. Who agrees to a server has agreed to this. */
export function launchText({ launch, pinned }: FoundServer): string {
  return JSON.stringify(pinned === undefined || pinned.files.length === 0 ? launch : { launch, ...pinned });
}

/** What a call to it reaches, word for word as the configuration says. */
export function startOf({ launch, source }: FoundServer): CallStart {
  const words = launch.kind === 'http' ? [launch.url] : [launch.command, ...launch.args];
  return { kind: 'server', words, source };
}
