/**
 * `npm test`: every check there is, side by side where a processor would be idle. A failing one does not keep the next
 * from running. Ends with one line that counts all of them, `N passed, N failed`, and with exit code 1 where something
 * has failed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { Ending } from '../harness/editor/ending.ts';

interface Step {
  title: string;
  /** A script of package.json, or a program of ours. */
  run: { script: string } | { program: string; args?: string[] };
  /** Whether to show the output as it comes: for what takes long. The output of a failing step is shown anyway. */
  live?: boolean;
}

interface Outcome {
  title: string;
  passed: number;
  failed: number;
  /** The line that names what failed once and then passed. */
  unsteady: string | undefined;
  /** The line that says why something could not be checked at all. */
  unchecked: string | undefined;
  seconds: number;
}

/** Steps of one line run at the same time. */
const plan: Step[][] = [
  [
    { title: 'Lint', run: { script: 'lint' } },
    { title: 'Types', run: { script: 'typecheck' } },
    { title: 'Build', run: { script: 'build:tests' } },
  ],
  [
    { title: 'Unit tests', run: { script: 'test:unit' } },
    { title: 'Audit of what is bundled', run: { program: 'test/audit.ts' } },
  ],
  [{ title: 'Tests of the view', run: { program: 'test/view/run.ts' }, live: true }],
  // Each of them keeps one processor busy.
  [
    { title: 'Tests inside the extension host', run: inside('present') },
    { title: 'Tests inside the oldest editor', run: inside('oldest') },
  ],
  [{ title: 'Journeys through the editor', run: { program: 'test/journeys/run.ts' }, live: true }],
];

const ending = new Ending(130);
const outcomes: Outcome[] = [];
for (const steps of plan) outcomes.push(...(await Promise.all(steps.map(runStep))));
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log('\n== Summary');
for (const outcome of outcomes) console.log(line(outcome));
for (const { unsteady, unchecked } of outcomes) {
  for (const remark of [unsteady, unchecked]) if (remark !== undefined) console.log(remark);
}
console.log(`\n${passed} passed, ${failed} failed`);
await ending.exit(failed === 0 ? 0 : 1);

function inside(editor: string): Step['run'] {
  return { program: 'test/integration/served.ts', args: [editor] };
}

async function runStep(step: Step): Promise<Outcome> {
  if (step.live) console.log(`\n== ${step.title}`);
  const startedAt = performance.now();
  const { code, output } = await runToEnd(step);
  const outcome = {
    title: step.title,
    ...count(output, code),
    unsteady: /^\d+ unsteady: .*$/m.exec(output)?.[0],
    unchecked: /^Not audited: .*$/m.exec(output)?.[0],
    seconds: (performance.now() - startedAt) / 1000,
  };
  if (!step.live) console.log(`\n== ${step.title}${outcome.failed > 0 ? `\n${theFailures(output)}` : ''}`);
  console.log(line(outcome));
  return outcome;
}

function runToEnd({ run, live }: Step): Promise<{ code: number; output: string }> {
  // A process group of its own, to be ended as a whole: in between are npm and a shell, which pass nothing on.
  const command: [string, string[]] =
    'program' in run ? [process.execPath, [run.program, ...(run.args ?? [])]] : npm('run', '--silent', run.script);
  const child = spawn(...command, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  ending.add(() => endGroup(child));
  let output = '';
  const take = (chunk: string): void => {
    output += chunk;
    if (live) process.stdout.write(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code: code ?? 1, output }));
  });
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGTERM');
}

/** The npm that runs us, on our Node; any other one where this was not started by npm. */
function npm(...args: string[]): [command: string, args: string[]] {
  const script = process.env['npm_execpath'];
  if (script !== undefined && basename(script) === 'npm-cli.js') return [process.execPath, [script, ...args]];
  return ['npm', args];
}

/** The tests that a step reports, or the step itself as one check. A step that died counts as one more failure. */
function count(output: string, code: number): { passed: number; failed: number } {
  const ours = output.match(/^(\d+) passed, (\d+) failed$/m);
  if (ours) return died(Number(ours[1]), Number(ours[2]), code);
  const sum = (word: string): number => Number(output.match(new RegExp(`^ℹ ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  if (/^ℹ tests \d+$/m.test(output)) return died(sum('pass'), sum('fail') + sum('cancelled'), code);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function died(passed: number, failed: number, code: number): { passed: number; failed: number } {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** Node's reporter repeats the failing tests at the end; what is before that is the passing ones. */
function theFailures(output: string): string {
  const at = output.lastIndexOf('\n✖ failing tests:');
  return (at === -1 ? output : output.slice(at)).trim();
}

function line({ title, passed, failed, unsteady, unchecked, seconds }: Outcome): string {
  const mark = failed > 0 ? '✖' : unsteady === undefined && unchecked === undefined ? '✔' : '≈';
  return `${mark} ${title}: ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s`;
}
