import { BlockText } from '../../../../src/webview/blocks/blockText.ts';
import { CodePainter } from '../../../../src/webview/markdown/codePainter.ts';
import { Formulas } from '../../../../src/webview/markdown/math/formulas.ts';
import { StreamingMarkdown } from '../../../../src/webview/markdown/streamingMarkdown.ts';
import { nextFrame } from '../../../../src/webview/ui/nextFrame.ts';
import { laterTask } from '../../../../src/webview/ui/laterTask.ts';
import { offer } from '../contestant.ts';

const labels = {
  copy: 'Copy code',
  apply: 'Apply',
  collapse: 'Collapse',
  insert: 'Insert at Cursor',
  newFile: 'Open in New File',
  terminal: 'Put into Terminal',
  wrap: 'Wrap Lines',
  source: 'Show Source',
  sort: 'Sort by This Column',
  copyMarkdown: 'Copy as Markdown',
  copyCsv: 'Copy as CSV',
  codeKeys: 'Up arrow: what can be done with it',
  code: 'Code',
  image: 'Image',
  done: 'Done',
  open: 'To do',
  table: 'Table',
  details: 'Details',
};

/** As it ships, highlighting and formulas with it; they are loaded when the first are met, as in the view. */
offer(container => {
  let waiting = 0;
  const painter = new CodePainter({
    document,
    load: () => import('../../../../src/webview/markdown/highlight/highlightCode.ts'),
    later: work => {
      waiting++;
      requestIdleCallback(
        () => {
          waiting--;
          work();
        },
        { timeout: 100 },
      );
    },
    now: () => performance.now(),
  });
  const formulas = new Formulas({
    document,
    load: () => import('../../../../src/webview/markdown/math/renderMath.ts'),
  });
  const around = {
    document,
    labels,
    paint: (...[code, language]: Parameters<CodePainter['paint']>) => painter.paint(code, language),
    // None of the answers that are measured has one.
    showDiagram: () => undefined,
    showFormula: (...[element, tex, isDisplay]: Parameters<Formulas['show']>) => formulas.show(element, tex, isDisplay),
  };
  const markdown = new StreamingMarkdown(container, around);
  const block = new BlockText(container, around, { nextFrame, later: laterTask, now: () => performance.now() });
  let isPaced = false;
  let text = '';
  return {
    append(added) {
      if (isPaced) throw new Error('An answer is rendered at every delta or paced, not both.');
      markdown.append(added);
    },
    appendPaced(added) {
      isPaced = true;
      text += added;
      block.add(added);
    },
    async finish() {
      if (isPaced) block.sync(text, true);
      else markdown.finish();
      // The colours of the last code may still be on their way.
      do await new Promise(resolve => setTimeout(resolve, 20));
      while (waiting > 0);
    },
  };
});
