/** Why git has not given what it was asked for. `detail` is what it said itself. */
export type GitProblem = 'tooMuch' | 'tookTooLong' | 'cancelled' | 'failed';

export class GitError extends Error {
  readonly problem: GitProblem;
  readonly detail: string;

  constructor(problem: GitProblem, detail: string) {
    super(`git: ${problem}${detail === '' ? '' : `: ${detail}`}`);
    this.problem = problem;
    this.detail = detail;
  }
}

/** Runs git in a folder with these arguments, and gives what it prints. */
export type RunGit = (folder: string, args: readonly string[], input?: string) => Promise<Buffer>;

export interface GitLimits {
  /** Ends what runs. */
  signal?: AbortSignal;
  /** For all runs together. */
  timeoutMs: number;
  /** Of one run. */
  mostBytes: number;
}

/** `program` is git's own path, which is started without a shell. */
export function gitRunner(program: string, { signal, timeoutMs, mostBytes }: GitLimits): RunGit {
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
  return async (folder, args, input = '') => {
    // Only here: loading it takes as long as most of the host.
    const { execFile } = await import('node:child_process');
    const options = {
      cwd: folder,
      env: environment(),
      encoding: 'buffer',
      maxBuffer: mostBytes,
      windowsHide: true,
    } as const;
    return new Promise((resolve, reject) => {
      const running = execFile(program, args, { ...options, signal: either }, (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else if (signal?.aborted === true) reject(new GitError('cancelled', ''));
        else if (deadline.aborted) reject(new GitError('tookTooLong', ''));
        else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') reject(new GitError('tooMuch', ''));
        else reject(new GitError('failed', stderr.toString().trim() || error.message));
      });
      // Git may end without having read it.
      running.stdin?.on('error', () => undefined);
      running.stdin?.end(input);
    });
  };
}

/** Without what would lead git to another repository, as where the editor was started by a hook; and without locks. */
function environment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX)$/i.test(name),
  );
  return { ...Object.fromEntries(others), GIT_OPTIONAL_LOCKS: '0' };
}
