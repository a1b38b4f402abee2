import { useLayoutEffect, useRef } from 'preact/hooks';
import { useServices } from '../services.ts';

/** Code in colours. Its text goes past Preact, which would take the nodes of the colours for its own. */
export function CodeText({ text, language }: { text: string; language: string }) {
  const { markdown } = useServices();
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    element.current.replaceChildren(text);
    markdown.paint(element.current, language);
  }, [text, language]);
  return <code data-language={language} ref={element} />;
}
