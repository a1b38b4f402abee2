import { MessagesClient } from '../../../src/core/messages/client.ts';
import type { NetworkSettings } from '../../../src/core/transport/network.ts';
import { type Contestant, maxTokens, model, prompt, tool } from '../contestant.ts';

/** Our client, loaded as the extension loads it: the network code is a bundle of its own, opened at the first request. */
export function contestantOver(settings: Partial<NetworkSettings>): Required<Contestant> {
  const open = async () =>
    (await import('../../../src/core/transport/transportBundle.ts')).createUndiciTransport(settings);
  let transport: ReturnType<typeof open> | undefined;
  const client = new MessagesClient({ transport: () => (transport ??= open()) });
  const warmUp = async (baseUrl: string): Promise<void> => (await (transport ??= open())).prepare(baseUrl);
  const answer: Contestant['answer'] = async (baseUrl, onDelta, signal) => {
    const end = await client.send(
      {
        model,
        max_tokens: maxTokens,
        stream: true,
        tools: [tool],
        messages: [{ role: 'user', content: prompt }],
      },
      { messagesUrl: `${baseUrl}/v1/messages`, key: 'sk-ant-api03-bench-0123456789abcdefghijklmnopqrstuvwxyz' },
      {
        textAppended: (_position, text) => onDelta(text),
        blockStarted: () => undefined,
        restarted: () => undefined,
        retrying: () => undefined,
        attemptStarted: () => undefined,
      },
      signal,
    );
    if (end.kind === 'truncated' || end.kind === 'failed') throw new Error(`${end.kind}: ${end.problem.detail}`);
  };
  return { answer, warmUp };
}

export const { answer } = contestantOver({});
