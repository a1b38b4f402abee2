import { useComputed, useSignal } from '@preact/signals';
import { isRunning } from '../../shared/conversation.ts';
import { doneSteps, lastTodo, lastTodoId, type StepState } from '../../shared/todo.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';

const icons: Record<StepState, string> = { open: 'circle-large', doing: 'arrow-right', done: 'check' };

/** The steps that the model has set itself: while it works, and for as long as some are left. */
export function TodoList({ leave }: { leave: () => void }) {
  const { store, post } = useServices();
  const isOpen = useSignal(true);
  const list = useComputed(() => lastTodoId(store.view.value?.conversation.turns ?? [])).value;
  const hidden = store.view.value?.unfinished?.hiddenSteps;
  const steps = useComputed(() => lastTodo(store.view.value?.conversation.turns ?? [])).value;
  const isAnswering = useComputed(() => store.view.value?.conversation.turns.some(isRunning) === true).value;
  if (list === undefined || !steps || steps.length === 0 || hidden === list) return null;
  const done = doneSteps(steps);
  if (done === steps.length && !isAnswering) return null;
  const doing = steps.find(({ state }) => state === 'doing');
  return (
    <section class="todo" aria-label={t('Steps of this task')}>
      <div class="todo-head">
        <button
          type="button"
          class="disclosure"
          aria-expanded={isOpen.value}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          <Icon name="checklist" />
          <span>{t('{0} of {1} steps done', done, steps.length)}</span>
          {!isOpen.value && doing && (
            <span class="todo-doing" dir="auto">
              {doing.text}
            </span>
          )}
        </button>
        <IconButton
          icon="close"
          label={t('Hide the Steps')}
          onClick={() => {
            post({ type: 'hideSteps', list });
            leave();
          }}
        />
      </div>
      {isOpen.value && (
        <ol tabindex={0} aria-label={t('Steps of this task')}>
          {steps.map(({ text, state }, at) => (
            <li key={at} class={state}>
              <Icon name={icons[state]} />
              <span class="visually-hidden">{stateText(state)}</span>
              <span dir="auto">{text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function stateText(state: StepState): string {
  switch (state) {
    case 'open':
      return t('To do:');
    case 'doing':
      return t('Doing:');
    case 'done':
      return t('Done:');
  }
}
