import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareRequest, type PrepareOptions } from '../../../src/core/messages/prepareRequest.ts';
import type { Adjustment } from '../../../src/shared/adjustment.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';

const sonnet45 = 'claude-sonnet-4-5-20250929';
const opus47 = 'claude-opus-4-7';
const tool = { name: 'f', input_schema: { type: 'object' } } as const;

interface Case {
  what: string;
  wanted: Partial<MessagesRequest>;
  options?: PrepareOptions;
  /** What differs from `wanted`; undefined: left out. */
  sent: Partial<Record<keyof MessagesRequest, unknown>>;
  adjustments: Adjustment[];
}

const leftOut = (field: string, reason: Adjustment['reason']): Adjustment => ({ field, change: 'leftOut', reason });
const changed = (field: string, reason: Adjustment['reason'], sent: number | string): Adjustment => ({
  field,
  change: 'changed',
  reason,
  sent,
});

const cases: Case[] = [
  { what: 'what the model takes goes as it is', wanted: { temperature: 0.5, top_k: 3 }, sent: {}, adjustments: [] },
  {
    what: 'top_p is left out beside a temperature where a model takes one of them',
    wanted: { temperature: 0.5, top_p: 0.9 },
    sent: { top_p: undefined },
    adjustments: [leftOut('top_p', 'notWithTemperature')],
  },
  { what: 'top_p alone goes', wanted: { top_p: 0.9 }, sent: {}, adjustments: [] },
  {
    what: 'a model nobody knows gets both',
    wanted: { model: 'glm-5', temperature: 0.5, top_p: 0.9, max_tokens: 900_000 },
    sent: {},
    adjustments: [],
  },
  {
    what: 'the newest models take no sampling parameters',
    wanted: { model: opus47, temperature: 1, top_p: 0.9, top_k: 3 },
    sent: { temperature: undefined, top_p: undefined, top_k: undefined },
    adjustments: ['temperature', 'top_p', 'top_k'].map(field => leftOut(field, 'notOnThisModel')),
  },
  {
    what: 'thinking takes none of them either',
    wanted: { thinking: { type: 'enabled', budget_tokens: 2000 }, temperature: 1, top_k: 3 },
    sent: { temperature: undefined, top_k: undefined },
    adjustments: [leftOut('temperature', 'notWithThinking'), leftOut('top_k', 'notWithThinking')],
  },
  {
    what: 'a -thinking id thinks without being asked',
    wanted: { model: `${sonnet45}-thinking`, top_p: 0.9, tools: [tool], tool_choice: { type: 'any' } },
    sent: { top_p: undefined, tool_choice: { type: 'auto' } },
    adjustments: [leftOut('top_p', 'notWithThinking'), changed('tool_choice', 'notWithThinking', 'auto')],
  },
  {
    what: 'a forced tool is kept with adaptive thinking',
    wanted: { model: opus47, thinking: { type: 'adaptive' }, tools: [tool], tool_choice: { type: 'tool', name: 'f' } },
    sent: {},
    adjustments: [],
  },
  {
    what: 'a tool choice that names no tool is left out',
    wanted: { tools: [tool], tool_choice: { type: 'tool', name: 'g' } },
    sent: { tool_choice: undefined },
    adjustments: [leftOut('tool_choice', 'noSuchTool')],
  },
  {
    what: 'a tool choice without tools is left out',
    wanted: { tool_choice: { type: 'auto' } },
    sent: { tool_choice: undefined },
    adjustments: [leftOut('tool_choice', 'empty')],
  },
  {
    what: 'a budget becomes adaptive thinking where only that is taken',
    wanted: { model: opus47, thinking: { type: 'enabled', budget_tokens: 2000 } },
    sent: { thinking: { type: 'adaptive' } },
    adjustments: [changed('thinking', 'thinkingForm', 'adaptive')],
  },
  {
    what: 'adaptive thinking becomes a budget where only that is taken',
    wanted: { thinking: { type: 'adaptive' }, max_tokens: 8192 },
    sent: { thinking: { type: 'enabled', budget_tokens: 4096 } },
    adjustments: [changed('thinking.budget_tokens', 'thinkingForm', 4096)],
  },
  {
    what: 'a budget below the least is raised, and one above max_tokens lowered',
    wanted: { thinking: { type: 'enabled', budget_tokens: 5 } },
    sent: { thinking: { type: 'enabled', budget_tokens: 1024 } },
    adjustments: [changed('thinking.budget_tokens', 'belowMinimum', 1024)],
  },
  {
    what: 'a budget above max_tokens is lowered below it',
    wanted: { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 9000 } },
    sent: { thinking: { type: 'enabled', budget_tokens: 3999 } },
    adjustments: [changed('thinking.budget_tokens', 'aboveMaximum', 3999)],
  },
  {
    what: 'thinking is left out where no budget fits',
    wanted: { max_tokens: 500, thinking: { type: 'enabled', budget_tokens: 2000 } },
    sent: { thinking: undefined },
    adjustments: [leftOut('thinking', 'belowMinimum')],
  },
  {
    what: 'max_tokens is lowered to what the model can write',
    wanted: { max_tokens: 100_000 },
    sent: { max_tokens: 64_000 },
    adjustments: [changed('max_tokens', 'aboveMaximum', 64_000)],
  },
  {
    what: 'blank stop sequences and those past the fourth are left out',
    wanted: { stop_sequences: [' ', 'a', 'b', 'c', 'd', 'e'] },
    sent: { stop_sequences: ['a', 'b', 'c', 'd'] },
    adjustments: [changed('stop_sequences', 'blank', 4), changed('stop_sequences', 'tooMany', 4)],
  },
  {
    what: 'a field that was refused before is left out',
    wanted: { top_k: 4, metadata: { user_id: 'u' } },
    options: { refusedFields: new Set(['top_k']) },
    sent: { top_k: undefined },
    adjustments: [leftOut('top_k', 'refusedBefore')],
  },
  {
    what: 'a prefill loses the white space at its end',
    wanted: {
      messages: [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'The answer is ( \n' },
      ],
    },
    sent: {
      messages: [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'The answer is (' },
      ],
    },
    adjustments: [],
  },
  {
    what: 'a prefill is left out where the model takes none',
    wanted: {
      model: opus47,
      messages: [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'a' },
      ],
    },
    sent: { messages: [{ role: 'user', content: 'q' }] },
    adjustments: [leftOut('prefill', 'notOnThisModel')],
  },
  {
    what: 'neighbours of one role are merged and empty messages left out',
    wanted: {
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: '' },
        { role: 'user', content: [{ type: 'text', text: 'b' }] },
      ],
    },
    sent: {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    },
    adjustments: [],
  },
  {
    what: 'thinking without a signature is never handed back',
    wanted: {
      messages: [
        { role: 'user', content: 'a' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'x', signature: '' },
            { type: 'text', text: 'b' },
          ],
        },
        { role: 'user', content: 'c' },
      ],
    },
    sent: {
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: [{ type: 'text', text: 'b' }] },
        { role: 'user', content: 'c' },
      ],
    },
    adjustments: [{ field: 'messages', change: 'changed', reason: 'unsigned' }],
  },
];

for (const { what, wanted, options, sent, adjustments } of cases) {
  test(what, () => {
    const request: MessagesRequest = {
      model: sonnet45,
      max_tokens: 8192,
      stream: true,
      messages: [{ role: 'user', content: 'hi' }],
      ...wanted,
    };
    const before = structuredClone(request);
    const prepared = prepareRequest(request, options);
    const expected = Object.fromEntries(
      Object.entries({ ...request, ...sent }).filter(([, value]) => value !== undefined),
    );
    assert.deepEqual(prepared.body, expected);
    assert.deepEqual(prepared.adjustments, adjustments);
    assert.deepEqual(request, before, 'what was wanted is not touched');
  });
}
