import { useLayoutEffect, useRef } from 'preact/hooks';
import { linkable } from './clicks.ts';
import { linkFootnotes } from './footnoteLinks.ts';
import { nextFrame } from '../ui/nextFrame.ts';
import { laterTask } from '../ui/laterTask.ts';
import { BlockText } from './blockText.ts';
import { useServices } from '../services.ts';

/** Markdown that does not grow. `part` is its name for Find; see parts.ts. */
export function StaticMarkdown({ text, part }: { text: string; part: string }) {
  const { markdown, link } = useServices();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const container = element.current;
    if (!container) return;
    const drawn = (): void => {
      linkFootnotes(container.querySelectorAll('[data-footnote]'));
      link(container.querySelectorAll(linkable));
    };
    const block = new BlockText(container, markdown, {
      nextFrame,
      later: laterTask,
      now: () => performance.now(),
      drawn,
    });
    block.sync(text, true, true);
    return () => block.dispose();
  }, [text]);
  return <div class="markdown" data-find={part} ref={element} />;
}
