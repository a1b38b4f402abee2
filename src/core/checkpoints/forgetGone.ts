import type { CheckpointStore } from './checkpoint.ts';

/** Forgets what was kept of conversations that are no longer stored: what was deleted for good is gone here as well. */
export async function forgetGone(
  kept: Pick<CheckpointStore, 'conversations' | 'forget'>,
  isStored: (conversationId: string) => Promise<boolean>,
): Promise<void> {
  for (const id of await kept.conversations()) if (!(await isStored(id))) await kept.forget(id);
}
