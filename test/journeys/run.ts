import { ensureEditor } from '../../harness/editor/install.ts';
import { runInBrowser } from '../support/browserRun.ts';

// Here, so that not two processes do it at the same time.
await ensureEditor(line => console.log(line));
await runInBrowser('journeys', process.argv.slice(2));
