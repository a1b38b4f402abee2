/**
 * Copies a selection with its formulas and diagrams as they were written: what the browser makes of drawn ones says
 * nothing. Leaves selections without one to the browser.
 */
export function copyAsWritten(root: HTMLElement): void {
  root.addEventListener('copy', event => {
    const selection = document.getSelection();
    if (!selection || selection.rangeCount === 0 || !event.clipboardData) return;
    const content = selection.getRangeAt(0).cloneContents();
    const formulas = content.querySelectorAll('[data-math]');
    const diagrams = content.querySelectorAll('.diagram');
    if (formulas.length + diagrams.length === 0) return;
    // Their source stands beside them, and is shown where they are not.
    for (const diagram of diagrams) diagram.remove();
    for (const formula of formulas) {
      formula.textContent = formula.getAttribute('data-math');
      formula.classList.add('open-math');
    }
    // What its text is depends on how it is laid out, so it has to be in the document for a moment.
    const stage = document.createElement('div');
    stage.className = 'markdown visually-hidden copy-stage';
    stage.append(content);
    document.body.append(stage);
    event.clipboardData.setData('text/plain', stage.innerText);
    stage.remove();
    event.preventDefault();
  });
}
