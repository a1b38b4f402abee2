/**
 * The wire format of the Messages API, API version 2023-06-01, as far as this client sends and reads it.
 * Names and units are the protocol's own.
 */

export interface CacheControl {
  type: 'ephemeral';
  ttl?: '5m' | '1h';
}

export interface TextBlockParam {
  type: 'text';
  text: string;
  cache_control?: CacheControl;
}

export interface ToolUseBlockParam {
  type: 'tool_use';
  id: string;
  name: string;
  input: Record<string, unknown>;
  cache_control?: CacheControl;
}

export type ContentBlockParam = TextBlockParam | ToolUseBlockParam;

export interface MessageParam {
  role: 'user' | 'assistant';
  content: string | ContentBlockParam[];
}

/** A JSON schema of an object, as `input_schema` takes it. */
export interface ObjectSchema {
  type: 'object';
  properties?: Record<string, unknown>;
  required?: string[];
  additionalProperties?: boolean;
}

export interface CustomTool {
  name: string;
  description?: string;
  input_schema: ObjectSchema;
  cache_control?: CacheControl;
}

export type ToolChoice =
  | { type: 'auto'; disable_parallel_tool_use?: boolean }
  | { type: 'any'; disable_parallel_tool_use?: boolean }
  | { type: 'tool'; name: string; disable_parallel_tool_use?: boolean }
  | { type: 'none' };

/** The body of `POST /v1/messages`. `stream` is always sent: some relays stream when it is absent. */
export interface MessagesRequest {
  model: string;
  max_tokens: number;
  messages: MessageParam[];
  stream: boolean;
  system?: string | TextBlockParam[];
  temperature?: number;
  top_p?: number;
  top_k?: number;
  stop_sequences?: string[];
  metadata?: { user_id?: string };
  tools?: CustomTool[];
  tool_choice?: ToolChoice;
}

/** A content block of an answer. A type that is not known here is kept as it came. */
export type AnswerContent =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'redacted_thinking'; data: string }
  | ToolUseContent
  | { type: 'other'; raw: Record<string, unknown> };

export interface ToolUseContent {
  type: 'tool_use';
  id: string;
  name: string;
  /** The concatenated `partial_json`, or the JSON of an input that came whole. */
  inputJson: string;
  /** Parsed when the block is complete; undefined while it is not, and where the JSON is broken. */
  input?: Record<string, unknown>;
}

/** Cumulative token counts; a count that never came is absent. */
export interface WireUsage {
  input_tokens?: number;
  output_tokens?: number;
  cache_creation_input_tokens?: number;
  cache_read_input_tokens?: number;
}

/** An answer as far as it has arrived. */
export interface AnswerMessage {
  id: string;
  /** The model that the endpoint says has answered; relays may name another than was asked. */
  model: string;
  content: AnswerContent[];
  stopReason: string | null;
  stopSequence: string | null;
  usage: WireUsage;
}
