import { useLayoutEffect } from 'preact/hooks';
import { useServices } from '../services.ts';

/** While a card asks, Ctrl+Enter and Escape answer it, wherever the keyboard is: as soon as the card is seen. */
export function useCardKeys({ send, hold }: { send: () => void; hold: () => void }): void {
  const { composition } = useServices();
  // Before that, Escape stops the answer.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (composition.owns(event) || event.repeat) return;
      const isSent = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
      if (!isSent && event.key !== 'Escape') return;
      event.preventDefault();
      // The composer would send, and Escape would stop the answer.
      event.stopPropagation();
      if (isSent) send();
      else hold();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  });
}
