import { useLayoutEffect, useRef } from 'preact/hooks';
import { linkable } from './clicks.ts';
import { linkFootnotes } from './footnoteLinks.ts';
import { renderMarkdown } from '../markdown/renderBlock.ts';
import { useServices } from '../services.ts';

/** Markdown that does not grow. `part` is its name for Find; see parts.ts. */
export function StaticMarkdown({ text, part }: { text: string; part: string }) {
  const { markdown, link } = useServices();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    renderMarkdown(element.current, text, markdown);
    linkFootnotes(element.current.querySelectorAll('[data-footnote]'));
    link(element.current.querySelectorAll(linkable));
  }, [text]);
  return <div class="markdown" data-find={part} ref={element} />;
}
