/**
 * The wire format of the Messages API, API version 2023-06-01, as far as this client sends and reads it.
 * Names and units are the protocol's own.
 */

import type { StopDetails } from '../../shared/conversation.ts';

export interface CacheControl {
  type: 'ephemeral';
  ttl?: '5m' | '1h';
}

export interface TextBlockParam {
  type: 'text';
  text: string;
  cache_control?: CacheControl;
}

/** The text of an answer, as it goes back. */
export interface CitedTextParam extends TextBlockParam {
  citations?: Citation[];
}

/** What a text of an answer goes by: a place in a document, a search result or a page, by `type`. Kept as it came. */
export interface Citation {
  type: string;
  [field: string]: unknown;
}

/** The media types that the service takes; the declared one must be that of the bytes. */
export type ImageMediaType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

export interface ImageBlockParam {
  type: 'image';
  source: { type: 'base64'; media_type: ImageMediaType; data: string } | { type: 'url'; url: string };
  cache_control?: CacheControl;
}

export interface DocumentBlockParam {
  type: 'document';
  source:
    | { type: 'base64'; media_type: 'application/pdf'; data: string }
    | { type: 'url'; url: string }
    | { type: 'text'; media_type: 'text/plain'; data: string };
  title?: string;
  context?: string;
  cache_control?: CacheControl;
}

export interface ToolUseBlockParam {
  type: 'tool_use';
  id: string;
  name: string;
  input: Record<string, unknown>;
  cache_control?: CacheControl;
}

/** Answers the tool use of the same id. `content` left out: the tool had nothing to say. */
export interface ToolResultBlockParam {
  type: 'tool_result';
  tool_use_id: string;
  content?: string | (TextBlockParam | ImageBlockParam)[];
  is_error?: boolean;
  cache_control?: CacheControl;
}

/** Handed back word for word: the signature covers the text. */
export interface ThinkingBlockParam {
  type: 'thinking';
  thinking: string;
  signature: string;
}

export interface RedactedThinkingBlockParam {
  type: 'redacted_thinking';
  data: string;
}

/**
 * What a tool that the service runs itself was given, or has brought, within an answer that has paused. Handed back word
 * for word: the service has encrypted a part of it for itself.
 */
export interface ServerBlockParam {
  type: 'server_tool_use' | `${string}_tool_result`;
  [field: string]: unknown;
}

export type ContentBlockParam =
  | CitedTextParam
  | ImageBlockParam
  | DocumentBlockParam
  | ToolUseBlockParam
  | ToolResultBlockParam
  | ThinkingBlockParam
  | RedactedThinkingBlockParam
  | ServerBlockParam;

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
  [keyword: string]: unknown;
}

export interface CustomTool {
  name: string;
  description?: string;
  input_schema: ObjectSchema;
  cache_control?: CacheControl;
}

/** The service's own tools have a version for a type and no schema. */
export interface BashTool {
  type: 'bash_20250124';
  name: 'bash';
  cache_control?: CacheControl;
}

export type TextEditorTool =
  | { type: 'text_editor_20250124'; name: 'str_replace_editor'; cache_control?: CacheControl }
  | { type: 'text_editor_20250429'; name: 'str_replace_based_edit_tool'; cache_control?: CacheControl }
  | {
      type: 'text_editor_20250728';
      name: 'str_replace_based_edit_tool';
      max_characters?: number;
      cache_control?: CacheControl;
    };

/** Beta tools, and the versions of October 2024 that the endpoint's page names. */
export interface VersionedTool {
  type: 'bash_20241022' | 'text_editor_20241022' | 'computer_20241022' | 'computer_20250124' | 'computer_20251124';
  name: string;
  display_width_px?: number;
  display_height_px?: number;
  display_number?: number;
  enable_zoom?: boolean;
  cache_control?: CacheControl;
}

export type ToolParam = CustomTool | BashTool | TextEditorTool | VersionedTool;

/** `budget_tokens` is at least 1024 and less than `max_tokens`. */
export type ThinkingParam =
  | { type: 'enabled'; budget_tokens: number; display?: 'summarized' | 'omitted' }
  | { type: 'adaptive'; display?: 'summarized' | 'omitted' }
  | { type: 'disabled' };

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
  tools?: ToolParam[];
  tool_choice?: ToolChoice;
  thinking?: ThinkingParam;
}

/** A content block of an answer. A type that is not known here is kept as it came. */
export type AnswerContent =
  | { type: 'text'; text: string; citations?: Citation[] }
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
  /** Of a refusal, what the endpoint says of it. */
  stopDetails?: StopDetails;
  usage: WireUsage;
}
