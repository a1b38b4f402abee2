import type { ExchangeLog } from '../inspect/exchangeLog.ts';
import type { Problem, ProblemKind } from '../../shared/problem.ts';
import { fetchModelList, type ListedModel } from './modelList.ts';
import { canonicalId } from '../models/modelRules.ts';
import type { Transport } from '../transport/transport.ts';
import { type PaidProbe, paidProbes } from './probeRequests.ts';
import { Prober, type ProbeSubject, skipped, type StepOutcome } from './probes.ts';
import type { Capability, CapabilityProfile } from './profile.ts';

export const checkSteps = [
  'reach',
  'models',
  'answer',
  'key',
  'stream',
  'countTokens',
  'tools',
  'thinking',
  'images',
] as const;
export type CheckStep = (typeof checkSteps)[number];

export interface CheckReport {
  origin: string;
  model: string;
  /** Milliseconds since the epoch. */
  checkedAt: number;
  outcomes: Record<CheckStep, StepOutcome>;
  /** Milliseconds: the first reply on a new connection, and the next one on the same connection. */
  latency?: { newConnectionMs: number; openConnectionMs: number };
  /** What the endpoint lists, where it does. */
  models?: ListedModel[];
  /** Where the API was found instead: a base URL of the same origin. */
  foundAt?: string;
  stopped: boolean;
}

export interface CheckPorts {
  /** One that has no open connection, so that making one is measured. */
  transport: Transport;
  /** Keeps what was sent. */
  log?: ExchangeLog;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds for each request. */
  deadlineMs?: number;
}

/** Milliseconds: longer than a model needs for a word, shorter than a person waits for a check. */
const defaultDeadlineMs = 45_000;

/**
 * Finds out what an endpoint can do: single small requests, one after the other, each telling apart what can be told.
 * What makes the rest pointless ends the sequence. Never rejects; a stopped check reports as far as it came. Without a
 * key it only looks whether the address answers.
 */
export async function checkConnection(
  subject: ProbeSubject,
  { transport, now, log, deadlineMs = defaultDeadlineMs }: CheckPorts,
  stepStarted: (step: CheckStep) => void,
  signal: AbortSignal,
): Promise<CheckReport> {
  const prober = new Prober(transport, subject, signal, deadlineMs, log);
  const outcomes = Object.fromEntries(checkSteps.map(step => [step, skipped])) as CheckReport['outcomes'];
  const report: CheckReport = {
    origin: new URL(subject.messagesUrl).origin,
    model: subject.model,
    checkedAt: now(),
    outcomes,
    stopped: false,
  };
  const run = async (step: CheckStep, probe: () => Promise<StepOutcome>): Promise<StepOutcome> => {
    if (signal.aborted) return skipped;
    stepStarted(step);
    const outcome = await probe();
    outcomes[step] = wasStopped(signal) ? skipped : outcome;
    return outcomes[step];
  };
  const runPaid = (step: PaidProbe): Promise<StepOutcome> => run(step, () => prober.paid(step));

  const walk = async (): Promise<void> => {
    const reached = await run('reach', async () => {
      const cold = await prober.reach();
      const warm = cold.result === 'yes' ? await prober.reach() : cold;
      if (cold.headersMs !== undefined && warm.headersMs !== undefined) {
        report.latency = { newConnectionMs: cold.headersMs, openConnectionMs: warm.headersMs };
      }
      return cold;
    });
    if (reached.result !== 'yes' || subject.key === '') return;
    await run('models', () => askForModels(report, subject, prober, signal, deadlineMs));
    const answer = await runPaid('answer');
    outcomes.key = keyOutcome(answer);
    if (answer.problem && isWrongAddress(answer.problem)) {
      const foundAt = await findApi(subject, prober, signal);
      if (foundAt !== undefined) report.foundAt = foundAt;
      return;
    }
    if (answer.problem && !mayStreamAnyway.has(answer.problem.kind)) return;
    const stream = await runPaid('stream');
    if (answer.result !== 'yes') outcomes.key = keyOutcome(stream);
    if (stream.problem && answer.result !== 'yes') return;
    await run('countTokens', () => prober.countTokens());
    for (const step of paidProbes) if (step !== 'answer' && step !== 'stream') await runPaid(step);
  };
  await walk();
  return { ...report, stopped: signal.aborted };
}

