import { Component, type ComponentChildren } from 'preact';
import { t } from './l10n.ts';
import { Button } from './Button.tsx';

interface Props {
  onReload: () => void;
  children: ComponentChildren;
}

/** Shows a sentence and a way out where a component failed, instead of nothing. */
export class ErrorBoundary extends Component<Props, { error: string | undefined }> {
  override state: { error: string | undefined } = { error: undefined };

  static override getDerivedStateFromError(error: unknown): { error: string } {
    return { error: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <div class="card" role="alert">
        <h2>{t('The view could not be drawn')}</h2>
        <p>{t('Your conversation is safe. Reload the view to go on.')}</p>
        <p class="notice-detail">{this.state.error}</p>
        <div class="button-row">
          <Button onClick={this.props.onReload}>{t('Reload view')}</Button>
        </div>
      </div>
    );
  }
}
