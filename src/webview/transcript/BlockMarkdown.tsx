import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AnswerBlock } from '../../shared/conversation.ts';
import { BlockText } from '../blocks/blockText.ts';
import { linkFootnotes } from '../blocks/footnoteLinks.ts';
import { nextFrame } from '../ui/nextFrame.ts';
import { laterTask } from '../ui/laterTask.ts';
import { PathScan } from '../paths/pathScan.ts';
import { useServices } from '../services.ts';
import { restName } from '../blocks/longText.ts';
import { RestButton } from '../blocks/LongText.tsx';

interface Props {
  turnId: string;
  index: number;
  isGrowing: boolean;
  /** Of the state as it was published: another one when something but arriving text has changed it. */
  block: AnswerBlock;
}

/** The Markdown of a block. Its text goes past Preact, which renders this once and then leaves the element alone. */
export function BlockMarkdown({ turnId, index, isGrowing }: Props) {
  const { store, markdown, link, disclosures } = useServices();
  const part = `block ${index}`;
  const isAll = disclosures.of(turnId, restName(part)).value === true;
  const isLong = useSignal(false);
  const element = useRef<HTMLDivElement>(null);
  const text = useRef<BlockText>(undefined);

  useLayoutEffect(() => {
    if (!element.current) return;
    const container = element.current;
    const found = new PathScan(container, link);
    const drawn = (): void => {
      found.finished();
      linkFootnotes(container.querySelectorAll('[data-footnote]'));
    };
    const block = new BlockText(container, markdown, {
      nextFrame,
      later: laterTask,
      now: () => performance.now(),
      drawn,
    });
    text.current = block;
    const stop = store.onText(turnId, index, added => {
      block.add(added);
      isLong.value = block.isLong;
      found.grew();
    });
    return () => {
      stop();
      block.dispose();
      found.dispose();
    };
  }, [turnId, index]);
  // At every render of the turn: it may have ended, or begun again from nothing.
  useLayoutEffect(() => {
    text.current?.sync(store.textOf(turnId, index), !isGrowing, isAll);
    isLong.value = text.current?.isLong === true;
  });

  return (
    <>
      <div class={isGrowing ? 'markdown growing' : 'markdown'} data-find={part} ref={element} />
      {isLong.value && <RestButton turnId={turnId} part={part} />}
    </>
  );
}
