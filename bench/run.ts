/** Runs the benchmarks that its arguments name, or all: `npm run bench -- client [--quick]`. */
const benchmarks: Record<string, () => Promise<{ run: (options: { quick: boolean }) => Promise<void> }>> = {
  client: () => import('./client/run.ts'),
};

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const names = words.filter(word => !word.startsWith('--'));
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const load = benchmarks[name];
  if (!load) throw new Error(`No benchmark is called ${name}; there are: ${Object.keys(benchmarks).join(', ')}`);
  await (await load()).run({ quick });
}

// Without an import or export this would be a script, where nothing can be awaited.
export {};
