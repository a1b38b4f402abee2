import { useLayoutEffect, useRef } from 'preact/hooks';
import { BlockText } from '../blockText.ts';
import { nextFrame } from '../nextFrame.ts';
import { useServices } from '../services.ts';

interface Props {
  turnId: string;
  index: number;
  isGrowing: boolean;
}

/** The Markdown of a block. Its text goes past Preact, which renders this once and then leaves the element alone. */
export function BlockMarkdown({ turnId, index, isGrowing }: Props) {
  const { store, markdown } = useServices();
  const element = useRef<HTMLDivElement>(null);
  const text = useRef<BlockText>(undefined);

  useLayoutEffect(() => {
    if (!element.current) return;
    const block = new BlockText(element.current, markdown, nextFrame);
    text.current = block;
    const stop = store.onText(turnId, index, added => block.add(added));
    return () => {
      stop();
      block.dispose();
    };
  }, [turnId, index]);
  // At every render of the turn: it may have ended, or begun again from nothing.
  useLayoutEffect(() => text.current?.sync(store.textOf(turnId, index), !isGrowing));

  return <div class={isGrowing ? 'markdown growing' : 'markdown'} ref={element} />;
}
