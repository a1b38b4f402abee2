import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { offer } from '../contestant.ts';

/** The way that is found first: everything again, sanitized, as HTML. */
offer(container => {
  let text = '';
  return {
    append(added) {
      text += added;
      container.innerHTML = DOMPurify.sanitize(marked.parse(text, { async: false }));
    },
    finish() {},
  };
});
