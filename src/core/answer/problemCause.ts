import type { Problem, RefusedAttachment, Said } from '../../shared/problem.ts';
import type { MediaAttachment } from '../../shared/attachment.ts';
import type { Endpoint } from '../messages/endpoint.ts';
import { refusedField } from '../messages/refusedField.ts';
import type { ContentBlockParam, MessagesRequest } from '../messages/wire.ts';
import { endOf } from '../models/modelEnds.ts';
import { mediaOf } from '../request/mediaSent.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** The request that a problem is of. */
export interface Refused {
  request: MessagesRequest;
  endpoint: Endpoint;
  /** The turns that it sends. */
  turns: readonly TurnRecord[];
  /** Whether there is, or may be, a model with a context window that is larger than so many tokens, or than its own. */
  hasLarger: (tokens?: number) => boolean;
}

/** The problem with what of the request it comes from, where that is known. */
export function withCause(problem: Problem, { request, endpoint, turns, hasLarger }: Refused): Problem {
  const field = refusedField(problem, request);
  const modelEnd = problem.kind === 'notFound' ? endOf(request.model) : undefined;
  const otherKeyHeader = problem.kind === 'authentication' ? endpoint.otherKeyHeader : undefined;
  const refused = problem.said?.media ? refusedMedia(problem.said.media, request, turns) : [];
  const isTooLong = problem.kind === 'promptTooLong' && hasLarger(problem.said?.contextWindow);
  return {
    ...problem,
    ...(field !== undefined && { field }),
    ...(otherKeyHeader && { otherKeyHeader }),
    ...(modelEnd && { modelEnd }),
    ...(refused.length > 0 && { refused }),
    ...(isTooLong && { hasLarger: true }),
  };
}

/**
 * What was attached and is refused: what stands at the place that is named; else what of its kind came with the last
 * message, which nothing was refused without; else all of its kind.
 */
function refusedMedia(
  { kinds, message, block }: NonNullable<Said['media']>,
  { messages }: MessagesRequest,
  turns: readonly TurnRecord[],
): RefusedAttachment[] {
  const attached = turns.flatMap(mediaOf).filter(({ kind }) => kinds.includes(kind));
  const standingIn = (blocks: readonly ContentBlockParam[]): RefusedAttachment[] => {
    const sources = blocks.flatMap(sourcesIn);
    const found = attached.filter(media => sources.includes(dataOf(media)));
    return found.map(({ id, name }) => ({ id, name }));
  };
  const blocksOf = (at: number): readonly ContentBlockParam[] => {
    const content = messages.at(at)?.content;
    return typeof content === 'object' ? content : [];
  };
  const named = message === undefined || block === undefined ? undefined : blocksOf(message)[block];
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const places = [named ? [named] : [], blocksOf(last), messages.flatMap((_, at) => blocksOf(at))];
  return places.map(standingIn).find(found => found.length > 0) ?? [];
}

function dataOf({ source }: MediaAttachment): string {
  return source.type === 'url' ? source.url : source.data;
}

/** What the images and documents of a block, or of a tool's result, are: their data, or their address. */
function sourcesIn(block: ContentBlockParam): string[] {
  if (block.type === 'tool_result') return typeof block.content === 'object' ? block.content.flatMap(sourcesIn) : [];
  if (block.type !== 'image' && block.type !== 'document') return [];
  const { source } = block;
  return [source.type === 'url' ? source.url : source.data];
}
