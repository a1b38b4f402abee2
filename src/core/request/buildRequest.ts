import type { UserTurn } from '../../shared/conversation.ts';
import { reportToolName } from '../../shared/finding.ts';
import { type Parameters, without } from '../../shared/parameters.ts';
import { bodyFields } from '../../shared/requestFields.ts';
import { type RuleFile, withRules, withNote } from '../context/projectRules.ts';
import type { MessagesRequest, ToolChoice, ToolParam } from '../messages/wire.ts';
import { reportDefinition } from '../tools/reportFindings.ts';
import { toMessages } from './toMessages.ts';
import type { AnswerRecord, TurnRecord } from '../conversation/turns.ts';

/** What the user has set. An undefined parameter is not sent. */
export interface RequestSettings {
  model: string;
  maxTokens: number;
  stream: boolean;
  systemPrompt: string;
  reviewSystemPrompt: string;
  /** What the project says of how it wants to be worked on; behind either system prompt. */
  rules?: readonly RuleFile[];
  /** What a model that has tools is told of the workspace; behind the system prompt. */
  workspaceNote?: string;
  temperature?: number;
  topP?: number;
  topK?: number;
  stopSequences: string[];
  metadataUserId: string;
  /** Whether what stays the same is marked for the endpoint's cache. */
  promptCaching: boolean;
}

export interface BuildOptions {
  /** Of the conversation; they come before the settings. */
  parameters?: Parameters;
  /** Whether this answer's thinking is known to be refused. */
  isThinkingRefused?: (turn: AnswerRecord) => boolean;
  /** The last of the turns, where it is an answer that has paused and is to go on. */
  paused?: AnswerRecord;
}

/** What the user wants for an answer to the last of `turns`, a user turn; `prepareRequest` fits it to the model. */
export function buildRequest(
  turns: readonly TurnRecord[],
  settings: RequestSettings,
  { parameters = {}, isThinkingRefused = () => false, paused }: BuildOptions = {},
): MessagesRequest {
  const asked = turns.findLast((turn): turn is UserTurn => turn.role === 'user');
  const isReview = asked?.intent === 'review';
  const wanted = { ...fromSettings(settings), ...wireFields(parameters) };
  if (forcesNoMore(turns, parameters) && wanted.tool_choice) wanted.tool_choice = freed(wanted.tool_choice);
  const { rules = [], workspaceNote } = settings;
  const request: MessagesRequest = {
    ...wanted,
    messages: toMessages(turns, {
      thinking: turn => turn.model === wanted.model && !isThinkingRefused(turn),
      toolUses: handsToolsBack(turns, parameters),
      ...(paused && { paused }),
    }),
  };
  const system = isReview
    ? withRules(settings.reviewSystemPrompt, rules)
    : withNote(withRules(wanted.system, rules), workspaceNote);
  if (system === undefined || system.length === 0) delete request.system;
  else request.system = system;
  if (isReview) return inOrder(forReview(request));
  // What has paused begins with it already.
  if (parameters.prefill !== undefined && !paused)
    request.messages.push({ role: 'assistant', content: parameters.prefill });
  return inOrder(request);
}

/** Whether earlier tool uses and their results are sent: a review has its own tool, and without tools they are refused. */
export function handsToolsBack(turns: readonly TurnRecord[], { tools }: Parameters): boolean {
  const asked = turns.findLast((turn): turn is UserTurn => turn.role === 'user');
  return tools !== undefined && asked?.intent !== 'review';
}

/** As the protocol's page lists them. Fixed, so that equal requests are equal letter by letter. */
const fieldOrder = bodyFields.flatMap(field => (field === 'system' ? [field, 'messages' as const] : [field]));

function inOrder(request: MessagesRequest): MessagesRequest {
  const ordered = { ...request };
  for (const field of fieldOrder) {
    if (request[field] === undefined) continue;
    Reflect.deleteProperty(ordered, field);
    Object.assign(ordered, { [field]: request[field] });
  }
  return ordered;
}

function fromSettings(settings: RequestSettings): Omit<MessagesRequest, 'messages'> {
  return {
    model: settings.model,
    max_tokens: settings.maxTokens,
    stream: settings.stream,
    ...(settings.systemPrompt.trim() !== '' && { system: settings.systemPrompt }),
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    ...(settings.topP !== undefined && { top_p: settings.topP }),
    ...(settings.topK !== undefined && { top_k: settings.topK }),
    ...(settings.stopSequences.length > 0 && { stop_sequences: settings.stopSequences }),
    ...(settings.metadataUserId !== '' && { metadata: { user_id: settings.metadataUserId } }),
  };
}

/** The parameters that are fields of a request. */
function wireFields(parameters: Parameters): Partial<MessagesRequest> {
  const { tools, tool_choice } = parameters;
  const fields = without(parameters, ['prefill', 'cache', 'tools', 'tool_choice']);
  return {
    ...fields,
    // Checked by parameterProblem, which knows the forms.
    ...(tools && { tools: tools as unknown as ToolParam[] }),
    ...(tool_choice && { tool_choice: tool_choice as ToolChoice }),
  };
}

/** A choice that forces a call is about the message: with the results it would force one more, without end. */
export function forcesNoMore(turns: readonly TurnRecord[], { tool_choice: choice }: Parameters): boolean {
  const asked = turns.findLast((turn): turn is UserTurn => turn.role === 'user');
  const handsBack = asked?.handsBack ?? asked?.steers ?? false;
  return handsBack && (choice?.['type'] === 'any' || choice?.['type'] === 'tool');
}

function freed(choice: ToolChoice): ToolChoice {
  if (choice.type !== 'any' && choice.type !== 'tool') return choice;
  const { disable_parallel_tool_use: single } = choice;
  return { type: 'auto', ...(single !== undefined && { disable_parallel_tool_use: single }) };
}

function forReview(request: MessagesRequest): MessagesRequest {
  const review: MessagesRequest = {
    ...request,
    tools: [reportDefinition],
    tool_choice: { type: 'tool', name: reportToolName },
  };
  // It would cut the JSON of the tool call.
  delete review.stop_sequences;
  // A model that thinks with a budget can't be made to call the tool.
  if (review.thinking?.type === 'enabled') delete review.thinking;
  return review;
}
