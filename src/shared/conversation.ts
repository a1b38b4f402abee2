/**
 * What both ends know of a conversation. The host owns it; the view holds a projection of it that is built from
 * one snapshot and the changes that follow (see changes.ts).
 */

import type { HiddenPart } from './hiddenText.ts';
import type { AnswerCheck, CheckFailure } from './moderation.ts';
import type { PixelSize } from './imageFit.ts';
import type { Parameters } from './parameters.ts';
import { isOpenCall, type RanCall } from './ranCalls.ts';
import type { RestorePoints } from './restore.ts';
import type { ToolMode } from './toolMode.ts';

/** Lines of a file that were sent along with a turn, as they were at that moment. */
export interface Excerpt {
  /** Relative to the workspace folder where there is one, with `/` between the parts. */
  path: string;
  /** The editor's document URI; the host opens it, the view only hands it back. */
  uri: string;
  languageId: string;
  /** 1-based, inclusive. */
  startLine: number;
  /** 1-based, inclusive. */
  endLine: number;
  code: string;
}

/** The tool that a review's findings come through. */
export const reportToolName = 'report_findings';

/** What the user asked for; decides the prompt, the heading of the turn and how its answer is shown. */
export type Intent = 'chat' | 'explain' | 'review';

export interface UserTurn {
  id: string;
  role: 'user';
  /** Milliseconds since the epoch. */
  createdAt: number;
  intent: Intent;
  /** What the user typed, or the sentence that the command stands for. */
  text: string;
  /** How the prompt was called that `text` was made from, such as `/tests with vitest`. */
  call?: string;
  excerpts: Excerpt[];
  attachments?: Attachment[];
  /** What the tools that the answer before asked for have brought. */
  toolResults?: ToolResult[];
  /** Nobody has written it: it hands back what the calls of the answer before have brought. */
  handsBack?: true;
  /** It was said while the tools of the answer before ran, and goes with what they have brought. */
  steers?: true;
  /** Whether requests begin with it, without what was said before. False where the user has taken that back. */
  startsOver?: boolean;
  /** A summary stands for it in requests. Known to the view alone. */
  isSummarized?: true;
}

/** What is sent along with a turn, as it was when it was attached. */
export type Attachment = MediaAttachment | CodeAttachment | TextAttachment;

interface AttachmentBase {
  id: string;
  /** Shown: the file's name, with the lines where it is a part, the address, or what it is. */
  name: string;
  /** An estimate; absent where none was made. */
  tokens?: number;
}

/** An image or a document. Its name is sent as a document's title. */
export interface MediaAttachment extends AttachmentBase {
  kind: 'image' | 'document';
  source: { type: 'base64'; mediaType: string; data: string } | { type: 'url'; url: string };
  /** Of an image, as far as its bytes tell. */
  pixels?: PixelSize;
  /** Of a document, as far as its file tells. */
  pages?: number;
}

export function isMedia(attachment: Attachment): attachment is MediaAttachment {
  return attachment.kind === 'image' || attachment.kind === 'document';
}

/** A file, or lines of one. */
export interface CodeAttachment extends AttachmentBase {
  kind: 'code';
  subject: 'file' | 'selection' | 'symbol';
  excerpt: Excerpt;
  /** It is what the editor shows, and changes with it until it is sent. */
  isLive?: true;
  /** In the view: the code was too long to be shown as a whole. */
  isCut?: boolean;
  /** In the view: what a person does not see in the code. */
  hidden?: HiddenPart[];
}

/** Text that the editor has. */
export interface TextAttachment extends AttachmentBase {
  kind: 'text';
  subject: 'folder' | 'problems' | 'changes' | 'terminal' | 'resource' | 'conversation';
  /** The line above the text that tells the model what it is. */
  heading: string;
  /** Of the fence around the text; empty where there is none. */
  languageId: string;
  text: string;
  /** What was left out, as a sentence. */
  note?: string;
  /** In the view: the text was too long to be shown as a whole. */
  isCut?: boolean;
  /** In the view: what a person does not see in the text. */
  hidden?: HiddenPart[];
}

/** The user's answer to a tool use. */
export interface ToolResult {
  toolUseId: string;
  /** May be empty: the tool had nothing to say. */
  text: string;
  isError: boolean;
  images?: MediaAttachment[];
}

