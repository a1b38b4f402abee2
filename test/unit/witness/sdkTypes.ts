/**
 * Our wire types against the SDK's published ones. Nothing runs here: `npm run typecheck` fails where a type of ours
 * may not stand where the SDK wants its own.
 */
import type Anthropic from '@anthropic-ai/sdk';
import type * as wire from '../../../src/core/messages/wire.ts';

type Fits<Theirs, Ours extends Theirs> = Ours;

/** What the service's own tools have left in an answer, and citations, go back as they came, and nothing of them is written here. */
type Block = Exclude<wire.ContentBlockParam, wire.ServerBlockParam | wire.CitedTextParam> | wire.TextBlockParam;
type Message = Omit<wire.MessageParam, 'content'> & { content: string | Block[] };
/** Versions of tools that only the beta part of the SDK knows. */
type WithoutBetaTools = Omit<wire.MessagesRequest, 'tools' | 'messages'> & { messages: Message[] };

export type Checked = [
  Fits<Anthropic.MessageCreateParams, WithoutBetaTools>,
  Fits<Anthropic.MessageParam, Message>,
  Fits<Anthropic.ContentBlockParam, Block>,
  Fits<Anthropic.TextBlockParam, wire.TextBlockParam>,
  Fits<Anthropic.ImageBlockParam, wire.ImageBlockParam>,
  Fits<Anthropic.DocumentBlockParam, wire.DocumentBlockParam>,
  Fits<Anthropic.ToolResultBlockParam, wire.ToolResultBlockParam>,
  Fits<Anthropic.ThinkingBlockParam, wire.ThinkingBlockParam>,
  Fits<Anthropic.RedactedThinkingBlockParam, wire.RedactedThinkingBlockParam>,
  Fits<Anthropic.Tool, wire.CustomTool>,
  Fits<Anthropic.ToolUnion, wire.BashTool | wire.TextEditorTool>,
  Fits<Anthropic.ToolChoice, wire.ToolChoice>,
  Fits<Anthropic.ThinkingConfigParam, wire.ThinkingParam>,
  Fits<Anthropic.CacheControlEphemeral, wire.CacheControl>,
];
