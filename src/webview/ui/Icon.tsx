/** An icon that says nothing the words beside it do not say. */
export function Icon({ name, class: className = '' }: { name: string; class?: string }) {
  return <span class={`codicon codicon-${name} ${className}`} aria-hidden="true" />;
}
