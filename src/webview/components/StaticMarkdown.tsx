import { useLayoutEffect, useRef } from 'preact/hooks';
import { useServices } from '../services.ts';

/** Markdown that does not grow. `part` is its name for Find; see parts.ts. */
export function StaticMarkdown({ text, part }: { text: string; part: string }) {
  const { markdown, paths, renderer } = useServices();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    renderer.peek()?.renderMarkdown(element.current, text, markdown);
    paths.link(element.current.querySelectorAll('[data-path]'));
  }, [text]);
  return <div class="markdown" data-find={part} ref={element} />;
}
