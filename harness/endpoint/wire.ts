import type { JsonObject } from './json.ts';
import type { ModelRules } from './models.ts';

/** A request after validation: only what the answers need, with neighbours of the same role already merged. */
export interface MessagesRequest {
  readonly model: ModelRules;
  readonly messages: readonly Message[];
  readonly system: string;
  readonly maxTokens: number;
  readonly stream: boolean;
  readonly stopSequences: readonly string[];
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly parallelTools: boolean;
  readonly thinking: Thinking;
  /** The schema of `output_config.format`, where one was sent. */
  readonly outputSchema: JsonObject | undefined;
  /** Everything the model would read, in cache order (tools, system, messages), for counting and caching. */
  readonly prompt: readonly PromptPart[];
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly ContentBlock[];
  /** Where the message (or the first of the merged ones) stood in the request; error messages name it. */
  readonly index: number;
}

export type ContentBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly described: string; readonly tokens: number }
  | { readonly type: 'document'; readonly title: string; readonly text: string; readonly tokens: number }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: JsonObject }
  | ToolResult
  | { readonly type: 'other'; readonly name: string };

export interface ToolResult {
  readonly type: 'tool_result';
  readonly toolUseId: string;
  readonly isError: boolean;
  readonly text: string;
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  /** Anthropic-defined tools come without one. */
  readonly inputSchema: JsonObject | undefined;
}

export type ToolChoice =
  | { readonly type: 'auto' }
  | { readonly type: 'any' }
  | { readonly type: 'none' }
  | { readonly type: 'tool'; readonly name: string };

export type Thinking =
  | { readonly type: 'off' }
  | { readonly type: 'on'; readonly omitted: boolean; readonly budget: number; readonly interleaved: boolean };

export interface PromptPart {
  readonly area: 'tools' | 'system' | 'messages';
  /** What makes two prompts the same: the JSON without its cache mark. */
  readonly identity: string;
  readonly tokens: number;
  readonly cacheTtl: '5m' | '1h' | undefined;
}

export type AnswerBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  /** The input as JSON text: an answer cut by `max_tokens` ends in the middle of it. */
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly json: string };

export interface Answer {
  readonly blocks: readonly AnswerBlock[];
  readonly stopReason: string;
  readonly stopSequence: string | null;
  readonly stopDetails?: JsonObject;
}

export interface Usage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
  readonly output_tokens: number;
  readonly service_tier: 'standard';
}

/** An answer with everything that goes over the wire. */
export interface AnsweredMessage {
  readonly id: string;
  readonly model: string;
  readonly answer: Answer;
  readonly usage: Usage;
}
