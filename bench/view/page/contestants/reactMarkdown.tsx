import { memo } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { offer } from '../contestant.ts';

const plugins = [remarkGfm];

/** Memoised, as chats do: it renders again only where its text has changed, which it has at every delta. */
const Answer = memo(({ text }: { text: string }) => <Markdown remarkPlugins={plugins}>{text}</Markdown>);

offer(container => {
  const root = createRoot(container);
  let text = '';
  const render = (): void => root.render(<Answer text={text} />);
  return {
    append(added) {
      text += added;
      flushSync(render);
    },
    appendPaced(added) {
      text += added;
      render();
    },
    finish() {},
  };
});
