import type * as vscode from 'vscode';
import { looksSensitive } from '../../core/context/sensitive.ts';
import { displayPath } from '../workspace/excerpts.ts';
import { realPlaceOf } from '../workspace/realPlaces.ts';
import type { Reading } from './reading.ts';

/** Adds to what was read what its name hides: that it lies outside of the workspace, or is a file of secrets. */
export async function unmasked(uri: vscode.Uri, reading: Reading): Promise<Reading> {
  if (!reading || 'refusal' in reading) return reading;
  const { path, isOutside } = await realPlaceOf(uri);
  if (isOutside) return { ...reading, outside: `${displayPath(uri)} → ${path}` };
  if ('image' in reading || reading.sensitive.length > 0 || !namesSecrets(path)) return reading;
  return { ...reading, sensitive: [displayPath(uri)] };
}

/** Of a real path, which begins outside of the workspace: by its name and the folder it lies in. */
export function namesSecrets(realPath: string): boolean {
  return looksSensitive(realPath.split(/[\\/]/).slice(-2).join('/'));
}
