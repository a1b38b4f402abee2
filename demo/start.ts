/** `npm start`: the extension in a real editor, ready to be tried. `npm start -- --help` says what else there is. */
import { spawn } from 'node:child_process';
import { build } from '../harness/editor/build.ts';
import { startDesktopDemo } from './desktopDemo.ts';
import { Ending } from '../harness/editor/ending.ts';
import { PlainError } from '../harness/editor/plainError.ts';
import { startServedDemo } from './servedDemo.ts';
import { help, parseStartOptions, type StartOptions } from './startOptions.ts';
import { step } from './step.ts';
import type { Connection } from './connection.ts';
import { runTour } from './tour/tour.ts';

const ending = new Ending();
try {
  await start(parseStartOptions(process.argv.slice(2)));
} catch (error) {
  if (!ending.begun) console.error(error instanceof PlainError ? error.message : error);
  await ending.exit(1);
}

async function start(options: StartOptions): Promise<void> {
  if (options.what !== 'help') await step('Building the extension', build);
  switch (options.what) {
    case 'help':
      console.log(help);
      return ending.exit(0);
    case 'tour':
      await runTour(options, ending);
      return ending.exit(0);
    case 'desktop': {
      const { connection, closed } = await startDesktopDemo(options, ending);
      console.log(`\nMarginalia is open in VS Code.\n\n${whatToTry(connection)}`);
      await closed;
      return ending.exit(0);
    }
    case 'served': {
      const { server, url, connection } = await startServedDemo(options, ending);
      console.log(`\n  Open this in your browser:  ${url}\n\n${whatToTry(connection)}`);
      if (options.open) openBrowser(url);
      await server.ended;
      if (!ending.begun) throw new PlainError('The editor has ended by itself.');
    }
  }
}

function whatToTry({ endpoint }: Connection): string {
  const place = endpoint
    ? `The demo endpoint is ${endpoint.baseUrl}; it takes any key that does not contain “invalid”.\n`
    : 'Set the key with “Marginalia: Set API Key…” (F1), and the address in the settings, unless they came with the environment.\n';
  return `Try this:
  - Write a message in the chat on the right: “Compare debounce and throttle in a table, with an example”, “Write 20 long paragraphs”. Stop it.
  - Select some lines, right-click, Marginalia › Explain Selection.
  - Press F1 and choose Marginalia: Review File, or Review Changes; then look at the comments and at Problems.
  - Choose Act below the message, and write “Fix the discount until its test passes”: you are asked before a file changes or a
    command runs. Then point at your message, and take it all back with Restore….
  - Reload the page: the conversation is still there.

${place}Ctrl+C ends everything.
`;
}

function openBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.once('error', () => console.log('No browser can be opened from here; open the address yourself.'));
  child.unref();
}
