import { useLayoutEffect, useRef } from 'preact/hooks';
import { hiddenIn, withHiddenShown } from '../../shared/hiddenText.ts';
import { HiddenNote } from '../attachments/HiddenNote.tsx';
import { t } from '../ui/l10n.ts';

/** Pixels: so near to its end the reader is taken along. */
const nearEnd = 24;

/** What a call has printed so far, with marks for what is hidden in it. Its end is in view, until the reader scrolls away from it. */
export function CallOutput({ output }: { output: string }) {
  const scroller = useRef<HTMLPreElement>(null);
  const isFollowing = useRef(true);
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current && isFollowing.current) current.scrollTop = current.scrollHeight;
  }, [output]);
  const onScroll = ({ currentTarget }: { currentTarget: HTMLPreElement }): void => {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget;
    isFollowing.current = scrollHeight - clientHeight - scrollTop < nearEnd;
  };
  return (
    <div class="excerpt">
      <pre ref={scroller} onScroll={onScroll} tabindex={0} role="group" aria-label={t('Output so far')} dir="auto">
        <code>{withHiddenShown(output)}</code>
      </pre>
      <HiddenNote parts={hiddenIn(output)} />
    </div>
  );
}
