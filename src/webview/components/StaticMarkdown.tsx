import { useLayoutEffect, useRef } from 'preact/hooks';
import { renderMarkdown } from '../markdown/renderBlock.ts';
import { useServices } from '../services.ts';

/** Markdown that does not grow. */
export function StaticMarkdown({ text }: { text: string }) {
  const { markdown } = useServices();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (element.current) renderMarkdown(element.current, text, markdown);
  }, [text]);
  return <div class="markdown" ref={element} />;
}
