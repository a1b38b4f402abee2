/** Our wire types against the SDK's published ones: the compiler checks these lines, the test that they are compiled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type Anthropic from '@anthropic-ai/sdk';
import type * as wire from '../../../src/core/messages/wire.ts';

/** Compiles only where everything of ours may stand where the SDK wants its own. */
function fits<Theirs, Ours extends Theirs>(...proof: [Ours?]): number {
  return proof.length;
}

/** Optional properties of ours are left out, the SDK's may also be undefined. */
type Request = Omit<wire.MessagesRequest, 'tools'>;

test('what we send is what the SDK sends', () => {
  const checks = [
    fits<Anthropic.MessageCreateParams, Request>(),
    fits<Anthropic.MessageParam, wire.MessageParam>(),
    fits<Anthropic.ContentBlockParam, wire.ContentBlockParam>(),
    fits<Anthropic.TextBlockParam, wire.TextBlockParam>(),
    fits<Anthropic.ImageBlockParam, wire.ImageBlockParam>(),
    fits<Anthropic.DocumentBlockParam, wire.DocumentBlockParam>(),
    fits<Anthropic.ToolResultBlockParam, wire.ToolResultBlockParam>(),
    fits<Anthropic.ThinkingBlockParam, wire.ThinkingBlockParam>(),
    fits<Anthropic.RedactedThinkingBlockParam, wire.RedactedThinkingBlockParam>(),
    fits<Anthropic.Tool, wire.CustomTool>(),
    fits<Anthropic.ToolUnion, wire.BashTool | wire.TextEditorTool>(),
    fits<Anthropic.ToolChoice, wire.ToolChoice>(),
    fits<Anthropic.ThinkingConfigParam, wire.ThinkingParam>(),
    fits<Anthropic.CacheControlEphemeral, wire.CacheControl>(),
  ];
  assert.deepEqual(
    checks,
    checks.map(() => 0),
  );
});
