import { isRunning } from '../../shared/conversation.ts';
import type { ModelAdvice } from '../../shared/modelAdvice.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';

/** Suggests another model, right above the one that would be asked. Nothing waits for it, and Escape takes it away. */
export function ModelAdviceNote({ focus }: { focus: () => void }) {
  const { store, post, composition } = useServices();
  const advice = store.modelAdvice.value;
  if (!advice || store.view.value?.conversation.turns.some(isRunning)) return null;
  const decide = (type: 'takeAdvice' | 'dismissAdvice'): void => {
    store.modelAdvice.value = undefined;
    post({ type });
    // What had the keyboard goes.
    focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || composition.owns(event)) return;
    event.preventDefault();
    event.stopPropagation();
    decide('dismissAdvice');
  };
  return (
    <div class="model-advice" role="group" aria-label={t('Another model')} onKeyDown={onKeyDown}>
      <Icon name="lightbulb" />
      <p>
        <span role="status">{adviceText(advice)}</span>{' '}
        <button
          type="button"
          class="text-button"
          aria-label={t('Switch to {0}', advice.name)}
          title={t('In this conversation')}
          onClick={() => decide('takeAdvice')}
        >
          {t('Switch')}
        </button>
      </p>
      <IconButton icon="close" label={t('Suggest no other model here')} onClick={() => decide('dismissAdvice')} />
    </div>
  );
}

function adviceText({ name, reason }: ModelAdvice): string {
  switch (reason) {
    case 'quick':
      return t('{0} is quicker with a short question.', name);
    case 'review':
      return t('{0} sees more in a review.', name);
    case 'much':
      return t('{0} is better with this much to read.', name);
    case 'window':
      return t('This fits the context window of {0}.', name);
  }
}
