import type { Attachment } from '../../shared/attachment.ts';
import type { ProblemKind } from '../../shared/problem.ts';
import { callActions, callStartKinds, callStates, cautions, hunkFates } from '../../shared/ranCalls.ts';
import { checkFailures } from '../../shared/moderation.ts';
import { stepStates } from '../../shared/todo.ts';
import { problemText } from '../../shared/problemText.ts';
import type { TurnRecord } from './turns.ts';
import { type Fields, isFields } from '../../shared/json.ts';

/**
 * The turn that `value` is, whoever has written it; undefined where a field that the chat relies on is missing or of
 * another kind. Fields that are not known here stay as they are.
 */
export function parseTurn(value: unknown): TurnRecord | undefined {
  if (!isFields(value)) return undefined;
  const { calls } = value;
  const turn = Array.isArray(calls) ? { ...value, calls: calls.map(withHunks) } : value;
  return isTurn(turn) ? turn : undefined;
}

function isTurn(value: unknown): value is TurnRecord {
  return isFields(value) && hasAll(value, value['role'] === 'user' ? promptFields : answerFields);
}

/** In the first stored conversations a diff had one part. */
function withHunks(call: unknown): unknown {
  const diff = isFields(call) ? call['diff'] : undefined;
  if (!isFields(call) || !isFields(diff) || !('lines' in diff)) return call;
  const { startLine, lines, ...rest } = diff;
  return { ...call, diff: { ...rest, hunks: [{ startLine, lines }] } };
}

/** The items of a list that are attachments. */
export function parseAttachments(items: readonly unknown[]): Attachment[] {
  return items.filter(isAttachment);
}

type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string';
const isNumber: Check = value => typeof value === 'number' && Number.isFinite(value);
const isLine: Check = value => Number.isInteger(value) && Number(value) >= 0;
const isFlag: Check = value => typeof value === 'boolean';
const isOneOf =
  (...values: unknown[]): Check =>
  value =>
    values.includes(value);
const isOptional =
  (check: Check): Check =>
  value =>
    value === undefined || check(value);
const isListOf =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(check);
const hasFields =
  (fields: Record<string, Check>): Check =>
  value =>
    isFields(value) && hasAll(value, fields);
/** By the value of `name`: the fields that the object must have. */
const isVariant =
  (name: string, variants: Record<string, Record<string, Check>>): Check =>
  value => {
    const variant = isFields(value) ? value[name] : undefined;
    if (!isFields(value) || typeof variant !== 'string' || !Object.hasOwn(variants, variant)) return false;
    return hasAll(value, variants[variant] ?? {});
  };

function hasAll(fields: Fields, checks: Record<string, Check>): boolean {
  return Object.entries(checks).every(([name, check]) => check(fields[name]));
}

const isExcerpt = hasFields({
  path: isText,
  uri: isText,
  languageId: isText,
  startLine: isLine,
  endLine: isLine,
  code: isText,
});

const media = {
  id: isText,
  name: isText,
  source: isVariant('type', { base64: { mediaType: isText, data: isText }, url: { url: isText } }),
};

const isKindOfAttachment = isVariant('kind', {
  image: media,
  document: media,
  code: { id: isText, name: isText, excerpt: isExcerpt },
  text: { id: isText, name: isText, text: isText },
});

function isAttachment(value: unknown): value is Attachment {
  return isKindOfAttachment(value);
}

const isToolResult = hasFields({
  toolUseId: isText,
  text: isText,
  isError: isFlag,
  images: isOptional(isListOf(isAttachment)),
});

const promptFields: Record<string, Check> = {
  id: isText,
  createdAt: isNumber,
  intent: isOneOf('chat', 'explain', 'review'),
  text: isText,
  excerpts: isListOf(isExcerpt),
  attachments: isOptional(isListOf(isAttachment)),
  toolResults: isOptional(isListOf(isToolResult)),
  handsBack: isOptional(isOneOf(true)),
  steers: isOptional(isOneOf(true)),
  startsOver: isOptional(isFlag),
};

const isProblem = hasFields({
  // A kind that has no words could not be shown.
  kind: kind => isText(kind) && isFields(problemText({ kind: kind as ProblemKind, detail: '' }, text => text)),
  detail: isText,
  status: isOptional(isNumber),
  requestId: isOptional(isText),
  field: isOptional(isText),
  retryAfterMs: isOptional(isNumber),
  suggestsTransport: isOptional(isOneOf('undici', 'vscode')),
  otherKeyHeader: isOptional(isOneOf('x-api-key', 'authorization')),
  modelEnd: isOptional(hasFields({ day: isText, successor: isText })),
  code: isOptional(isText),
  said: isOptional(
    hasFields({
      fields: isOptional(isListOf(isText)),
      isModel: isOptional(isOneOf(true)),
      isThinking: isOptional(isOneOf(true)),
      contextWindow: isOptional(isNumber),
      media: isOptional(
        hasFields({
          kinds: isListOf(isOneOf('image', 'document')),
          message: isOptional(isLine),
          block: isOptional(isLine),
        }),
      ),
    }),
  ),
  refused: isOptional(isListOf(hasFields({ id: isText, name: isText }))),
  hasLarger: isOptional(isOneOf(true)),
  check: isOptional(hasFields({ by: isText, failure: isOptional(isOneOf(...checkFailures)) })),
});