/** What others may rely on; undefined where the endpoint did not answer a single message. */
export function profileOf({ outcomes, model, checkedAt }: CheckReport): CapabilityProfile | undefined {
  const { answer, stream } = outcomes;
  const answered = answer.result === 'yes' || (stream.result !== 'skipped' && !stream.problem);
  if (!answered) return undefined;
  const read = (step: CheckStep): Capability => {
    const { result } = outcomes[step];
    return result === 'yes' || result === 'no' ? result : 'unknown';
  };
  return {
    streaming: read('stream'),
    countTokens: read('countTokens'),
    tools: read('tools'),
    thinking: read('thinking'),
    images: read('images'),
    model,
    checkedAt,
  };
}

async function askForModels(
  report: CheckReport,
  { modelsUrl, key, model }: ProbeSubject,
  prober: Prober,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<StepOutcome> {
  const end = await fetchModelList(() => Promise.resolve(prober.transport), { modelsUrl, key }, signal, deadlineMs);
  if (end.kind === 'stopped') return skipped;
  if (end.kind === 'failed') return { result: 'no', problem: end.problem, remarks: [] };
  report.models = end.models;
  const id = canonicalId(model);
  const isListed = end.models.some(listed => canonicalId(listed.id) === id);
  return { result: 'yes', count: end.models.length, remarks: isListed ? [] : ['modelNotListed'] };
}

/** Problems of whole answers that a streamed one may not have. */
const mayStreamAnyway = new Set<Problem['kind']>([
  'badRequest',
  'serverError',
  'endedEarly',
  'emptyReply',
  'timeout',
  'connectionLost',
]);

/** Whoever is told that the credit is used up was recognised. */
function keyOutcome({ result, problem }: StepOutcome): StepOutcome {
  if (result === 'skipped') return skipped;
  if (!problem) return { result: 'yes', remarks: [] };
  if (problem.kind === 'authentication') return { result: 'no', problem, remarks: [] };
  const isKnown = problem.kind === 'billing' || problem.kind === 'rateLimited';
  return { result: isKnown ? 'yes' : 'unclear', remarks: [] };
}

/** A web page, a redirect, an unknown path: none of them is the Messages API. An unknown model is. */
function isWrongAddress({ kind, said }: Problem): boolean {
  const others: ProblemKind[] = ['unreadable', 'emptyReply', 'redirected', 'otherProtocol'];
  return others.includes(kind) || (kind === 'notFound' && !said?.isModel);
}

/** Where providers put the Messages API beside another one. */
const usualPrefixes = ['', '/anthropic', '/api', '/api/anthropic'];

/** The base URL of the same origin under which the Messages API does answer. */
async function findApi(subject: ProbeSubject, prober: Prober, signal: AbortSignal): Promise<string | undefined> {
  const { origin } = new URL(subject.messagesUrl);
  for (const prefix of usualPrefixes) {
    const messagesUrl = `${origin}${prefix}/v1/messages`;
    if (messagesUrl === subject.messagesUrl || signal.aborted) continue;
    const { problem, result } = await prober.paid('answer', messagesUrl);
    const refusedByTheApi =
      prober.transport.last?.form === 'json' && (problem?.kind === 'authentication' || problem?.kind === 'billing');
    if (result === 'yes' || refusedByTheApi) return `${origin}${prefix}`;
  }
  return undefined;
}

/** Read anew: the probe's await stands between two looks at the signal, which the compiler does not see. */
function wasStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}
