import type { AnswerRecord } from '../../src/core/conversation/turns.ts';
import type { UserTurn } from '../../src/shared/conversation.ts';
import { turn } from './session.ts';
import { dot } from './dot.ts';

/** What a user has who has set nothing. */
export const plainSettings = {
  model: 'm',
  maxTokens: 100,
  stream: true,
  systemPrompt: '',
  reviewSystemPrompt: '',
  stopSequences: [],
  metadataUserId: '',
  promptCaching: false,
};

export const answered: AnswerRecord = {
  id: 'answered',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  content: [{ type: 'text', text: 'Green.' }],
  state: { phase: 'complete', stopReason: 'end_turn' },
};

export const declined: AnswerRecord = {
  ...answered,
  id: 'declined',
  state: { phase: 'complete', stopReason: 'refusal' },
};

export const failed: AnswerRecord = {
  ...answered,
  id: 'failed',
  content: [],
  state: { phase: 'failed', problem: { kind: 'overloaded', detail: '' } },
};

/** An answer that uses a tool, and the turn that gives it its result. */
export const calling: AnswerRecord = {
  ...answered,
  id: 'calling',
  content: [{ type: 'tool_use', id: 't', name: 'look', inputJson: '{}', input: {} }],
  state: { phase: 'complete', stopReason: 'tool_use' },
};
/** The same, run here, and the turn that hands its result back. */
export const ran: AnswerRecord = {
  ...calling,
  calls: [
    {
      index: 0,
      state: 'done',
      line: { action: 'view', subject: 'a.ts' },
      durationMs: 5,
      result: { text: 'the sky', isError: false },
    },
  ],
};
/** The same, where the tool has brought an image. */
export const seen: AnswerRecord = {
  ...ran,
  calls: (ran.calls ?? []).map(call => ({
    ...call,
    result: {
      text: 'the sky',
      isError: false,
      images: [
        {
          id: 'sky',
          kind: 'image',
          name: 'sky.png',
          source: { type: 'base64', mediaType: 'image/png', data: dot.toString('base64') },
          pixels: { width: 1, height: 1 },
        },
      ],
    },
  })),
};
export const handedBack: UserTurn = { ...turn(''), id: 'back', handsBack: true };

export const result: UserTurn = {
  ...turn('result'),
  text: '',
  toolResults: [{ toolUseId: 't', text: 'blue', isError: false }],
};
