/**
 * Asks the registry for known flaws in the packages that are bundled into `dist`, in the versions of the lock file. A
 * flaw fails. A registry that can't be asked does not: it would turn every run without a network red, for no fault in
 * what is tested. It is said in the summary of `npm test` instead.
 */
import { execFile } from 'node:child_process';
import { findNpm } from '../harness/editor/npm.ts';
import { projectRoot } from '../harness/editor/project.ts';
import { readAuditReport } from '../scripts/auditReport.ts';
import { bundledPackages } from '../scripts/bundledPackages.ts';

/** Once, and not for long: npm's own patience is over a minute. */
const impatience = ['--fetch-retries=0', '--fetch-timeout=20000'];

const audit = readAuditReport(await npmAudit(), bundledPackages('dist'));
if ('notAudited' in audit) {
  console.log(`Not audited: ${audit.notAudited}\n0 passed, 0 failed`);
} else {
  for (const flaw of audit.flaws) console.log(flaw);
  console.log(audit.flaws.length === 0 ? '1 passed, 0 failed' : `0 passed, ${audit.flaws.length} failed`);
  process.exitCode = audit.flaws.length === 0 ? 0 : 1;
}

/** Fails with an exit code where it found something anywhere, so that what it prints is all that counts. */
function npmAudit(): Promise<string> {
  const { command, prefix } = findNpm();
  const args = [...prefix, 'audit', '--json', '--package-lock-only', ...impatience];
  const options = { cwd: projectRoot, maxBuffer: 64 * 1024 * 1024 };
  return new Promise(resolve => execFile(command, args, options, (_, stdout) => resolve(stdout)));
}
