/**
 * Loaded into the editor's server before anything else. The process that started it holds the other end of its
 * standard input; when that closes – also where the starter was killed and could not clean up – the whole process
 * group of the server ends: extension host, terminals, watchers.
 */
process.stdin.resume();
process.stdin.once('close', () => {
  process.kill(-process.pid, 'SIGKILL');
});
process.stdin.unref();
// The server's own children are started with the same flags unless these are forgotten.
process.execArgv.length = 0;
