import type { FollowEnd } from './followEnd.ts';

/**
 * Tells `end` what the reader does and how the content grows; returns what ends that. Growth is seen by a resize
 * observer, which runs after layout and before paint: the end stays in place without a jump.
 */
export function followReader(
  scroller: HTMLElement,
  content: HTMLElement,
  end: FollowEnd,
  remember: () => void,
): () => void {
  const listeners = new AbortController();
  const passive = { signal: listeners.signal, passive: true };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let touchedAt = 0;

  scroller.addEventListener(
    'scroll',
    () => {
      end.scrolled();
      clearTimeout(timer);
      timer = setTimeout(remember, 200);
    },
    passive,
  );
  scroller.addEventListener(
    'wheel',
    event => {
      if (event.deltaY < 0) end.letGo();
      else if (event.deltaY > 0) end.comeBack();
    },
    passive,
  );
  scroller.addEventListener('touchstart', event => (touchedAt = event.touches[0]?.clientY ?? 0), passive);
  scroller.addEventListener(
    'touchmove',
    event => {
      if ((event.touches[0]?.clientY ?? 0) > touchedAt) end.letGo();
    },
    passive,
  );
  scroller.addEventListener(
    'keydown',
    event => {
      if (['PageUp', 'Home', 'ArrowUp'].includes(event.key)) end.letGo();
      else if (['PageDown', 'End', 'ArrowDown'].includes(event.key)) end.comeBack();
    },
    passive,
  );
  // What the reader unfolds must not be pushed away by staying at the end; what grows is looked at where it does, also
  // by who had to go up to its button.
  scroller.addEventListener(
    'click',
    event => {
      const unfolded = event.target instanceof Element && event.target.closest('[aria-expanded="false"]');
      if (!unfolded) return;
      if (unfolded.hasAttribute('data-grows')) {
        end.follow();
        return;
      }
      end.letGo();
      requestAnimationFrame(() => requestAnimationFrame(() => end.comeBack()));
    },
    { ...passive, capture: true },
  );
  // Not on the scrollbar: the browser tells of its release nowhere, and dragging it scrolls, which tells enough.
  scroller.addEventListener(
    'pointerdown',
    event => {
      if (event.button === 0 && event.target !== scroller) end.hold(true);
    },
    passive,
  );
  for (const released of ['pointerup', 'pointercancel', 'blur']) {
    addEventListener(released, () => end.hold(false), passive);
  }

  // The scrollbar of a code block does not tell of its release either; the next move without a button does.
  scroller.addEventListener(
    'pointermove',
    event => {
      if (event.buttons === 0) end.hold(false);
    },
    passive,
  );

  const observer = new ResizeObserver(() => end.resized());
  observer.observe(scroller);
  observer.observe(content);
  return () => {
    listeners.abort();
    observer.disconnect();
    clearTimeout(timer);
  };
}
