import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, without a slash at its end. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What is fetched or unpacked once and used again; ignored by git. */
export const cacheFolder = `${projectRoot}/.vscode-test`;

/** What a run leaves behind to be looked at; ignored by git. */
export const resultsFolder = `${projectRoot}/test-results`;
