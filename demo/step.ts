/** Says what is being done, and how long it took. */
export async function step<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  console.log(`${what} …`);
  const startedAt = performance.now();
  const result = await run();
  console.log(`  done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return result;
}
