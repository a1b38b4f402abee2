/** Runs the suite inside the extension host of a served editor, in a browser without a window. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../harness/editor/browser.ts';
import { ensureEditor } from '../../harness/editor/install.ts';
import { fail } from '../../harness/editor/plainError.ts';
import { projectRoot, resultsFolder } from '../../harness/editor/project.ts';
import { startEditor } from '../../harness/editor/server.ts';
import { cleanSettings } from '../../harness/editor/settings.ts';
import { startDemoEndpoint } from '../../harness/endpoint/server.ts';
import { makeWorkspace } from '../../harness/editor/makeWorkspace.ts';

const timeoutMs = 180_000;

async function main(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'marginalia-integration-'));
  const workspace = join(folder, 'workspace');
  await makeWorkspace(workspace);
  const endpoint = await startDemoEndpoint();
  const editor = await startEditor({
    editor: await ensureEditor(console.log),
    profile: join(folder, 'profile'),
    settings: { ...cleanSettings, 'marginalia.baseUrl': endpoint.baseUrl },
    env: { MARGINALIA_API_KEY: 'demo-environment-key', MARGINALIA_TEST_ENDPOINT: endpoint.baseUrl },
  });
  const browser = await launchBrowser(console.log);
  try {
    const page = await browser.newPage();
    const ended = Promise.withResolvers<number>();
    const timer = setTimeout(
      () => ended.reject(new Error(`The suite did not end within ${timeoutMs / 1000} s.`)),
      timeoutMs,
    );
    const output: string[] = [];
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      const text = args.map(String).join(' ');
      const suiteLine = /\[suite\] (.*)/.exec(text)?.[1];
      if (suiteLine === undefined) output.push(`[${type}] ${text}`);
      else console.log(suiteLine);
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));
    await page.goto(
      editor.url({ folder: workspace, extensionPath: projectRoot, tests: join(projectRoot, 'dist/test/index.cjs') }),
    );
    const code = await ended.promise.catch((error: unknown) => {
      console.error(String(error));
      return 1;
    });
    clearTimeout(timer);
    if (code !== 0) {
      const results = join(resultsFolder, 'integration');
      await mkdir(results, { recursive: true });
      await page.screenshot({ path: join(results, 'screen.png') });
      await writeFile(join(results, 'console.log'), output.join('\n'));
      await writeFile(join(results, 'server.log'), await readFile(editor.logFile, 'utf8'));
      console.error(`A screenshot and the logs are in ${results}.`);
    }
    return code;
  } finally {
    await browser.close();
    await editor.close();
    await endpoint.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  fail(error);
}
