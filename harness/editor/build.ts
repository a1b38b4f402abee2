import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PlainError } from './plainError.ts';
import { projectRoot } from './project.ts';

/** Builds the extension into dist/. */
export async function build(...flags: string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['esbuild.mjs', ...flags], { cwd: projectRoot });
  } catch (error) {
    const output = (error as { stderr?: string }).stderr;
    throw new PlainError(`The extension does not build:\n${output ?? String(error)}`);
  }
}
