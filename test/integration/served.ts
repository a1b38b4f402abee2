/**
 * Runs the suite inside the extension host of a served editor, in a browser without a window: of the `present` editor,
 * in which everything else is tested, and of the `oldest` that the manifest allows, or of the one that is named.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../harness/editor/browser.ts';
import { ensureEditor } from '../../harness/editor/install.ts';
import { fail, PlainError } from '../../harness/editor/plainError.ts';
import { projectRoot, resultsFolder } from '../../harness/editor/project.ts';
import { startEditor } from '../../harness/editor/server.ts';
import { cleanSettings, unasked } from '../../harness/editor/settings.ts';
import { startDemoEndpoint } from '../../harness/endpoint/server.ts';
import { makeWorkspace } from '../../harness/editor/makeWorkspace.ts';

const timeoutMs = 180_000;
/** The folders whose package.json and lock name an editor other than the present one. */
const pins = { present: undefined, oldest: new URL('oldest/', import.meta.url) };

async function runIn(pin: URL | undefined): Promise<number> {
  const install = await ensureEditor(console.log, pin);
  const folder = await mkdtemp(join(tmpdir(), 'marginalia-integration-'));
  const workspace = join(folder, 'workspace');
  await makeWorkspace(workspace);
  const endpoint = await startDemoEndpoint();
  const editor = await startEditor({
    editor: install,
    profile: join(folder, 'profile'),
    // In a browser the editor would save after a second, and a slow suite would have nothing left to revert.
    settings: { ...cleanSettings, 'files.autoSave': 'off', 'marginalia.baseUrl': endpoint.baseUrl, ...unasked },
    env: {
      MARGINALIA_API_KEY: 'demo-environment-key',
      MARGINALIA_TEST_ENDPOINT: endpoint.baseUrl,
      MARGINALIA_TEST_EDITOR: install.version,
    },
  });
  const browser = await launchBrowser(console.log);
  try {
    const page = await browser.newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
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
      const results = join(resultsFolder, 'integration', install.version);
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

function pinOf(name: string): URL | undefined {
  if (name === 'present' || name === 'oldest') return pins[name];
  throw new PlainError(`There is no editor “${name}”, only present and oldest.`);
}

try {
  const named = process.argv.slice(2);
  const chosen = named.length > 0 ? named.map(pinOf) : Object.values(pins);
  for (const pin of chosen) process.exitCode = (await runIn(pin)) || process.exitCode || 0;
} catch (error) {
  fail(error);
}
