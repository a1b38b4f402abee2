import { defineConfig } from '@playwright/test';
import { resultsFolder } from '../../harness/editor/project.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  // Two windows keep two cores busy; more would only make each other slow.
  workers: 2,
  fullyParallel: true,
  // A journey sets its own once its window is there.
  timeout: 300_000,
  reporter: '../support/browserReporter.ts',
  outputDir: `${resultsFolder}/journeys/.last`,
});
