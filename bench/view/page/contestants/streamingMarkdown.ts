import { default_renderer, parser, parser_end, parser_write } from 'streaming-markdown';
import { offer } from '../contestant.ts';

offer(container => {
  const writer = parser(default_renderer(container));
  return {
    append: text => parser_write(writer, text),
    finish: () => parser_end(writer),
  };
});
