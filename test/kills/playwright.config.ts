import { defineConfig } from '@playwright/test';
import { resultsFolder } from '../../harness/editor/project.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  workers: 1,
  timeout: 1_800_000,
  reporter: 'list',
  outputDir: `${resultsFolder}/kills`,
});
