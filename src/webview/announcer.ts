import { effect } from '@preact/signals';
import { News } from './news.ts';
import type { Store } from './store.ts';

/** Milliseconds that a sentence stands: long enough to be read out, short enough not to be met again when browsing. */
const standsMs = 10_000;

/**
 * Tells screen readers when an answer starts, ends or fails, never its words as they arrive: those would drown
 * everything else. Returns what says any other sentence.
 */
export function startAnnouncer(parent: HTMLElement, store: Store): (sentence: string) => void {
  const region = document.createElement('div');
  region.className = 'visually-hidden';
  region.setAttribute('aria-live', 'polite');
  parent.append(region);
  // A sentence is a new element: one that replaces the last would cut it off, and the same one again would be no news.
  const announce = (sentence: string): void => {
    const line = document.createElement('p');
    line.textContent = sentence;
    region.append(line);
    setTimeout(() => line.remove(), standsMs);
  };

  const news = new News();
  let conversationId: string | undefined;
  effect(() => {
    if (!store.view.value) return;
    // What was said of one conversation is met in another as if it were about that.
    if (conversationId !== store.view.value.conversation.id) region.replaceChildren();
    conversationId = store.view.value.conversation.id;
    news.since(store.view.value).forEach(announce);
  });
  return announce;
}
