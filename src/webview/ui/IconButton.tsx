import type { TargetedMouseEvent } from 'preact';

interface Props {
  icon: string;
  /** What it does: its name for screen readers and its tooltip. */
  label: string;
  onClick: (event: TargetedMouseEvent<HTMLButtonElement>) => void;
  isDisabled?: boolean;
  /** It opens a menu. */
  hasMenu?: boolean;
  /** Where it stands among what Tab reaches; -1: nowhere. */
  tabIndex?: number;
  class?: string;
}

export function IconButton({
  icon,
  label,
  onClick,
  isDisabled = false,
  hasMenu = false,
  tabIndex,
  class: className = '',
}: Props) {
  return (
    <button
      type="button"
      class={`icon-button codicon codicon-${icon} ${className}`}
      title={label}
      aria-label={label}
      disabled={isDisabled}
      {...(tabIndex !== undefined && { tabIndex })}
      {...(hasMenu && { 'aria-haspopup': 'menu' as const })}
      onClick={onClick}
    />
  );
}
