import { defineConfig } from '@playwright/test';
import { resultsFolder } from '../../harness/editor/project.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  workers: 2,
  fullyParallel: true,
  reporter: '../support/browserReporter.ts',
  outputDir: `${resultsFolder}/view/.last`,
});