/** One content block of an answer, reduced to what is shown. */
export type AnswerBlock =
  | { type: 'text'; text: string }
  /** `durationMs`: how long it took, or has taken by the time of a snapshot; absent where nobody could tell. */
  | { type: 'thinking'; text: string; durationMs?: number }
  | { type: 'redactedThinking'; text: '' }
  /** `text` is the tool's input as JSON text, exactly as far as it has arrived. */
  | { type: 'toolUse'; id: string; name: string; text: string };

/** Why an answer failed or was cut, by what the user can do about it. */
export type ProblemKind =
  | 'noKey'
  /** The editor's secret storage failed, and there is no other key. */
  | 'keyUnreadable'
  | 'badBaseUrl'
  | 'authentication'
  | 'billing'
  | 'permission'
  | 'notFound'
  /** More bytes than the endpoint takes. */
  | 'tooLarge'
  /** More tokens than the model's context window has room for. */
  | 'promptTooLong'
  | 'badRequest'
  | 'rateLimited'
  | 'overloaded'
  | 'serverError'
  | 'unreachable'
  /** The proxy answered instead of the endpoint; `detail` has its status. */
  | 'proxy'
  | 'certificate'
  | 'timeout'
  | 'connectionLost'
  | 'endedEarly'
  | 'interrupted'
  | 'unreadable'
  /** The endpoint named another address, `detail`, which is never followed. */
  | 'redirected'
  /** What came is of another protocol; `detail` is its name. */
  | 'otherProtocol'
  /** More of an answer has come than is read. */
  | 'answerTooLong'
  /** The same for one event of it. */
  | 'eventTooLong'
  /** The same for what came instead of an answer. */
  | 'errorTooLong'
  | 'tooManyBlocks'
  /** A success with nothing in it. */
  | 'emptyReply'
  /** A review's answer did not call the tool that findings come through. */
  | 'noReport'
  /** A review's answer reached its token limit before its findings were complete. */
  | 'reportCut'
  /** The model has declined to write a summary, or a filter of the endpoint has stopped it; `detail` is the reason. */
  | 'declined'
  /** The user has kept the request back, for the secrets in it. */
  | 'heldBack'
  /** The user’s own check has; `detail` is its reason. */
  | 'blocked'
  /** The user’s own check has brought no verdict. */
  | 'checkFailed'
  | 'internal';

/** Which client carries the requests: undici, or the editor's own `fetch`. */
export type TransportKind = 'undici' | 'vscode';

/** The headers in which a key can go along; `authorization` holds it as a bearer token. */
export type KeyHeader = 'x-api-key' | 'authorization';

export interface Problem {
  kind: ProblemKind;
  /** The endpoint's or the system's own words, key redacted; may be empty. To be shown: nothing is decided by them. */
  detail: string;
  /** The system's or the network library's own code, such as `ENOTFOUND` or `CERT_HAS_EXPIRED`. */
  code?: string;
  /** What of it the endpoint's words say, in our terms. */
  said?: Said;
  /** HTTP status, where there was an answer. */
  status?: number;
  requestId?: string;
  /** The request's field that the endpoint refused, where it named one that can be left out. */
  field?: string;
  /** Milliseconds that the endpoint asked to wait, where it did. */
  retryAfterMs?: number;
  /** The other client, where it may get through. */
  suggestsTransport?: TransportKind;
  /** The header that the key may be tried in, where it was not accepted. */
  otherKeyHeader?: KeyHeader;
  /** Of the model that was not found, where its vendor has withdrawn it or is going to. */
  modelEnd?: ModelEnd;
  /** What was attached and has been refused, or may have been: it can be left out. */
  refused?: RefusedAttachment[];
  /** Of the user’s own check: the command or the address, and why it has brought no verdict. */
  check?: { by: string; failure?: CheckFailure };
  /** Whether there is, or may be, a model that has room for more. */
  hasLarger?: true;
}

/** Read out of an endpoint's words where they come in; what they do not say is missing. */
export interface Said {
  /** The fields of the request that are named, as the protocol calls them. */
  fields?: string[];
  /** It is the model that was not found, and not the address. */
  isModel?: true;
  /** Thinking that was handed back is not accepted. */
  isThinking?: true;
  /** A kind of tool is not accepted. */
  isToolType?: true;
  /** Tokens that the model has room for. */
  contextWindow?: number;
  /** Images or documents are not accepted; one of them, where its place in the request's messages is told. */
  media?: { kinds: ('image' | 'document')[]; message?: number; block?: number };
}

