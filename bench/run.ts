/**
 * Runs the benchmarks that its arguments name, or all: `npm run bench -- client view [--quick]`. `--only=a,b` runs the
 * parts of these names alone; `--rounds=3` says how often the view is measured.
 */
interface Options {
  /** Fewer rounds. */
  quick: boolean;
  /** Parts of a benchmark that has several. */
  only: readonly string[];
  rounds: number | undefined;
}

const benchmarks: Record<string, () => Promise<{ run: (options: Options) => Promise<void> }>> = {
  checkpoints: () => import('./checkpoints/run.ts'),
  client: () => import('./client/run.ts'),
  conversations: () => import('./conversations/run.ts'),
  filter: () => import('./filter/run.ts'),
  hostile: () => import('./hostile/run.ts'),
  long: () => import('./long/run.ts'),
  rounds: () => import('./rounds/run.ts'),
  shell: () => import('./shell/run.ts'),
  startup: () => import('./startup/run.ts'),
  view: () => import('./view/run.ts'),
};

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const only = words.flatMap(word => (word.startsWith('--only=') ? word.slice('--only='.length).split(',') : []));
const rounds = words
  .flatMap(word => (word.startsWith('--rounds=') ? Number(word.slice('--rounds='.length)) : []))
  .at(0);
const names = words.filter(word => !word.startsWith('--'));
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const load = benchmarks[name];
  if (!load) throw new Error(`No benchmark is called ${name}; there are: ${Object.keys(benchmarks).join(', ')}`);
  await (await load()).run({ quick, only, rounds });
}

// Without an import or export this would be a script, where nothing can be awaited.
export {};