const isState = isVariant('phase', {
  waiting: {},
  retrying: { attempt: isNumber, maxAttempts: isNumber, retryAt: isNumber, problem: isProblem },
  streaming: {},
  elsewhere: {},
  complete: {
    stopReason: value => value === null || isText(value),
    stopSequence: isOptional(isText),
    stopDetails: isOptional(hasFields({ category: isOptional(isText), explanation: isOptional(isText) })),
  },
  stopped: {},
  truncated: { problem: isProblem },
  failed: { problem: isProblem },
});

const isContent = isVariant('type', {
  text: { text: isText, citations: isOptional(isListOf(hasFields({ type: isText }))) },
  thinking: { thinking: isText, signature: isText },
  redacted_thinking: { data: isText },
  tool_use: { id: isText, name: isText, inputJson: isText, input: isOptional(isFields) },
  other: { raw: isFields },
});

const isFinding = hasFields({
  id: isText,
  severity: isOneOf('error', 'warning', 'info'),
  title: isText,
  explanation: isText,
  quote: isText,
  replacement: isOptional(isText),
  path: isText,
  uri: isText,
  placement: value =>
    hasFields({ placed: isOneOf(true), line: isLine, endLine: isLine })(value) ||
    hasFields({ placed: isOneOf(false), reason: isOneOf('notFound', 'ambiguous', 'noFile') })(value),
  closed: isOptional(isOneOf('applied', 'dismissed', 'cleared')),
});

const isAdjustment = hasFields({
  field: isText,
  change: isOneOf('leftOut', 'changed'),
  reason: isText,
  sent: isOptional(value => isNumber(value) || isText(value)),
});

const isCallImage = hasFields({
  id: isText,
  kind: isOneOf('image'),
  name: isText,
  source: hasFields({ type: isOneOf('base64'), mediaType: isText, data: isText }),
});

const isCall = hasFields({
  index: isLine,
  state: isOneOf(...callStates),
  line: hasFields({ action: isOneOf(...callActions), subject: isText }),
  cautions: isOptional(isListOf(isOneOf(...cautions))),
  diff: isOptional(
    hasFields({
      path: isText,
      isNew: isFlag,
      hunks: isListOf(
        hasFields({
          startLine: isLine,
          lines: isListOf(hasFields({ kind: isOneOf('same', 'removed', 'added'), text: isText })),
          fate: isOptional(isOneOf(...hunkFates)),
        }),
      ),
      unshown: isLine,
      rule: isOptional(isText),
    }),
  ),
  command: isOptional(hasFields({ text: isText, folder: isText, rule: isOptional(isText) })),
  start: isOptional(
    hasFields({
      kind: isOneOf(...callStartKinds),
      words: isListOf(isText),
      source: isText,
      importsMore: isOptional(isFlag),
    }),
  ),
  todo: isOptional(isListOf(hasFields({ text: isText, state: isOneOf(...stepStates) }))),
  output: isOptional(isText),
  durationMs: isOptional(isNumber),
  exitCode: isOptional(isNumber),
  leftRunning: isOptional(isNumber),
  result: isOptional(hasFields({ text: isText, isError: isFlag, images: isOptional(isListOf(isCallImage)) })),
});

const isCount = isOptional(isNumber);

const answerFields: Record<string, Check> = {
  role: isOneOf('assistant'),
  id: isText,
  createdAt: isNumber,
  model: isText,
  content: isListOf(isContent),
  state: isState,
  usage: isOptional(
    hasFields({ inputTokens: isCount, outputTokens: isCount, cacheReadTokens: isCount, cacheWriteTokens: isCount }),
  ),
  figures: isOptional(
    hasFields({
      requests: isNumber,
      durationMs: isNumber,
      firstTokenMs: isCount,
      writingMs: isCount,
      costUsd: isCount,
    }),
  ),
  limits: isOptional(
    hasFields({
      maxTokens: isNumber,
      maxTokensFrom: isOneOf('settings', 'parameters', 'model'),
      stopSequencesFrom: isOptional(isOneOf('settings', 'parameters')),
    }),
  ),
  isEdited: isOptional(isOneOf(true)),
  adjustments: isOptional(isListOf(isAdjustment)),
  findings: isOptional(isListOf(isFinding)),
  calls: isOptional(isListOf(isCall)),
  pause: isOptional(isOneOf('rounds', 'budget')),
  check: isOptional(
    isVariant('state', {
      checking: {},
      blocked: { by: isText, reason: isText },
      failed: { by: isText, failure: isOneOf(...checkFailures), detail: isText },
    }),
  ),
  runsIn: isOptional(hasFields({ window: isText, at: isNumber })),
};