export interface RefusedAttachment {
  id: string;
  name: string;
}

export interface ModelEnd {
  /** The first day without the model, such as `2026-11-30`. */
  day: string;
  /** The id of the model that takes its place. */
  successor: string;
}

export type AnswerState =
  /** The request is on its way and nothing of the answer has arrived. */
  | { phase: 'waiting' }
  /** `retryAt` in milliseconds since the epoch; `attempt` counts the retries, from 1. */
  | { phase: 'retrying'; attempt: number; maxAttempts: number; retryAt: number; problem: Problem }
  | { phase: 'streaming' }
  /** Another window is writing it; what has come of it until now is here. */
  | { phase: 'elsewhere' }
  /** `stopReason` is the protocol's own word; null where the endpoint gave none. */
  | { phase: 'complete'; stopReason: string | null; stopSequence?: string; stopDetails?: StopDetails }
  | { phase: 'stopped' }
  /** Something arrived and the protocol's end did not. */
  | { phase: 'truncated'; problem: Problem }
  | { phase: 'failed'; problem: Problem };

/** What the endpoint says of a refusal: words of its own, key redacted. */
export interface StopDetails {
  /** Such as `cyber`. */
  category?: string;
  explanation?: string;
}

/** Tokens, as the endpoint counted them; a missing number was not reported. */
export interface Usage {
  inputTokens?: number;
  outputTokens?: number;
  cacheReadTokens?: number;
  cacheWriteTokens?: number;
}

/** What getting an answer took, all its requests together: continued, it has had more than one. Times in milliseconds. */
export interface AnswerFigures {
  requests: number;
  durationMs: number;
  /** From the first request to the first of its answer; absent where nothing came, or all at once. */
  firstTokenMs?: number;
  /** From the first piece of each answer to its end. */
  writingMs?: number;
  /** US dollars, an estimate; absent where the price of any of them is not known. */
  costUsd?: number;
}

/** Why a field was left out or changed. */
export type AdjustmentReason =
  | 'notWithTemperature'
  | 'notOnThisModel'
  | 'notWithThinking'
  | 'refusedBefore'
  | 'aboveMaximum'
  | 'belowMinimum'
  | 'blank'
  | 'tooMany'
  | 'thinkingForm'
  | 'unsigned'
  /** The endpoint could not verify the thinking of earlier turns. */
  | 'signature'
  /** A tool's result has to follow the thinking that led to its call, and there is none that can be handed back. */
  | 'toolLoop'
  /** The endpoint takes most of it for thinking. */
  | 'thinkingShare'
  | 'empty'
  /** The tool that it names is not among the tools. */
  | 'noSuchTool'
  /** The message has had the call that it forces. */
  | 'withResults'
  /** The request offers none of the tools that were used earlier. */
  | 'withoutTools'
  /** The workspace is not trusted. */
  | 'untrusted'
  /** The model has declined to answer it. */
  | 'declined'
  /** The user’s own check has blocked it. */
  | 'blocked'
  /** The request for its answer failed, and was not tried again. */
  | 'failed'
  /** Secrets went out as placeholders; `sent` counts them. */
  | 'secrets'
  /** There are more images, or larger ones, than a request may carry. */
  | 'imageRoom';

/** One difference between what the user wants and what is sent. */
export interface Adjustment {
  /** The wire's name of the field, such as `top_p`. */
  field: string;
  change: 'leftOut' | 'changed';
  reason: AdjustmentReason;
  /** What is sent instead, where something is. */
  sent?: number | string;
}

export type Severity = 'error' | 'warning' | 'info';

/** Where a finding of a review stands, or why it stands nowhere. */
export type Placement =
  { placed: true; line: number; endLine: number } | { placed: false; reason: 'notFound' | 'ambiguous' | 'noFile' };

/** Its suggestion was applied, it was dismissed by itself, or cleared with all others. */
export type FindingClosed = 'applied' | 'dismissed' | 'cleared';

