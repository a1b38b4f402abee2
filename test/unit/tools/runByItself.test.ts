import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRunByItself } from '../../../src/core/tools/runByItself.ts';

test('settings that programs run from are known by their paths, in any folder and case, and on Windows', () => {
  for (const path of [
    '.vscode/settings.json',
    '.VSCode/tasks.json',
    'packages/a/.vscode/launch.json',
    'C:\\code\\.git\\hooks\\pre-commit',
    '/home/me/app/.git',
    '.husky/pre-push',
    '.devcontainer/devcontainer.json',
    'a/.envrc',
    '.mcp.json',
    'all.code-workspace',
    '.marginalia/tools/lookup.json',
  ]) {
    assert.ok(isRunByItself(path), path);
  }
});

test('so is what decides what a command such as npm test, make or a pipeline runs', () => {
  for (const path of [
    'package.json',
    'packages/a/package.json',
    '.npmrc',
    '.github/workflows/ci.yml',
    'Makefile',
    'scripts/build.sh',
    'run.ps1',
    'vite.config.ts',
    '.eslintrc.cjs',
    'pyproject.toml',
    'tests/conftest.py',
    'Cargo.toml',
    'app/build.gradle.kts',
    'Dockerfile',
    '.cargo/config.toml',
  ]) {
    assert.ok(isRunByItself(path), path);
  }
});

test('files of the project’s own are not', () => {
  for (const path of [
    'src/main.ts',
    '.gitignore',
    'src/package.ts',
    'docs/makefile.md',
    'package-lock.json',
    'src/config.ts',
    'vscode/settings.json',
    'a.vscode/b',
    'x.envrc',
    '.marginalia/prompts/plan.md',
  ]) {
    assert.ok(!isRunByItself(path), path);
  }
});
