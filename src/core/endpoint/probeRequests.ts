import { isThinkingId, type ModelRules } from '../models/modelRules.ts';
import type { MessagesRequest } from '../messages/wire.ts';

/** The probes that are answered by a model, and so are paid for. */
export type PaidProbe = 'answer' | 'stream' | 'tools' | 'thinking' | 'images';

export const paidProbes: readonly PaidProbe[] = ['answer', 'stream', 'tools', 'thinking', 'images'];
export const probeToolName = 'report_colour';

const leastThinkingBudget = 1024;
/** 32 by 32 pixels, all red. */
const redPicture =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAJ0lEQVR42u3NsQkAAAjAsP7/tF7hIASyp6lTCQQCgUAgEAgEgi/BAjLD/C5w/SM9AAAAAElFTkSuQmCC';

/** What a probe asks for: the least that shows whether the endpoint can do it. */
export function probeRequest(probe: PaidProbe, model: string, rules: ModelRules): MessagesRequest {
  // Where thinking can't be switched off, it has to fit in as well.
  const thinks = isThinkingId(model) || rules.thinking === 'alwaysAdaptive';
  const request: MessagesRequest = {
    model,
    max_tokens: thinks ? 2048 : 32,
    stream: probe !== 'answer',
    messages: [{ role: 'user', content: 'Reply with the one word: ok' }],
  };
  switch (probe) {
    case 'answer':
    case 'stream':
      return request;
    case 'tools':
      return {
        ...request,
        max_tokens: thinks ? 2048 : 128,
        messages: [{ role: 'user', content: 'Report the colour red.' }],
        tools: [
          {
            name: probeToolName,
            description: 'Reports a colour.',
            input_schema: { type: 'object', properties: { colour: { type: 'string' } }, required: ['colour'] },
          },
        ],
        tool_choice: { type: 'tool', name: probeToolName },
      };
    case 'thinking':
      return {
        ...request,
        max_tokens: leastThinkingBudget * 2,
        messages: [{ role: 'user', content: 'What is 17 times 23? Reply with the number only.' }],
        thinking:
          rules.thinking === 'adaptive' || rules.thinking === 'alwaysAdaptive'
            ? { type: 'adaptive', display: 'summarized' }
            : { type: 'enabled', budget_tokens: leastThinkingBudget },
      };
    case 'images':
      return {
        ...request,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: redPicture } },
              { type: 'text', text: 'Which colour fills this picture? Reply with one English word.' },
            ],
          },
        ],
      };
  }
}

/** The most that all paid probes together can cost, in tokens. They usually cost a small part of it. */
export function mostProbeTokens(model: string, rules: ModelRules): { input: number; output: number } {
  const requests = paidProbes.map(probe => probeRequest(probe, model, rules));
  // What five short prompts, a picture, a tool and its system prompt come to.
  return { input: 1_000, output: requests.reduce((sum, request) => sum + request.max_tokens, 0) };
}