/** One finding of a review. `line` numbers are 1-based and belong to the moment of the review. */
export interface Finding {
  id: string;
  severity: Severity;
  title: string;
  /** Markdown. */
  explanation: string;
  /** The code that the finding is about, word for word; it decides the place. */
  quote: string;
  /** What should stand in place of `quote`; absent where there is no one replacement. */
  replacement?: string;
  path: string;
  uri: string;
  placement: Placement;
  /** How the user has closed it; absent while it is open. */
  closed?: FindingClosed;
}

/** What may end an answer before all is said, as it was sent, and who has set it. */
export interface SentLimits {
  maxTokens: number;
  /** The model, where it takes no more or asks for more than was set. */
  maxTokensFrom: 'settings' | 'parameters' | 'model';
  /** Absent where none were sent. */
  stopSequencesFrom?: 'settings' | 'parameters';
}

export interface AssistantTurn {
  id: string;
  role: 'assistant';
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** The model that was asked. */
  model: string;
  blocks: AnswerBlock[];
  state: AnswerState;
  usage?: Usage;
  /** Absent of answers that were stored before they were kept. */
  figures?: AnswerFigures;
  /** Of its last request; absent of answers that were stored before they were kept. */
  limits?: SentLimits;
  /** The user has changed what the model said. */
  isEdited?: true;
  /** What was sent otherwise than the user has set it, and why. */
  adjustments?: Adjustment[];
  /** Of a review only: what its tool call reported, once it is complete. */
  findings?: Finding[];
  /** What became of its tool uses, without those that the user answers by hand. */
  calls?: RanCall[];
  /** Why its results have not been handed back: so many answers came without the user's word, or a budget is used up. */
  pause?: 'rounds' | 'budget';
  /** Of the user’s own check, until it lets the answer pass: no tool runs that it calls. */
  check?: AnswerCheck;
  /** It sums up the turns before it; requests send it in their place. */
  isSummary?: true;
  /** A summary stands for it in requests. Known to the view alone. */
  isSummarized?: true;
}

export type Turn = UserTurn | AssistantTurn;

export interface Conversation {
  id: string;
  title: string;
  /** What requests of this conversation send otherwise than the settings say. */
  parameters: Parameters;
  /** That of the settings when it was first answered; absent before. */
  startModel?: string;
  /** Absent: `chat`. */
  mode?: ToolMode;
  /**
   * The branch that is shown, in order; a user turn is followed by its answer. A summary stands behind the last turn
   * that it is about.
   */
  turns: Turn[];
  /** Of each turn that has others in its place: the ids of all of them, itself included, the oldest first. */
  siblings: Record<string, string[]>;
  /** Absent where no tool has changed a file. */
  restorePoints?: RestorePoints;
  /** What was attached to turns and is left out of requests: ids as in `attachedTo`. */
  omitted?: readonly string[];
}

/** All lines of files that the turn holds, from commands and attached ones. */
export function excerptsOf({ excerpts, attachments = [] }: UserTurn): Excerpt[] {
  return [...attachments.flatMap(attachment => (attachment.kind === 'code' ? [attachment.excerpt] : [])), ...excerpts];
}

/** What ends an answer at a limit and not because all is said. */
const limits: ReadonlySet<string | null> = new Set(['max_tokens', 'length', 'model_context_window_exceeded']);

/** Whether there is more of this answer to be had: it was cut, and what it ends with is text that can be gone on from. */
export function canContinue(turn: Turn): boolean {
  if (turn.role === 'user' || turn.findings || turn.isSummary || turn.check) return false;
  const { state } = turn;
  const isCut =
    state.phase === 'stopped' ||
    state.phase === 'truncated' ||
    (state.phase === 'complete' && limits.has(state.stopReason));
  const last = turn.blocks.findLast(block => block.type !== 'redactedThinking');
  const isPaused = state.phase === 'complete' && state.stopReason === 'pause_turn';
  // What the service goes on from is its own affair.
  if (isPaused) return turn.blocks.length > 0 && !turn.blocks.some(({ type }) => type === 'toolUse');
  return isCut && last?.type === 'text' && last.text.trim() !== '';
}

/** Whether an answer is still to come for this turn, or is checked, or its tools run. */
export function isRunning(turn: Turn): boolean {
  if (turn.role === 'user') return false;
  const phase = turn.state.phase;
  const isAnswering = phase === 'waiting' || phase === 'retrying' || phase === 'streaming';
  return isAnswering || turn.check?.state === 'checking' || turn.calls?.some(isOpenCall) === true;
}
