import { offer } from '../contestant.ts';

/** The floor: what arrives is appended to the last line, and a line is an element. */
offer(container => {
  let line: Text | undefined;
  return {
    append(text) {
      for (const [index, part] of text.split('\n').entries()) {
        if (index > 0 || !line) {
          const element = document.createElement('div');
          line = document.createTextNode(part);
          element.append(line);
          container.append(element);
        } else {
          line.appendData(part);
        }
      }
    },
    finish() {},
  };
});
