import { signal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

/** What is being dragged over the view: nothing, or files, which are dropped here only while Shift is held. */
export type Drag = 'none' | 'files' | 'filesWithShift';

/**
 * Milliseconds without a sign of a drag after which there is none. The editor takes the drag away from the view without
 * saying so, and then tells nothing of its end.
 */
const forgottenAfterMs = 2_000;

/** Takes files that are dropped anywhere on the view. `drop` has to stay the same function. */
export function useFileDrop(drop: (files: readonly File[]) => void): Signal<Drag> {
  const drag = useMemo(() => signal<Drag>('none'), []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      clearTimeout(timer);
      drag.value = 'none';
    };
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Without this the page would not be asked about the drop, and the editor would take the drag away from the view.
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = 'copy';
      drag.value = event.shiftKey ? 'filesWithShift' : 'files';
      clearTimeout(timer);
      timer = setTimeout(end, forgottenAfterMs);
    };
    const dropped = (event: DragEvent): void => {
      end();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      drop(files);
    };
    const listeners = { dragenter: over, dragover: over, drop: dropped, pointermove: end, keydown: end, dragend: end };
    const all = Object.entries(listeners) as [string, EventListener][];
    for (const [type, listener] of all) document.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of all) document.removeEventListener(type, listener);
      end();
    };
  }, [drop]);
  return drag;
}
