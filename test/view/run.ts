import { runInBrowser } from '../support/browserRun.ts';

await runInBrowser('view', process.argv.slice(2));
