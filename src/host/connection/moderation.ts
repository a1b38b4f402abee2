import type { Check, Checks } from '../../core/moderation/check.ts';
import type { Transport } from '../../core/transport/transport.ts';
import type { CheckedWay } from '../../shared/moderation.ts';

/** The user's own check, as it is set up. */
export interface ModerationSettings {
  /** The program and its arguments; empty where there is none. */
  command: string[];
  /** Empty where there is none. */
  endpoint: string;
  ways: readonly CheckedWay[];
  timeLimitMs: number;
}

export interface ModerationHostPorts {
  settings: () => ModerationSettings;
  /** What a program gets: no key is among it. */
  environment: () => Promise<Record<string, string>>;
  /** Where it runs. */
  folder: string;
  transport: () => Promise<Transport>;
}

/** The user's own check over what goes out and what comes back. What asks it is loaded with the first text. */
export function createModeration(ports: ModerationHostPorts): () => Checks | undefined {
  return () => {
    const settings = ports.settings();
    const all = checksOf(settings, ports);
    if (all.length === 0) return undefined;
    return { id: JSON.stringify([settings.command, settings.endpoint]), ways: new Set(settings.ways), all };
  };
}

function checksOf(
  { command, endpoint, timeLimitMs }: ModerationSettings,
  { environment, folder, transport }: ModerationHostPorts,
): Check[] {
  const checks: Check[] = [];
  // A bundle of its own beside extension.cjs; see esbuild.mjs.
  const load = () => import('./moderation.cjs');
  if (command.length > 0) {
    checks.push({
      by: shortened(command.join(' ')),
      look: async (subject, signal) => {
        const start = { argv: command, folder, environment: await environment(), timeLimitMs };
        return (await load()).commandCheck(start)(subject, signal);
      },
    });
  }
  if (endpoint !== '') {
    checks.push({
      by: shortened(endpoint),
      look: async (subject, signal) =>
        (await load()).endpointCheck(endpoint, { transport, timeLimitMs })(subject, signal),
    });
  }
  return checks;
}

/** Characters of a command, or an address, that are shown. */
const mostShown = 80;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > mostShown ? `${line.slice(0, mostShown)}…` : line;
}
