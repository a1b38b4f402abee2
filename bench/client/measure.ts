import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Measurement } from './child.ts';

/** One thing that is measured of several contestants. */
export interface Trial {
  mode: Measurement['mode'];
  /** For streams. */
  caseName?: string;
  /** How often a stream is read before it is measured once more, compiled. */
  warmUps?: number;
  contestants: readonly string[];
  /** Over TLS, with a certificate whose authority every contestant is told to trust. */
  tls?: boolean;
  /** Whom the others are compared with. */
  reference: string;
}

/** Every measurement of a trial by contestant, in the order of the rounds. */
export type Results = Map<Trial, Map<string, Measurement[]>>;

const childTimeoutMs = 120_000;
const authority = fileURLToPath(new URL('../../harness/certificates/authority.pem', import.meta.url));

/**
 * Runs every trial with every contestant once a round, each in a fresh process. Rounds alternate, and every other one
 * runs backwards, so that whatever else the machine does meets all alike.
 */
export async function runRounds(folder: string, trials: readonly Trial[], rounds: number): Promise<Results> {
  const results: Results = new Map(trials.map(trial => [trial, new Map<string, Measurement[]>()]));
  const server = await startServer();
  try {
    for (let round = 1; round <= rounds; round++) {
      console.error(`round ${round} of ${rounds}`);
      for (const trial of trials) {
        const order = round % 2 === 0 ? trial.contestants.toReversed() : trial.contestants;
        for (const contestant of order) {
          const measurement = await runChild(folder, contestant, trial, trial.tls ? server.tlsOrigin : server.origin);
          const ofTrial = results.get(trial);
          ofTrial?.set(contestant, [...(ofTrial.get(contestant) ?? []), measurement]);
        }
      }
    }
  } finally {
    server.process.kill();
  }
  return results;
}

async function runChild(folder: string, contestant: string, trial: Trial, origin: string): Promise<Measurement> {
  const { mode, caseName = '', warmUps = 0 } = trial;
  const args = [join(folder, 'child.cjs'), join(folder, `${contestant}.cjs`), mode, origin, caseName, String(warmUps)];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: childTimeoutMs, env });
  return JSON.parse(stdout) as Measurement;
}

async function startServer(): Promise<{ origin: string; tlsOrigin: string; process: ChildProcess }> {
  const script = fileURLToPath(new URL('server.ts', import.meta.url));
  const server = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const [origin = '', tlsOrigin = ''] = line.split(' ');
  return { origin, tlsOrigin, process: server };
}
