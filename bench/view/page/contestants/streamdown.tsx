import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';
import { offer } from '../contestant.ts';

/** It caches blocks by itself. */
offer(container => {
  const root = createRoot(container);
  let text = '';
  const render = (): void => root.render(<Streamdown>{text}</Streamdown>);
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
