import type { Anchor } from './transcript/anchor.ts';

/** What the view keeps itself while it is hidden or reloaded. The conversation is the host's and is not in it. */
export interface Memory {
  conversationId: string;
  draft: string;
  /** The last drafts that the host was told. Where it has one that is not among them, the host's is newer. */
  toldDrafts: string[];
  /** What the reader saw first; absent where nothing was remembered. */
  anchor?: Anchor;
  isFollowing: boolean;
  /** Whether something was said in it, so that a tab whose conversation is gone can say so. */
  hasTurns?: boolean;
}

export function parseMemory(value: unknown): Memory | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { conversationId, draft, toldDrafts, anchor, isFollowing, hasTurns } = value as Partial<
    Record<keyof Memory, unknown>
  >;
  if (typeof conversationId !== 'string' || typeof draft !== 'string' || !isTexts(toldDrafts)) return undefined;
  return {
    conversationId,
    draft,
    toldDrafts,
    ...(isAnchor(anchor) && { anchor }),
    isFollowing: isFollowing !== false,
    ...(hasTurns === true && { hasTurns }),
  };
}

/** The newer one of the draft that the view kept and the one that the host sent. */
export function newerDraft(memory: Memory | undefined, conversationId: string, hostDraft: string): string {
  if (memory?.conversationId !== conversationId) return hostDraft;
  return memory.toldDrafts.includes(hostDraft) ? memory.draft : hostDraft;
}

function isAnchor(value: unknown): value is Anchor {
  if (typeof value !== 'object' || value === null) return false;
  const { turnId, offset } = value as Partial<Record<keyof Anchor, unknown>>;
  return typeof turnId === 'string' && Number.isFinite(offset);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
