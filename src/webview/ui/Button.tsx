import { createElement, type ComponentChildren } from 'preact';

// A fifth of the view's script, and not needed to draw it: until it is there, a style sheet stands in.
void import('@vscode-elements/elements/dist/vscode-button/index.js');

interface Props {
  onClick: () => void;
  isSecondary?: boolean;
  children: ComponentChildren;
}

/** A button with words on it. */
export function Button({ onClick, isSecondary = false, children }: Props) {
  // Space presses the button and would scroll the transcript as well.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === ' ') event.preventDefault();
  };
  return createElement('vscode-button', { secondary: isSecondary, onClick, onKeyDown }, children);
}
