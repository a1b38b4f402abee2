import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { ConversationBrowsers } from '../../core/browser/conversationBrowsers.ts';
import { displaySize } from '../../core/tools/computer.ts';
import { readBrowserSettings } from '../config.ts';

/** The user's own Chrome, Edge or Chromium, each with a profile of its own. */
export const browsers = new ConversationBrowsers(async () => {
  // A bundle of its own beside extension.cjs; see esbuild.mjs.
  const { launchBrowser } = await import('./browser.cjs');
  const { path, isHeadless } = readBrowserSettings();
  return launchBrowser({ path: await findBrowser(path), isHeadless, size: displaySize });
});

/** `named`: what the user has set; empty where nothing is set. */
async function findBrowser(named: string): Promise<string> {
  const { BrowserError, browserPlaces } = await import('./browser.cjs');
  if (named !== '') {
    if (isAbsolute(named) && (await isProgram(named))) return named;
    throw new BrowserError('The setting marginalia.browser.path names no program. The user can mend it.');
  }
  for (const place of browserPlaces(process.platform, process.env)) if (await isProgram(place)) return place;
  throw new BrowserError(
    'No Chrome, Edge or Chromium was found on this machine. The user can name one in the setting marginalia.browser.path.',
  );
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
