/** Run as a program of its own by packagedChromium.ts, because the package unpacks into the process's TMPDIR. */
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
