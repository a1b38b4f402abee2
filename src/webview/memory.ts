/** What the view keeps itself while it is hidden or reloaded. The conversation is the host's and is not in it. */
export interface Memory {
  conversationId: string;
  draft: string;
  /** The last drafts that the host was told. Where it has one that is not among them, the host's is newer. */
  toldDrafts: string[];
  scrollTop: number;
  isFollowing: boolean;
}

export function parseMemory(value: unknown): Memory | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { conversationId, draft, toldDrafts, scrollTop, isFollowing } = value as Partial<Record<keyof Memory, unknown>>;
  if (typeof conversationId !== 'string' || typeof draft !== 'string' || !isTexts(toldDrafts)) return undefined;
  return {
    conversationId,
    draft,
    toldDrafts,
    scrollTop: typeof scrollTop === 'number' && scrollTop >= 0 ? scrollTop : 0,
    isFollowing: isFollowing !== false,
  };
}

/** The newer one of the draft that the view kept and the one that the host sent. */
export function newerDraft(memory: Memory | undefined, conversationId: string, hostDraft: string): string {
  if (memory?.conversationId !== conversationId) return hostDraft;
  return memory.toldDrafts.includes(hostDraft) ? memory.draft : hostDraft;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
