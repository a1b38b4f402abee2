/** The arrow keys in a block of code: up from the code to its buttons, along these, and down again. */
export function listenForCodeKeys(root: HTMLElement): void {
  root.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(event.target instanceof Element)) return;
    const block = event.target.closest('.code-block');
    const next = block && nextPlace(block, event.target, event.key);
    if (!next) return;
    event.preventDefault();
    // The buttons stay in sight for as long as their code does; scrolled to, they would take the reader to its start.
    next.focus({ preventScroll: true });
  });
}

function nextPlace(block: Element, from: Element, key: string): HTMLElement | undefined {
  const buttons = [...block.querySelectorAll<HTMLElement>('[data-code]')].filter(button => button.checkVisibility());
  const code = [...block.querySelectorAll<HTMLElement>('pre, .diagram')].find(place => place.checkVisibility());
  if (from === code) return key === 'ArrowUp' ? buttons[0] : undefined;
  const at = buttons.findIndex(button => button === from);
  if (at === -1) return undefined;
  switch (key) {
    case 'ArrowRight':
      return buttons[(at + 1) % buttons.length];
    case 'ArrowLeft':
      return buttons.at(at - 1);
    case 'Home':
      return buttons[0];
    case 'End':
      return buttons.at(-1);
    case 'ArrowDown':
      return code;
    default:
      return undefined;
  }
}
