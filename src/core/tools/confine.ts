import type { RealPlace } from '../context/realPlace.ts';
import { type FolderPlace, placesInWorkspace, type WorkspaceFolderPath } from '../context/workspacePath.ts';
import { ToolError } from './workspace.ts';

/** A place within a folder of the workspace, by its name and really. `path` is empty for the folder itself. */
export interface ConfinedPlace extends FolderPlace {
  /** Every link on its way followed. */
  realPath: string;
}

const outside =
  'Error: The path leads out of the workspace. Use paths relative to it, such as `src/main.ts`; `.` is its root.';

/** Stands behind a path, so that the path itself may be that of a folder, or the root. */
const mark = '.inside';

/**
 * Where a path that a model has named may be, the likeliest first. `follow` says what a place really is. Rejects where
 * it leads out by its name, or where one of the places does over a link.
 */
export async function confine(
  path: string,
  folders: readonly WorkspaceFolderPath[],
  follow: (place: FolderPlace) => Promise<RealPlace>,
): Promise<ConfinedPlace[]> {
  if (folders.length === 0) throw new ToolError('Error: No folder is open in the editor.');
  const named = placesInWorkspace(`${path.trim() || '.'}/${mark}`, folders).map(place => ({
    ...place,
    path: place.path.slice(0, -mark.length).replace(/\/$/, ''),
  }));
  const places = await Promise.all(named.map(async place => ({ place, real: await follow(place) })));
  if (places.length === 0 || places.some(({ real }) => real.isOutside)) throw new ToolError(outside);
  return places.map(({ place, real }) => ({ ...place, realPath: real.path }));
}
