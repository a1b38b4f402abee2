/**
 * Runs the suite inside a desktop VS Code: the one that VSCODE_PATH names, or one that is downloaded. Needs a display
 * and, for the download, the internet.
 */
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { fail } from '../../harness/editor/plainError.ts';
import { projectRoot } from '../../harness/editor/project.ts';
import { cleanSettings, unasked } from '../../harness/editor/settings.ts';
import { startDemoEndpoint } from '../../harness/endpoint/server.ts';
import { makeWorkspace } from '../../harness/editor/makeWorkspace.ts';

const folder = await mkdtemp(join(tmpdir(), 'marginalia-desktop-'));
const endpoint = await startDemoEndpoint();
try {
  const workspace = join(folder, 'workspace');
  const profile = join(folder, 'profile');
  await makeWorkspace(workspace);
  await mkdir(join(profile, 'User'), { recursive: true });
  const settings = { ...cleanSettings, 'marginalia.baseUrl': endpoint.baseUrl, ...unasked };
  await writeFile(join(profile, 'User/settings.json'), JSON.stringify(settings));
  const installed = process.env['VSCODE_PATH'];
  process.exitCode = await runTests({
    ...(installed && { vscodeExecutablePath: installed }),
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: join(projectRoot, 'dist/test/index.cjs'),
    extensionTestsEnv: { MARGINALIA_API_KEY: 'demo-environment-key', MARGINALIA_TEST_ENDPOINT: endpoint.baseUrl },
    launchArgs: [workspace, `--user-data-dir=${profile}`, '--password-store=basic'],
  });
} catch (error) {
  fail(error);
} finally {
  await endpoint.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
