import { isNearlyFull, type NextSize } from '../../shared/nextSize.ts';

/** How full the window is, as a bar. */
export function Meter({ size: { tokens, contextWindow } }: { size: NextSize }) {
  if (contextWindow === undefined) return null;
  const share = Math.min(1, tokens / contextWindow);
  return (
    <span class="size-meter" aria-hidden="true">
      <span style={{ inlineSize: `${share * 100}%` }} />
    </span>
  );
}

/** The colour says it, too, but the notice above the message says it in words. */
export function fullness(size: NextSize): 'over' | 'full' | '' {
  if (size.contextWindow === undefined) return '';
  if (size.tokens > size.contextWindow) return 'over';
  return isNearlyFull(size) ? 'full' : '';
}
