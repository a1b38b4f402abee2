import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../harness/editor/project.ts';

const typings = readFileSync(join(projectRoot, 'node_modules/@types/vscode/index.d.ts'), 'utf8');

/** What the editor's API has at its top, by its typings. */
export const namesOfApi: readonly string[] = [
  ...typings.matchAll(/^\s*export (?:abstract )?(?:class|enum|namespace) (\w+)/gm),
].map(([, name = '']) => name);

/** Its enumerations with their values. */
export const enumsOfApi: Record<string, Record<string, number>> = Object.fromEntries(
  [...typings.matchAll(/^\s*export enum (\w+) \{(.*?)^\t\}/gms)].map(([, name = '', body = '']) => {
    let next = 0;
    const members = [...body.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/(\w+)(?:\s*=\s*(-?\d+))?\s*(?:,|$)/gm)];
    return [
      name,
      Object.fromEntries(
        members.map(([, member = '', value]) => {
          const number = value === undefined ? next : Number(value);
          next = number + 1;
          return [member, number];
        }),
      ),
    ];
  }),
);
